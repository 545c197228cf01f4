import SimulationKernel
import Testing

@testable import NetworkModels

@Suite("Where traces begin")
struct TraceStartTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  /// Fates, milliseconds of extra delay and departures depend on the clock alone: what a turned timeline
  /// says at a time, the plain one says later by the offset, also through repetitions.
  @Test("a link that begins later in its traces meets what the other meets later")
  func turned() {
    var random = RandomStream(seed: 3, name: "offsets")
    for _ in 0..<50 {
      let offset = SimDuration.milliseconds(Int64(random.next(below: 1_000)))
      var plain = LinkSettings(oneWayDelay: .milliseconds(10))
      plain.loss = .timeline(
        LossTimeline(
          spells: [time(0)..<time(40), time(300)..<time(310), time(900)..<time(1_000)],
          period: .seconds(1)))
      plain.delay.timeline = DelayTimeline(
        steps: [
          .init(from: .zero, delay: .zero), .init(from: time(250), delay: .milliseconds(7)),
          .init(from: time(700), delay: .milliseconds(2)),
        ], period: .seconds(1))
      var later = plain
      later.traceStart = .at(offset)
      var one = Link(plain, seed: 1, name: "test")
      var other = Link(later, seed: 1, name: "test")
      for packet in stride(from: Int64(0), to: 3_000, by: 13) {
        let expected = one.send(octets: 1_000, at: time(packet) + offset)
        let got = other.send(octets: 1_000, at: time(packet))
        switch (expected, got) {
        case (.delivered(let a), .delivered(let b)), (.lost(let a), .lost(let b)):
          #expect(a == b + offset)
        default: Issue.record("\(expected) is not \(got) at \(packet) ms, offset \(offset)")
        }
      }
    }
  }

  @Test("a rate begins later too, as steps and as opportunities")
  func rates() {
    let steps = RateTimeline.steps(
      [
        .init(from: .zero, rate: .kilobitsPerSecond(800)),
        .init(from: time(400), rate: .kilobitsPerSecond(80)),
      ], period: .seconds(1))
    let opportunities = RateTimeline.opportunities(
      [time(0), time(3), time(3), time(250), time(600)], octets: 1_500, period: .milliseconds(600))
    for timeline in [steps, opportunities] {
      for offset in [0, 1, 3, 250, 400, 599] as [Int64] {
        var plain = LinkSettings(oneWayDelay: .zero)
        plain.queue.timeline = timeline
        plain.queueLimit = .seconds(10)
        var later = plain
        later.traceStart = .at(.milliseconds(offset))
        var one = Link(plain, seed: 1, name: "test")
        var other = Link(later, seed: 1, name: "test")
        for packet in 0..<20 as Range<Int64> {
          let at = time(packet * 130)
          guard case .delivered(let a) = one.send(octets: 700, at: at + .milliseconds(offset)),
            case .delivered(let b) = other.send(octets: 700, at: at)
          else {
            Issue.record("nothing is dropped here")
            return
          }
          #expect(a == b + .milliseconds(offset), "offset \(offset), packet \(packet)")
        }
      }
    }
  }

  @Test("a start beyond the trace's end lies in its repetition")
  func beyond() {
    let offset = TraceStart.at(.milliseconds(2_300)).offset(within: .seconds(1), seed: 9)
    #expect(offset == .milliseconds(300))
  }

  @Test("a random start is the seed's, the same share of each trace, and uniform over seeds")
  func random() {
    var sum = 0.0
    let count: UInt64 = 4_000
    for seed in 0..<count {
      let one = TraceStart.random.offset(within: .seconds(10), seed: seed)
      let other = TraceStart.random.offset(within: .seconds(20), seed: seed)
      #expect(one == TraceStart.random.offset(within: .seconds(10), seed: seed))
      #expect(one >= .zero && one < .seconds(10))
      #expect(abs(other.nanoseconds - 2 * one.nanoseconds) <= 1)
      sum += one.inMilliseconds / 10_000
    }
    // Three standard errors of the mean of a uniform share.
    let error = 3 / (12 * Double(count)).squareRoot()
    #expect(abs(sum / Double(count) - 0.5) < error)
  }

  @Test("a link with a random start meets what one meets that begins there")
  func randomLink() {
    let losses = LossTimeline(spells: [time(100)..<time(350)], period: .seconds(1))
    var drawn = LinkSettings(oneWayDelay: .zero, loss: .timeline(losses))
    drawn.traceStart = .random
    var given = drawn
    given.traceStart = .at(TraceStart.random.offset(within: .seconds(1), seed: 77))
    var (one, other) = (
      Link(drawn, seed: 77, name: "media.forward"), Link(given, seed: 77, name: "media.forward")
    )
    for packet in 0..<200 as Range<Int64> {
      #expect(
        one.send(octets: 100, at: time(packet * 9)) == other.send(octets: 100, at: time(packet * 9))
      )
    }
  }
}
