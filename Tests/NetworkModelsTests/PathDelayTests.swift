import SimulationKernel
import Testing

@testable import NetworkModels

@Suite("Delay of a path")
struct PathDelayTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  private func arrivals(
    _ change: (inout LinkSettings) -> Void, count: Int = 1_000, every: Int64 = 2
  ) -> [SimTime] {
    var settings = LinkSettings(oneWayDelay: .milliseconds(20))
    change(&settings)
    var link = Link(settings, seed: 1, name: "test")
    return (0..<count).compactMap { packet in
      let outcome = link.send(octets: 1_000, at: time(Int64(packet) * every))
      if case .delivered(let arrival) = outcome { return arrival } else { return nil }
    }
  }

  private static let jitter = Jitter(mean: .milliseconds(10), distribution: .gamma(shape: 1))

  @Test("packets overtake each other only where reordering is allowed")
  func reordering() {
    let inOrder = arrivals { $0.delay.jitter = Self.jitter }
    #expect(zip(inOrder, inOrder.dropFirst()).allSatisfy { $0 <= $1 })
    let mixed = arrivals {
      $0.delay.jitter = Self.jitter
      $0.delay.reorders = true
    }
    let overtakings = zip(mixed, mixed.dropFirst()).count { $0 > $1 }
    #expect(overtakings > 200)
    #expect(zip(inOrder, mixed).allSatisfy { $0 >= $1 }, "the same draws, held up or not")
  }

  @Test("with slots packets arrive at their multiples, none before its time")
  func slots() {
    let slotted = arrivals { $0.delay.slot = .milliseconds(7) }
    let plain = arrivals { _ in }
    #expect(slotted.allSatisfy { $0.nanoseconds % 7_000_000 == 0 })
    #expect(zip(plain, slotted).allSatisfy { $0 <= $1 && $1 - $0 < .milliseconds(7) })
  }

  @Test("a change of route holds for what leaves from then on")
  func routes() {
    let changed = arrivals(
      { $0.delay.routeChanges = [.init(time: time(10), oneWayDelay: .milliseconds(50))] },
      count: 10)
    #expect(changed[4] == time(28) && changed[5] == time(60))
  }

  @Test("nothing passes during an outage, and all else does")
  func outages() {
    let passed = arrivals({ $0.outages = [time(10)..<time(20), time(30)..<time(31)] }, count: 30)
    #expect(passed.count == 30 - 5 - 1)
    #expect(!passed.contains { (time(30)..<time(40)).contains($0) })
  }

  @Test("packets arrive twice at the rate asked for")
  func duplicates() {
    var settings = LinkSettings(oneWayDelay: .milliseconds(20))
    settings.delay.duplicates = 0.1
    var link = Link(settings, seed: 1, name: "test")
    var copies = 0
    for packet in 0..<100_000 as Range<Int64> {
      _ = link.send(octets: 1_000, at: time(packet))
      if let copy = link.copyArrives {
        copies += 1
        #expect(copy == time(packet + 20))
      }
    }
    #expect(abs(Double(copies) / 1e5 - 0.1) < 3 * (0.09 / 1e5).squareRoot())
  }

  @Test("a timeline of delays adds to the propagation, and repeats")
  func timeline() {
    let timeline = DelayTimeline(
      steps: [.init(from: .zero, delay: .zero), .init(from: time(10), delay: .milliseconds(5))],
      period: .milliseconds(20))
    let seen = arrivals(
      {
        $0.delay.timeline = timeline
        $0.delay.reorders = true
      }, count: 20)
    for (packet, arrival) in seen.enumerated() {
      let sent = Int64(packet) * 2
      #expect(arrival == time(sent + 20 + (sent % 20 >= 10 ? 5 : 0)))
    }
  }
}
