import MediaSession
import NetworkModels
import SimulationKernel
import Testing
import VP8Codec

@testable import CallSimulation

@Suite("Reconstructions under way")
struct ReconstructionRingTests {
  /// Keeps a picture whose first sample is its number's low octet.
  private func keep(
    _ number: Int64, in ring: inout ReconstructionRing, unwanted: Int64? = nil,
    shown: Picture? = nil
  ) -> Picture {
    let picture = Picture(width: 16, height: 16)
    picture.y.pointee = UInt8(truncatingIfNeeded: number)
    return ring.keep(number, picture.view, unwanted: unwanted, shown: shown)
  }

  @Test("a picture stays until the receiver is past it, however many follow")
  func wanted() {
    var ring = ReconstructionRing(capacity: 300)
    for number in Int64(7)...200 { _ = keep(number, in: &ring, unwanted: 7) }
    for number in Int64(7)...200 { #expect(ring[number].y.pointee == UInt8(number)) }
  }

  @Test("memory is used again for what is kept next, but never the picture on screen")
  func reuse() {
    var ring = ReconstructionRing(capacity: 300)
    let first = keep(0, in: &ring)
    let second = keep(1, in: &ring)
    let third = keep(2, in: &ring, unwanted: 2, shown: first)
    #expect(third === second)
    #expect(first.y.pointee == 0)
    #expect(keep(3, in: &ring, unwanted: 2, shown: first) !== first)
  }

  @Test("no more than the capacity are kept where the receiver stands still")
  func bounded() {
    var ring = ReconstructionRing(capacity: 4)
    var distinct: [Picture] = []
    for number in Int64(0)..<50 {
      let picture = keep(number, in: &ring, unwanted: 0)
      if !distinct.contains(where: { $0 === picture }) { distinct.append(picture) }
    }
    #expect(distinct.count == 4)
    #expect(ring[46].y.pointee == 46)
  }

  @Test(
    "the slowest bottlenecks, with the shortest and a long queue", arguments: Mechanism.allCases)
  func slowBottlenecks(mechanism: Mechanism) throws {
    for (queue, delay, age) in [(0, 0, 500), (0, 5_000, 2_000), (4_000, 50, 500)] {
      var scenario = smallScenario(mechanism, seconds: 14)
      scenario.video.frameRate = FrameRate(60)
      scenario.media.forward = LinkSettings(
        oneWayDelay: .milliseconds(Int64(delay)), loss: .independent(rate: 0.1),
        rate: .kilobitsPerSecond(8), queueLimit: .milliseconds(Int64(queue)))
      scenario.retransmission.giveUpAge = .milliseconds(Int64(age))
      let records = try scenario.simulated()
      #expect(records.totals.frames == 14 * 60)
    }
  }
}
