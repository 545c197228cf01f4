import Foundation
import SimulationKernel
import Testing

@testable import Results

@Suite("Probe sample")
struct ProbeSampleTests {
  private func exponential(
    mean: Double, horizon: Double, seeds: Int, perSeed: Int, _ stream: inout RandomStream
  ) -> ProbeSample {
    var times: [(value: Double, isCensored: Bool, seed: UInt64)] = []
    for seed in 0..<seeds {
      for _ in 0..<perSeed {
        let time = stream.nextExponential(mean: mean)
        times.append((min(time, horizon), time >= horizon, UInt64(seed)))
      }
    }
    return ProbeSample(times: times, limit: horizon)
  }

  @Test("exponential times cut off by a horizon have the quantiles, shares and mean of the formula")
  func exponential() throws {
    var stream = RandomStream(seed: 3, name: "exponential.horizon")
    // A fifth of the probes stay open.
    let horizon = -400 * log(0.2)
    let sample = exponential(mean: 400, horizon: horizon, seeds: 40, perSeed: 250, &stream)
    #expect(abs(Double(sample.censored) / 10_000 - 0.2) < 0.02)
    let figures = sample.figures(seed: 1)
    let median = try #require(figures.median.value)
    #expect(abs(median / (400 * log(2)) - 1) < 0.05)
    // Beyond the horizon nothing is known.
    #expect(figures.quantiles[1].value == .infinity && figures.quantiles[2].value == .infinity)
    for (limit, share) in zip(ProbeSample.limits, figures.shares).dropLast() {
      #expect(abs(try #require(share.value) - (1 - exp(-limit / 400))) < 0.02)
    }
    #expect(figures.shares[3] == .tooFewToTell("probes were not followed so long"))
    let mean = try #require(sample.restrictedMean(seed: 1).value)
    #expect(abs(mean - 400 * 0.8) < 8)
  }

  // 300 data sets at 95 %: a standard deviation is 1.3 %, the bounds lie over three away. Quantiles of
  // small samples hold a little less than they say.
  @Test("the intervals of median, share and mean hold the truth about as often as they say")
  func coverage() {
    var stream = RandomStream(seed: 4, name: "coverage.horizon")
    var counts = [CoverageCount](repeating: CoverageCount(), count: 3)
    for dataSet in 0..<300 {
      let sample = exponential(mean: 200, horizon: 500, seeds: 20, perSeed: 8, &stream)
      let figures = sample.figures(seed: UInt64(dataSet), resamples: 300)
      counts[0].add(figures.median, truth: 200 * log(2))
      counts[1].add(figures.shares[1], truth: 1 - exp(-250.0 / 200))
      counts[2].add(
        sample.restrictedMean(seed: UInt64(dataSet)), truth: 200 * (1 - exp(-500.0 / 200)))
    }
    for count in counts {
      #expect(count.told == 300)
      #expect(count.share >= 0.91 && count.share <= 0.99, "\(count.share)")
    }
  }

  @Test("one pass over the resamples gives what a pass for each figure does")
  func onePass() throws {
    var stream = RandomStream(seed: 8, name: "one.pass")
    let values = (0..<120).map { _ in stream.nextExponential(mean: 300) }
    let observations = values.enumerated().map {
      Observation(value: min($1, 900), isCensored: $1 >= 900, cluster: $0 / 12)
    }
    let survival = SurvivalSample(observations)
    let sample = ProbeSample(
      times: observations.map { ($0.value, $0.isCensored, UInt64($0.cluster)) }, limit: 1_000)
    let figures = sample.figures(seed: 9)
    for (p, estimate) in zip(ProbeSample.quantiles, figures.quantiles) {
      #expect(estimate == survival.estimatedQuantile(p, clusters: 10, seed: 9))
    }
    for (limit, estimate) in zip(ProbeSample.limits, figures.shares) {
      #expect(estimate == survival.estimatedShareRepaired(within: limit, clusters: 10, seed: 9))
    }
  }

  @Test("too few probes or seeds are said, not estimated")
  func tooFew() {
    let times = (0..<30).map { (value: Double($0 + 1), isCensored: false, seed: UInt64($0 % 4)) }
    let four = ProbeSample(times: times, limit: 5_000).figures(seed: 1)
    #expect(four.median == .tooFewToTell("4 seeds, at least 5 needed"))
    #expect(four.quantiles[2] == .tooFewToTell("30 probes, at least 60 needed"))
    #expect(
      ProbeSample(times: [], limit: 1).figures(seed: 1).shares[0] == .tooFewToTell("no probes"))
  }
}
