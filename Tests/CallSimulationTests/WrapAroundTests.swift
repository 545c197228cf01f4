import MediaSession
import Results
import SimulationKernel
import Testing

@testable import CallSimulation

/// RTP's numbers start at random (RFC 3550 section 5.1): these calls start so near to the end of
/// their range that they wrap in the middle, and must not differ from others in anything but that.
@Suite("Numbers that wrap during a call")
struct WrapAroundTests {
  /// The first seed whose numbers are as wanted.
  private func seed(where condition: (SessionIdentity) -> Bool) throws -> UInt64 {
    try #require((UInt64(1)...400_000).first { condition(SessionIdentity(seed: $0)) })
  }

  /// A call of six seconds in which two frames are lost, one on each side of the wrap.
  private func recoveries(_ mechanism: Mechanism, seed: UInt64) throws -> [SimDuration?] {
    var scenario = smallScenario(mechanism, seconds: 6, losing: [(30, 0), (100, 0)])
    // Frames of one packet but for key frames, whose sizes depend on what was lost before.
    scenario.seed = seed
    let records = try scenario.simulated()
    #expect(records.episodes.allSatisfy { !$0.falseRepair })
    return records.episodes.map { episode in episode.recovered.map { $0 - episode.lost } }
  }

  private static let mechanisms = Mechanism.allCases.filter {
    !$0.needsPeriodicKeyFrames || $0 == .nack
  }

  @Test("sequence numbers", arguments: mechanisms)
  func sequence(mechanism: Mechanism) throws {
    // Seventy frames at least, some of more packets than one.
    let near = try seed { (65_535 - 75...65_535 - 70).contains($0.firstSequence) }
    #expect(try recoveries(mechanism, seed: near) == recoveries(mechanism, seed: 1))
  }

  @Test("timestamps", arguments: mechanisms)
  func timestamp(mechanism: Mechanism) throws {
    // 2.4 s before the wrap, within some tenths of a second.
    let target = Int64(1) << 32 - 216_000
    let near = try seed { abs($0.firstTimestamp - target) < 40_000 }
    #expect(try recoveries(mechanism, seed: near) == recoveries(mechanism, seed: 1))
  }

  @Test("PictureIDs of 15 bits and of 7, and SLI's six", arguments: mechanisms)
  func picture(mechanism: Mechanism) throws {
    let near = try seed { (32_768 - 70...32_768 - 60).contains($0.firstPicture) }
    #expect(try recoveries(mechanism, seed: near) == recoveries(mechanism, seed: 1))
    var short = smallScenario(mechanism, seconds: 6, losing: [(30, 0), (100, 0)])
    short.rtp.pictureIDWidth = .sevenBits
    short.seed = near
    let found = try short.simulated().episodes.map { episode in
      episode.recovered.map { $0 - episode.lost }
    }
    #expect(try found == recoveries(mechanism, seed: 1))
  }

  @Test("the sequence numbers of retransmissions")
  func retransmission() throws {
    let near = try seed { $0.firstRetransmissionSequence == 65_535 }
    #expect(try recoveries(.nack, seed: near) == recoveries(.nack, seed: 1))
  }
}
