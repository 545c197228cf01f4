import SimulationKernel
import Testing

@testable import NetworkModels

@Suite("Bottleneck with a drop-tail queue")
struct BottleneckTests {
  /// A queue of constant rate, and how it answers.
  private struct DropTailQueue {
    var queue: BottleneckQueue

    init(rate: Bitrate?, limit: SimDuration, octetLimit: Int? = nil) {
      queue = BottleneckQueue(QueueSettings(rate: rate, limit: limit, octetLimit: octetLimit))
    }

    mutating func enqueue(octets: Int, at now: SimTime) -> SimTime? {
      if case .leaves(let time) = queue.enqueue(octets: octets, at: now) { time } else { nil }
    }

    func wait(at now: SimTime) -> SimDuration { queue.wait(at: now) }
  }

  private func milliseconds(_ value: Int64) -> SimTime { .zero + .milliseconds(value) }

  @Test("packets leave in turn, and one that would wait beyond the limit is dropped")
  func turns() {
    // 1,250 octets at 1 Mbit/s take 10 ms.
    var queue = DropTailQueue(rate: .kilobitsPerSecond(1_000), limit: .milliseconds(25))
    let departures = (0..<4).map { _ in queue.enqueue(octets: 1_250, at: .zero) }
    #expect(departures == [milliseconds(10), milliseconds(20), milliseconds(30), nil])
    #expect(queue.wait(at: .zero) == .milliseconds(30))
    // The dropped one left no trace; 5 ms later the wait is 25 ms, which is just allowed.
    let later = queue.enqueue(octets: 1_250, at: milliseconds(5))
    #expect(later == milliseconds(40))
  }

  @Test("an idle bottleneck sends at once, and idle time is not saved up")
  func idle() {
    var queue = DropTailQueue(rate: .kilobitsPerSecond(1_000), limit: .milliseconds(25))
    let first = queue.enqueue(octets: 125, at: milliseconds(100))
    let second = queue.enqueue(octets: 125, at: milliseconds(100))
    #expect(first == milliseconds(101) && second == milliseconds(102))
    #expect(queue.wait(at: milliseconds(101)) == .milliseconds(1))
    #expect(queue.wait(at: milliseconds(102)) == .zero)
  }

  @Test("without room to wait only an idle bottleneck takes a packet")
  func noRoom() {
    var queue = DropTailQueue(rate: .kilobitsPerSecond(1_000), limit: .zero)
    let outcomes = [0, 9, 10, 20].map { queue.enqueue(octets: 1_250, at: milliseconds($0)) }
    #expect(outcomes == [milliseconds(10), nil, milliseconds(20), milliseconds(30)])
  }

  @Test("an infinitely fast bottleneck never makes a packet wait")
  func infinitelyFast() {
    var queue = DropTailQueue(rate: nil, limit: .zero)
    let departures = (0..<100).map { _ in queue.enqueue(octets: 65_535, at: milliseconds(3)) }
    #expect(departures.allSatisfy { $0 == milliseconds(3) })
    #expect(queue.wait(at: milliseconds(3)) == .zero)
  }

  @Test("a saturated bottleneck sends its rate, whatever is offered")
  func saturated() {
    var stream = RandomStream(seed: 11, name: "offered")
    var queue = DropTailQueue(rate: .kilobitsPerSecond(500), limit: .milliseconds(100))
    var now = SimTime.zero
    var octets = 0
    var last = SimTime.zero
    while now < .zero + .seconds(20) {
      let size = 40 + Int(stream.next(below: 1_461))
      if let departure = queue.enqueue(octets: size, at: now) {
        #expect(departure > last)
        octets += size
        last = departure
      }
      #expect(queue.wait(at: now) <= .milliseconds(100) + .milliseconds(24))
      now += stream.nextExponential(mean: .milliseconds(6))
    }
    // Twice the rate was offered, so it is busy but for the start; an octet takes 16 us.
    let busy = Double(octets) * 16e-6
    #expect(abs(busy / last.inMilliseconds * 1e3 - 1) < 0.01)
  }

  // 1,500 octets take 12 ms at 1 Mbit/s: six of them are 9,000, the seventh would make 10,500.
  @Test("a limit in octets counts the packet that comes and what is left of the one being sent")
  func octets() {
    var queue = DropTailQueue(
      rate: .kilobitsPerSecond(1_000), limit: .seconds(1), octetLimit: 10_000)
    let taken = (0..<8).map { _ in queue.enqueue(octets: 1_500, at: .zero) != nil }
    #expect(taken == [true, true, true, true, true, true, false, false])
    #expect(queue.enqueue(octets: 1_000, at: .zero) != nil)
    #expect(queue.enqueue(octets: 1_500, at: .zero + .milliseconds(13)) != nil)
  }
}
