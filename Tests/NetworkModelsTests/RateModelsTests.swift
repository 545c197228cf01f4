import SimulationKernel
import Testing

@testable import NetworkModels

@Suite("Bottlenecks whose rate or queue is not plain")
struct RateModelsTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  /// When packets leave, in ms; -1 for those that are dropped.
  private func departures(_ settings: QueueSettings, octets: Int, at times: [Int64]) -> [Double] {
    var queue = BottleneckQueue(settings)
    return times.map { sent in
      switch queue.enqueue(octets: octets, at: time(sent)) {
      case .leaves(let departure): departure.inMilliseconds
      case .dropped: -1
      }
    }
  }

  private func settings(limit: Int64 = 10_000, _ timeline: RateTimeline) -> QueueSettings {
    var settings = QueueSettings(rate: nil, limit: .milliseconds(limit))
    settings.timeline = timeline
    return settings
  }

  @Test("a packet that meets two rates takes its part of each; at rate zero nothing goes")
  func steps() {
    // 1,250 octets are 10,000 bits: 10 ms at 1 Mbit/s, 20 ms at half of it.
    let timeline = RateTimeline.steps(
      [
        .init(from: .zero, rate: .kilobitsPerSecond(1_000)),
        .init(from: time(25), rate: .kilobitsPerSecond(500)),
        .init(from: time(60), rate: Bitrate(bitsPerSecond: 0)),
      ], period: .milliseconds(100))
    let fates = departures(settings(timeline), octets: 1_250, at: [0, 0, 0, 0, 0, 105])
    // 10, 20, then 5 ms at the first rate and 10 at the second; 20; 5 ms are left before the outage,
    // and 7.5 ms at the first rate after it, in the next repetition.
    #expect(fates == [10, 20, 35, 55, 107.5, 117.5])
  }

  @Test("opportunities send 1,500 octets each, shared by what waits, lost where nothing does")
  func opportunities() {
    let timeline = RateTimeline.opportunities(
      [time(10), time(10), time(20), time(40)], octets: 1_500, period: .milliseconds(40))
    // Two of 1,000 octets share the first two opportunities; the third begins in what is left.
    let fates = departures(settings(timeline), octets: 1_000, at: [0, 0, 0, 25, 41, 45])
    #expect(fates == [10, 10, 10, 40, 50, 50])
  }

  @Test("over its period a timeline sends what its opportunities hold")
  func throughput() {
    let timeline = RateTimeline.opportunities(
      [time(3), time(4), time(9)], octets: 1_500, period: .milliseconds(10))
    var queue = BottleneckQueue(settings(limit: 1_000_000, timeline))
    var last = SimTime.zero
    for _ in 0..<3_000 {
      if case .leaves(let time) = queue.enqueue(octets: 1_500, at: .zero) { last = time }
    }
    #expect(last == time(10_000) - .milliseconds(1))
  }

  @Test("a token bucket lets a burst through after a pause, and the rate beyond it")
  func bucket() {
    var settings = QueueSettings(rate: .kilobitsPerSecond(1_000), limit: .seconds(1))
    settings.burst = 2_500
    let fates = departures(settings, octets: 1_250, at: [0, 0, 0, 0, 100])
    #expect(fates == [0, 0, 10, 20, 100])
  }

  @Test("CoDel lets short bursts wait, and keeps a standing queue near its target")
  func coDel() {
    var settings = QueueSettings(rate: .kilobitsPerSecond(10_000), limit: .seconds(1))
    settings.discipline = .coDel(target: .milliseconds(5), interval: .milliseconds(100))
    var queue = BottleneckQueue(settings)
    // 50 packets of 1 ms at once: waits up to 49 ms, gone within the interval.
    for _ in 0..<50 {
      if case .dropped = queue.enqueue(octets: 1_250, at: .zero) { Issue.record("a burst was cut") }
    }
    // 10 % more than the bottleneck takes, for 20 s.
    var (drops, lateWait, late) = (0, SimDuration.zero, 0)
    var now = time(1_000)
    while now < time(21_000) {
      let wait = queue.wait(at: now)
      if case .dropped = queue.enqueue(octets: 1_250, at: now) { drops += 1 }
      if now > time(11_000) {
        lateWait = lateWait + wait
        late += 1
      }
      now += .microseconds(909)
    }
    #expect(drops > 500)
    #expect(lateWait / Int64(late) < .milliseconds(100), "without CoDel it would be a second")
  }

  @Test("a limit in octets holds where the rate changes too")
  func octetLimit() {
    var limited = settings(
      .steps([.init(from: .zero, rate: .kilobitsPerSecond(1_000))], period: .seconds(1)))
    limited.octetLimit = 3_000
    let fates = departures(limited, octets: 1_250, at: [0, 0, 0, 11])
    #expect(fates == [10, 20, -1, 30])
  }

  @Test("other traffic comes at its rate, in spells or not, and takes its share of the bottleneck")
  func crossTraffic() {
    for pattern in [
      QueueSettings.CrossTraffic.Pattern.poisson,
      .onOff(meanOn: .milliseconds(100), meanOff: .milliseconds(100)),
    ] {
      let traffic = QueueSettings.CrossTraffic(
        rate: .kilobitsPerSecond(1_000), octets: 1_250, pattern: pattern)
      var source = CrossTrafficSource(traffic, key: StreamKey(seed: 3, name: "test"))
      var packets = 0
      while let next = source.next, next < .zero + .seconds(1_000) {
        packets += 1
        source.advance()
      }
      let isSpelled = pattern != .poisson
      // 100,000 packets; half as many in spells, of which there are 5,000 of 10 packets.
      let expected = isSpelled ? 50_000.0 : 100_000
      let error = isSpelled ? expected * (2.0 / 5_000).squareRoot() : expected.squareRoot()
      #expect(abs(Double(packets) - expected) < 3 * error)
    }
    var settings = QueueSettings(rate: .kilobitsPerSecond(1_000), limit: .seconds(10))
    settings.crossTraffic = .init(rate: .kilobitsPerSecond(800), octets: 1_250)
    let shared = Bottleneck(settings, key: StreamKey(seed: 1, name: "test"))
    var waits = 0
    for packet in 0..<1_000 as Range<Int64> {
      let now = time(packet * 100)
      if case .leaves(let departure) = shared.enqueue(octets: 125, at: now),
        departure - now > .milliseconds(1)
      {
        waits += 1
      }
    }
    // Busy 81 % of the time.
    #expect(abs(Double(waits) / 1_000 - 0.81) < 0.1)
  }

  @Test("links that share a bottleneck wait for each other")
  func sharing() {
    let settings = LinkSettings(oneWayDelay: .zero, rate: .kilobitsPerSecond(1_000))
    let shared = Bottleneck(settings.queue, key: StreamKey(seed: 1, name: "test"))
    var (media, signalling) = (
      Link(settings, seed: 1, name: "media", sharing: shared),
      Link(settings, seed: 1, name: "signalling", sharing: shared)
    )
    #expect(media.send(octets: 12_500, at: .zero) == .delivered(at: time(100)))
    #expect(signalling.send(octets: 1_250, at: time(1)) == .delivered(at: time(110)))
  }
}
