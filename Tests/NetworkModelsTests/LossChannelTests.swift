import Foundation
import SimulationKernel
import Testing

@testable import NetworkModels

@Suite("Loss channel")
struct LossChannelTests {
  private func channel(_ model: LossModel, seed: UInt64 = 1) -> LossChannel {
    LossChannel(model, key: StreamKey(seed: seed, name: "test.loss"))
  }

  private static let lossy: [LossModel] = [
    .independent(rate: 0.1), .gilbertElliott(rate: 0.1, meanBurst: .milliseconds(20)),
    .gilbertElliott(rate: 0.5, meanBurst: .microseconds(700)),
  ]

  @Test(
    "losses on their own have the rate asked for, within 3 standard errors of a million packets",
    arguments: [0.001, 0.01, 0.1, 0.5, 0.9])
  func independentRate(rate: Double) {
    var channel = channel(.independent(rate: rate), seed: 7)
    let count = 1_000_000
    var lost = 0
    var adjacent = 0
    var previous = false
    for packet in 0..<count {
      // Seven packets a slot, as several go out back to back.
      let loss = channel.loses(at: SimTime(nanoseconds: Int64(packet / 7) * 1_000_000))
      if loss { lost += 1 }
      if loss && previous { adjacent += 1 }
      previous = loss
    }
    let n = Double(count)
    #expect(abs(Double(lost) / n - rate) < 3 * (rate * (1 - rate) / n).squareRoot())
    // Neighbours are lost together no more often than by chance (overlapping pairs: 3 p^3 wide).
    let both = rate * rate
    let variance = both + 2 * both * rate - 3 * both * both
    #expect(abs(Double(adjacent) / n - both) < 3 * (variance / n).squareRoot())
  }

  @Test(
    "Gilbert-Elliott has the rate and the mean burst asked for, within 3 standard errors",
    arguments: [
      (0.01, 5_000), (0.05, 20_000), (0.1, 2_000), (0.1, 100_000), (0.3, 10_000), (0.6, 1_000),
    ] as [(Double, Int64)])
  func gilbertElliott(rate: Double, meanBurstMicroseconds: Int64) {
    var channel = channel(
      .gilbertElliott(rate: rate, meanBurst: .microseconds(meanBurstMicroseconds)), seed: 3)
    let count = 1_000_000
    var lost = 0
    var bursts = 0
    var previous = false
    for packet in 0..<count {
      let loss = channel.loses(at: SimTime(nanoseconds: Int64(packet) * 1_000_000))
      if loss { lost += 1 }
      if loss && !previous { bursts += 1 }
      previous = loss
    }
    // Seen every millisecond, the channel is a Markov chain whose state at the next look
    // correlates by exp(-(1/bad + 1/good)).
    let bad = Double(meanBurstMicroseconds) / 1_000
    let correlation = exp(-1 / (bad * (1 - rate)))
    let n = Double(count)
    let rateError = (rate * (1 - rate) / n * (1 + correlation) / (1 - correlation)).squareRoot()
    #expect(abs(Double(lost) / n - rate) < 3 * rateError)
    // Its bursts, counted in looks, are geometric with this chance of an end at each.
    let leaving = (1 - rate) * (1 - correlation)
    let burstError = ((1 - leaving) / Double(bursts)).squareRoot() / leaving
    #expect(abs(Double(lost) / Double(bursts) - 1 / leaving) < 3 * burstError)
  }

  @Test("the mean bad spell in time is the mean burst, down to a millisecond")
  func meanSpell() {
    var channel = channel(.gilbertElliott(rate: 0.4, meanBurst: .milliseconds(1)), seed: 5)
    // Looked at every 10 us, which hides few spells: their seen mean grows by about 10 us.
    var lost = 0
    var bursts = 0
    var previous = false
    for look in 0..<1_000_000 {
      let loss = channel.loses(at: SimTime(nanoseconds: Int64(look) * 10_000))
      if loss { lost += 1 }
      if loss && !previous { bursts += 1 }
      previous = loss
    }
    let meanMilliseconds = Double(lost) / Double(bursts) / 100
    let error = 1 / Double(bursts).squareRoot()
    #expect(abs(meanMilliseconds - 1) < 3 * error + 0.02)
  }

  @Test("it starts in its stationary distribution", arguments: [0.05, 0.3, 0.8])
  func stationary(rate: Double) {
    let count = 20_000
    var bad = 0
    var badSoonAfter = 0
    for seed in 0..<UInt64(count) {
      var channel = channel(.gilbertElliott(rate: rate, meanBurst: .milliseconds(10)), seed: seed)
      if channel.loses(at: .zero) { bad += 1 }
      if channel.loses(at: .zero + .milliseconds(3)) { badSoonAfter += 1 }
    }
    let error = (rate * (1 - rate) / Double(count)).squareRoot()
    #expect(abs(Double(bad) / Double(count) - rate) < 3 * error)
    #expect(abs(Double(badSoonAfter) / Double(count) - rate) < 3 * error)
  }

  @Test(
    "two runs that send different packets meet the same channel at the same times",
    arguments: lossy, [1, 2, 3] as [UInt64])
  func sameChannel(model: LossModel, seed: UInt64) {
    var steady = channel(model, seed: seed)
    var sparse = channel(model, seed: seed)
    var stream = RandomStream(seed: seed, name: "packets")
    var losses = 0
    for millisecond in 0..<20_000 as Range<Int64> {
      let time = SimTime.zero + .milliseconds(millisecond)
      // Between one and four packets in this slot; the sparse run leaves most slots out.
      let packets = 1 + Int(stream.next(below: 4))
      let outcomes = (0..<packets).map { _ in steady.loses(at: time) }
      if outcomes[0] { losses += 1 }
      if stream.next(below: 7) == 0 {
        let sparsePackets = 1 + Int(stream.next(below: 4))
        let sparseOutcomes = (0..<sparsePackets).map { _ in sparse.loses(at: time) }
        let common = min(packets, sparsePackets)
        #expect(outcomes[0..<common] == sparseOutcomes[0..<common])
      }
    }
    #expect(losses > 500)
  }

  @Test("a long silence ends in the state that a busy channel reaches")
  func silence() {
    let model = LossModel.gilbertElliott(rate: 0.3, meanBurst: .milliseconds(50))
    for seed in 0..<50 as Range<UInt64> {
      var busy = channel(model, seed: seed)
      var silent = channel(model, seed: seed)
      var last = false
      for second in 0...600 as ClosedRange<Int64> {
        last = busy.loses(at: .zero + .seconds(second))
      }
      let afterSilence = silent.loses(at: .zero + .seconds(600))
      #expect(afterSilence == last)
    }
  }

  @Test("different seeds and names make different channels", arguments: lossy)
  func streams(model: LossModel) {
    var channels = [
      LossChannel(model, key: StreamKey(seed: 1, name: "media.forward.loss")),
      LossChannel(model, key: StreamKey(seed: 1, name: "media.reverse.loss")),
      LossChannel(model, key: StreamKey(seed: 2, name: "media.forward.loss")),
    ]
    var patterns = [[Bool]](repeating: [], count: channels.count)
    for index in channels.indices {
      for millisecond in 0..<2_000 as Range<Int64> {
        patterns[index].append(channels[index].loses(at: .zero + .milliseconds(millisecond)))
      }
    }
    #expect(Set(patterns).count == patterns.count)
  }

  @Test("a channel without loss loses nothing, one of rate 1 everything")
  func extremes() {
    var none = channel(.none)
    var never = channel(.independent(rate: 0))
    var always = channel(.independent(rate: 1))
    var neverBad = channel(.gilbertElliott(rate: 0, meanBurst: .milliseconds(10)))
    var (lostByNone, lostByNever, lostByAlways, lostByNeverBad) = (0, 0, 0, 0)
    for second in 0..<10_000 as Range<Int64> {
      let time = SimTime.zero + .seconds(second)
      if none.loses(at: time) { lostByNone += 1 }
      if never.loses(at: time) { lostByNever += 1 }
      if always.loses(at: time) { lostByAlways += 1 }
      if neverBad.loses(at: time) { lostByNeverBad += 1 }
    }
    #expect((lostByNone, lostByNever, lostByAlways, lostByNeverBad) == (0, 0, 10_000, 0))
  }

  @Test("a rate or a burst that no channel can have is refused, and so is going back in time")
  func refused() async {
    await #expect(processExitsWith: .failure) {
      _ = GilbertElliottChannel(
        rate: 1, meanBurst: .milliseconds(1), key: StreamKey(seed: 1, name: "x"))
    }
    await #expect(processExitsWith: .failure) {
      _ = GilbertElliottChannel(rate: 0.1, meanBurst: .zero, key: StreamKey(seed: 1, name: "x"))
    }
    await #expect(processExitsWith: .failure) {
      var channel = GilbertElliottChannel(
        rate: 0.1, meanBurst: .milliseconds(1), key: StreamKey(seed: 1, name: "x"))
      _ = channel.isBad(at: .zero + .milliseconds(2))
      _ = channel.isBad(at: .zero + .milliseconds(1))
    }
    await #expect(processExitsWith: .failure) {
      var losses = IndependentLoss(rate: Probability(0.1), key: StreamKey(seed: 1, name: "x"))
      _ = losses.loses(at: .zero + .milliseconds(2))
      _ = losses.loses(at: .zero + .milliseconds(1))
    }
  }
}
