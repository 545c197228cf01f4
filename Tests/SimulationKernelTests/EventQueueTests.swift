import Testing

@testable import SimulationKernel

@Suite("Event queue")
struct EventQueueTests {
  /// The same contract in the plainest form: an array kept sorted by (time, insertion).
  private struct Model {
    var pending: [(time: SimTime, event: Int)] = []

    mutating func schedule(_ event: Int, at time: SimTime) {
      let place = pending.firstIndex { $0.time > time } ?? pending.count
      pending.insert((time, event), at: place)
    }
  }

  /// Increments that make ties, near neighbours, and differences in every digit of a time.
  private static func increment(from stream: inout RandomStream) -> SimDuration {
    switch stream.next(below: 8) {
    case 0, 1, 2: .zero
    case 3: SimDuration(nanoseconds: Int64(stream.next(below: 3)))
    case 4: SimDuration(nanoseconds: Int64(stream.next(below: 64)))
    case 5: .milliseconds(Int64(stream.next(below: 4)))
    case 6: stream.nextExponential(mean: .milliseconds(10))
    default: SimDuration(nanoseconds: 1 << Int64(stream.next(below: 44)))
    }
  }

  @Test(
    "pops in the order of a sorted array, ties by insertion", arguments: 0..<40 as Range<UInt64>)
  func model(seed: UInt64) throws {
    var stream = RandomStream(seed: seed, name: "event-queue")
    var queue = EventQueue<Int>()
    var model = Model()
    let mostPending = [1, 4, 60, 700][Int(seed % 4)]
    for event in 0..<3_000 {
      let schedules = stream.next(below: UInt64(mostPending)) >= UInt64(model.pending.count / 2)
      if schedules {
        let time = queue.now + Self.increment(from: &stream)
        queue.schedule(event, at: time)
        model.schedule(event, at: time)
      } else {
        let expected = model.pending.removeFirst()
        let popped = queue.popNext()
        try #require(popped?.time == expected.time && popped?.event == expected.event)
        try #require(queue.now == expected.time)
      }
      try #require(queue.count == model.pending.count)
      try #require(queue.isEmpty == model.pending.isEmpty)
    }
    while let popped = queue.popNext() {
      try #require(popped == model.pending.removeFirst())
    }
    #expect(model.pending.isEmpty && queue.isEmpty)
  }

  @Test("events scheduled for the present instant come after those already pending there")
  func presentInstant() {
    var queue = EventQueue<String>()
    let instant = SimTime(nanoseconds: 5_000)
    queue.schedule("first", at: instant)
    queue.schedule("second", at: instant)
    var order = [queue.popNext()?.event]
    queue.schedule("third", at: queue.now)
    order += [queue.popNext()?.event, queue.popNext()?.event]
    #expect(order == ["first", "second", "third"])
    #expect(queue.now == instant)
  }

  @Test("an empty queue gives nothing, and its time stays")
  func empty() {
    var queue = EventQueue<Int>()
    let before = queue.popNext()
    queue.schedule(1, at: SimTime(nanoseconds: 9))
    let only = queue.popNext()
    let after = queue.popNext()
    #expect(before == nil && after == nil)
    #expect(only?.time.nanoseconds == 9 && only?.event == 1)
    #expect(queue.now == SimTime(nanoseconds: 9))
  }

  @Test("the first and the last instant there is can be scheduled")
  func extremes() {
    var queue = EventQueue<Int>()
    queue.schedule(2, at: .distantFuture)
    queue.schedule(3, at: .distantFuture)
    queue.schedule(1, at: .zero)
    let order = [queue.popNext()?.event, queue.popNext()?.event, queue.popNext()?.event]
    #expect(order == [1, 2, 3])
    #expect(queue.now == .distantFuture)
  }

  @Test("an event in the past is refused")
  func past() async {
    await #expect(processExitsWith: .failure) {
      var queue = EventQueue<Int>()
      queue.schedule(1, at: SimTime(nanoseconds: 10))
      _ = queue.popNext()
      queue.schedule(2, at: SimTime(nanoseconds: 9))
    }
  }

  @Test("once warm, its memory stays where it is")
  func warm() {
    var stream = RandomStream(seed: 1, name: "warm")
    var queue = EventQueue<Int>()
    for event in 0..<300 {
      queue.schedule(event, at: .zero + stream.nextExponential(mean: .milliseconds(1)))
    }
    let (nodes, events) = (queue.nodes, queue.events)
    for _ in 0..<20_000 {
      guard let (time, event) = queue.popNext() else { break }
      queue.schedule(event, at: time + stream.nextExponential(mean: .milliseconds(1)))
    }
    #expect(queue.count == 300)
    #expect(queue.nodes == nodes && queue.events == events)
  }

  private final class Payload {}

  @Test("events are released when popped and, if still pending, with the queue")
  func ownership() {
    weak var popped: Payload?
    weak var pendingAlone: Payload?
    weak var pendingTied: Payload?
    do {
      var queue = EventQueue<Payload>()
      let payloads = [Payload(), Payload(), Payload()]
      (popped, pendingAlone, pendingTied) = (payloads[0], payloads[1], payloads[2])
      queue.schedule(payloads[0], at: SimTime(nanoseconds: 1))
      queue.schedule(payloads[1], at: SimTime(nanoseconds: 1 << 40))
      for _ in 0..<20 { queue.schedule(payloads[2], at: SimTime(nanoseconds: 1 << 50)) }
      _ = queue.popNext()
      #expect(queue.count == 21)
    }
    #expect(popped == nil && pendingAlone == nil && pendingTied == nil)
  }

  @Test("the level of a difference is that of its highest six-bit digit")
  func levels() {
    #expect(EventDigit.level(of: 0) == 0)
    for bit in 0..<64 {
      #expect(EventDigit.level(of: 1 << UInt64(bit)) == bit / EventDigit.bits)
      #expect(EventDigit.level(of: .max >> UInt64(63 - bit)) == bit / EventDigit.bits)
    }
  }
}
