import SimulationKernel
import Testing

@testable import NetworkModels

@Suite("Fit of models of loss")
struct LossFitTests {
  private func isWithin(_ share: Double, _ found: Double, of value: Double) -> Bool {
    abs(found - value) <= share * value
  }

  @Test(
    "what a Gilbert channel lost in 100,000 packets returns its parameters within 5 %, and wins",
    arguments: [(0.05, 4.0), (0.1, 2.0), (0.2, 8.0)])
  func gilbert(rate: Double, meanBurst: Double) throws {
    let model = TraceGenerator.gilbert(rate: rate, meanBurst: meanBurst)
    let fit = LossFit(TraceGenerator.losses(model, count: 100_000, seed: 3))
    guard case .gilbert(let goodToBad, let badToGood) = fit.best.model else {
      Issue.record("\(fit.best.model) explains the data best")
      return
    }
    #expect(isWithin(0.05, goodToBad, of: model.goodToBad))
    #expect(isWithin(0.05, badToGood, of: model.badToGood))
    #expect(isWithin(0.05, fit.best.model.rate, of: rate))
  }

  // Well-separated states that change often: 5 % and 95 % of loss, 6,700 spells of each. The
  // estimate's own spread is 1 or 2 % then. Rarer changes leave fewer spells to count, and
  // parameters such as 4 % and 50 % of loss in states that stay for 15 packets and 1 cannot be told
  // from 100,000 packets within 5 %: most bad spells are a single packet, of which half arrive.
  @Test(
    "what a Gilbert-Elliott channel lost in 100,000 packets returns its parameters, and wins",
    arguments: [1, 2, 3])
  func gilbertElliott(seed: UInt64) throws {
    let model = GilbertElliottParameters(
      goodToBad: 0.1, badToGood: 0.2, goodLoss: 0.05, badLoss: 0.95)
    let fit = LossFit(TraceGenerator.losses(model, count: 100_000, seed: seed))
    guard case .gilbertElliott(let found) = fit.best.model else {
      Issue.record("\(fit.best.model) explains the data best")
      return
    }
    #expect(isWithin(0.05, found.goodToBad, of: model.goodToBad), "\(found.goodToBad)")
    #expect(isWithin(0.05, found.badToGood, of: model.badToGood), "\(found.badToGood)")
    #expect(isWithin(0.05, found.goodLoss, of: model.goodLoss), "\(found.goodLoss)")
    #expect(isWithin(0.05, found.badLoss, of: model.badLoss), "\(found.badLoss)")
  }

  @Test("losses on their own are explained best as such")
  func independent() {
    var stream = RandomStream(seed: 5, name: "test.loss")
    let fit = LossFit((0..<100_000).map { _ in stream.next(Probability(0.03)) })
    #expect(fit.candidates.count == 3)
    guard case .independent(let rate) = fit.best.model else {
      Issue.record("\(fit.best.model) explains the data best")
      return
    }
    #expect(isWithin(0.05, rate, of: 0.03))
  }

  @Test("likelihoods are those of the definition, and more parameters never explain less")
  func likelihoods() {
    // 4 of 10 lost; from good 6 steps, 2 to bad; from bad 3 steps, 1 to good.
    let fit = LossFit(losses("0001 1100 01"))
    func ln(_ x: Double) -> Double { DeterministicMath.ln(x) }
    #expect(abs(fit.candidates[0].logLikelihood - (4 * ln(0.4) + 6 * ln(0.6))) < 1e-12)
    let goodShare = (1.0 / 3) / (1.0 / 3 + 2.0 / 6)
    let steps = 2 * ln(2.0 / 6) + 4 * ln(4.0 / 6) + 2 * ln(2.0 / 3) + ln(1.0 / 3)
    #expect(abs(fit.candidates[1].logLikelihood - (ln(goodShare) + steps)) < 1e-12)
    #expect(
      abs(fit.candidates[1].bayesianInformation + 2 * (ln(goodShare) + steps) - 2 * ln(10)) < 1e-9)
    #expect(fit.candidates[2].logLikelihood >= fit.candidates[0].logLikelihood - 1e-6)
  }

  @Test("where packets fare alike, or a state was never left, only independent loss is fitted")
  func degenerate() {
    for pattern in ["0", "1", "0000", "1111", "0001", "1000"] {
      let fit = LossFit(losses(pattern))
      #expect(fit.candidates.count == 1 && fit.best.logLikelihood <= 0)
      #expect(fit.best.model.meanBadSpell(interval: .milliseconds(10)) == nil)
    }
  }

  @Test("the bad spell is that of the channel in continuous time that packets look at")
  func badSpell() throws {
    // A channel with bad spells of 20 ms in a fifth of time, looked at every 10 ms for 1000 s: many
    // spells are seen by no packet.
    var channel = GilbertElliottChannel(
      rate: 0.2, meanBurst: .milliseconds(20), key: StreamKey(seed: 9, name: "test.loss"))
    let fit = LossFit(
      (0..<100_000).map { channel.isBad(at: SimTime(nanoseconds: $0 * 10_000_000)) })
    let spell = try #require(fit.best.model.meanBadSpell(interval: .milliseconds(10)))
    #expect(isWithin(0.05, spell.inMilliseconds, of: 20), "\(spell.inMilliseconds)")
    #expect(isWithin(0.05, fit.best.model.rate, of: 0.2), "\(fit.best.model.rate)")
  }
}
