import SimulationKernel
import Testing

@testable import NetworkModels

/// Each model as seen by packets at even intervals, a million of them.
@Suite("Loss models")
struct LossModelTests {
  /// Losses, and the runs they form.
  private struct Tally {
    var packets = 0
    var lost = 0
    var runs = 0

    var rate: Double { Double(lost) / Double(packets) }
    var meanRun: Double { Double(lost) / Double(runs) }
  }

  private func tally(
    _ model: LossModel, every step: SimDuration, packets: Int = 1_000_000, seed: UInt64 = 1
  ) -> Tally {
    var channel = LossChannel(model, key: StreamKey(seed: seed, name: "test.loss"))
    var tally = Tally(packets: packets)
    var wasLost = false
    for packet in 0..<packets {
      let isLost = channel.loses(at: .zero + step * Int64(packet))
      if isLost { tally.lost += 1 }
      if isLost, !wasLost { tally.runs += 1 }
      wasLost = isLost
    }
    return tally
  }

  @Test(
    "the four-state chain has the rate and the mean burst of its definition, within 3 standard errors",
    arguments: [
      FourStateLoss(step: .milliseconds(10), p13: 0.02, p31: 0.3),
      FourStateLoss(step: .milliseconds(10), p13: 0.01, p31: 0.2, p32: 0.3, p23: 0.4, p14: 0.005),
      FourStateLoss(step: .milliseconds(10), p13: 0, p31: 1, p14: 0.02),
    ])
  func fourState(model: FourStateLoss) {
    let seen = tally(.fourState(model), every: model.step)
    // Of n packets, as many runs as the chain enters; the variance of a run's length is at most twice
    // its mean squared, and runs come independently.
    let runs = Double(seen.runs)
    let mean = Double(model.meanBurst.nanoseconds) / Double(model.step.nanoseconds)
    #expect(abs(seen.meanRun - mean) < 3 * mean * (2 / runs).squareRoot())
    let error = model.rate * (4 / runs).squareRoot()
    #expect(abs(seen.rate - model.rate) < 3 * error)
  }

  @Test("states have the shares of the balance of their flows")
  func shares() {
    let model = FourStateLoss(
      step: .milliseconds(10), p13: 0.01, p31: 0.2, p32: 0.3, p23: 0.4, p14: 0.005)
    let (one, two, three, four) = model.shares
    let flows: [(Double, Double)] = [
      (one + two + three + four, 1), (one * 0.01, three * 0.2), (three * 0.3, two * 0.4),
      (one * 0.005, four),
    ]
    for (a, b) in flows { #expect(abs(a - b) < 1e-12) }
  }

  @Test("Gilbert-Elliott loses in either state at its rate")
  func twoState() {
    let model = TwoStateLoss(
      meanGood: .milliseconds(900), meanBad: .milliseconds(100), lossInGood: 0.01, lossInBad: 0.5)
    let seen = tally(.twoState(model), every: .milliseconds(10))
    #expect(abs(model.rate - 0.059) < 1e-9)
    // Some 10,000 spells of each kind decide; a bad one loses 5 packets on average.
    #expect(abs(seen.rate - model.rate) < 3 * model.rate * (2.0 / 10_000).squareRoot())
  }

  @Test("a timeline loses what falls into its spells, and repeats")
  func timeline() {
    func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }
    let timeline = LossTimeline(
      spells: [time(10)..<time(20), time(50)..<time(51)], period: .milliseconds(100))
    var channel = LossChannel(.timeline(timeline), key: StreamKey(seed: 1, name: "test.loss"))
    let lost = (0..<300 as Range<Int64>).filter { channel.loses(at: time($0)) }
    let once = Array(10..<20 as Range<Int64>) + [50]
    #expect(lost == once + once.map { $0 + 100 } + once.map { $0 + 200 })
    #expect(abs(timeline.lossShare - 0.11) < 1e-12)
    #expect(LossModel.timeline(timeline).meanBurst == .microseconds(5_500))
  }

  @Test("a share of a channel's losses is lost, and no others", arguments: [0.25, 0.5])
  func thinned(share: Double) {
    let inner = LossModel.twoState(
      TwoStateLoss(meanGood: .milliseconds(300), meanBad: .milliseconds(100)))
    let key = StreamKey(seed: 1, name: "test.loss")
    var (whole, part) = (
      LossChannel(inner, key: key), LossChannel(inner.scaled(by: share), key: key)
    )
    var (all, some) = (0, 0)
    for packet in 0..<200_000 as Range<Int64> {
      let time = SimTime.zero + .milliseconds(packet)
      let (isLost, isLostToo) = (whole.loses(at: time), part.loses(at: time))
      #expect(isLost || !isLostToo)
      all += isLost ? 1 : 0
      some += isLostToo ? 1 : 0
    }
    let error = (share * (1 - share) / Double(all)).squareRoot()
    #expect(abs(Double(some) / Double(all) - share) < 3 * error)
    #expect(abs(inner.scaled(by: share).rate - 0.25 * share) < 1e-12)
  }

  @Test("what is sent does not change a channel: packets between others change none of their fates")
  func sameChannel() {
    let models: [LossModel] = [
      .twoState(
        TwoStateLoss(meanGood: .milliseconds(300), meanBad: .milliseconds(100), lossInBad: 0.5)),
      .fourState(
        FourStateLoss(step: .milliseconds(5), p13: 0.1, p31: 0.3, p32: 0.1, p23: 0.5, p14: 0.05)),
    ]
    for model in models {
      let key = StreamKey(seed: 3, name: "test.loss")
      var (few, many) = (LossChannel(model, key: key), LossChannel(model, key: key))
      for packet in 0..<20_000 as Range<Int64> {
        let time = SimTime.zero + .milliseconds(packet * 2)
        let fate = few.loses(at: time)
        #expect(many.loses(at: time) == fate)
        _ = many.loses(at: time + .milliseconds(1))
      }
    }
  }
}
