import SimulationKernel
import Testing

@testable import Results

@Suite("Bootstrap")
struct BootstrapTests {
  /// Calls with a level of their own and `perCall` episodes around it.
  private func calls(
    _ count: Int, perCall: Int, between: Double, within: Double, factor: Double = 1,
    stream: inout RandomStream
  ) -> [Observation] {
    (0..<count).flatMap { call -> [Observation] in
      let level = 100 + between * (stream.nextUnit() - 0.5)
      return (0..<perCall).map { _ in
        let value = (level + within * (stream.nextUnit() - 0.5)) * factor
        return Observation(value: value, isCensored: false, cluster: call)
      }
    }
  }

  @Test("the same seed gives the same interval, another seed a near one")
  func deterministic() throws {
    var stream = RandomStream(seed: 1, name: "calls")
    let sample = SurvivalSample(
      calls(20, perCall: 5, between: 20, within: 20, stream: &stream))
    func interval(_ seed: UInt64) throws -> Interval {
      try #require(sample.estimatedQuantile(0.5, clusters: 20, seed: seed).interval)
    }
    #expect(try interval(1) == interval(1))
    #expect(try abs(interval(1).lower - interval(2).lower) < 3)
    // As an independent program computed it: a change here changes every published interval.
    let pinned = Bootstrap.interval(clusters: 10, resamples: 200, seed: 1) { multiplicities in
      Double(multiplicities.enumerated().reduce(0) { $0 + $1.offset * $1.element }) / 10
    }
    #expect(pinned == Interval(lower: 2.3, upper: 6.3))
  }

  @Test("the interval holds the true median about as often as it says")
  func coverage() {
    var stream = RandomStream(seed: 7, name: "coverage")
    var holds = 0
    for repetition in 0..<100 {
      let sample = SurvivalSample(
        calls(25, perCall: 4, between: 40, within: 40, stream: &stream))
      let estimate = sample.estimatedQuantile(
        0.5, clusters: 25, seed: UInt64(repetition), resamples: 200)
      if let interval = estimate.interval, interval.lower <= 100, interval.upper >= 100 {
        holds += 1
      }
    }
    #expect(holds >= 88 && holds <= 99)
  }

  @Test("episodes of one call count as one observation where they are alike")
  func clustering() throws {
    var stream = RandomStream(seed: 4, name: "clustering")
    let observations = calls(12, perCall: 20, between: 60, within: 2, stream: &stream)
    let clustered = SurvivalSample(observations).estimatedQuantile(0.5, clusters: 12, seed: 1)
    let independent = SurvivalSample(
      observations.enumerated().map {
        Observation(value: $1.value, isCensored: false, cluster: $0)
      }
    ).estimatedQuantile(0.5, clusters: observations.count, seed: 1)
    let wide = try #require(clustered.interval)
    let narrow = try #require(independent.interval)
    #expect(wide.upper - wide.lower > 2 * (narrow.upper - narrow.lower))
  }

  @Test("too few calls or episodes are told as such, not given a number")
  func tooFew() {
    var stream = RandomStream(seed: 2, name: "few")
    let four = SurvivalSample(calls(4, perCall: 40, between: 9, within: 9, stream: &stream))
    #expect(
      four.estimatedQuantile(0.5, clusters: 4, seed: 1)
        == .tooFewToTell("4 seeds, at least 5 needed"))
    let fifty = SurvivalSample(calls(10, perCall: 5, between: 9, within: 9, stream: &stream))
    #expect(
      fifty.estimatedQuantile(0.95, clusters: 10, seed: 1)
        == .tooFewToTell("50 episodes, at least 60 needed"))
    #expect(fifty.estimatedQuantile(0.5, clusters: 10, seed: 1).value != nil)
    let sixty = SurvivalSample(calls(12, perCall: 5, between: 9, within: 9, stream: &stream))
    #expect(sixty.estimatedQuantile(0.95, clusters: 12, seed: 1).value != nil)
    #expect(
      SurvivalSample([]).estimatedShareRepaired(within: 1, clusters: 9, seed: 1)
        == .tooFewToTell("no episodes"))
  }

  @Test("a quantile behind the last repair is infinite, and so may be the interval's end")
  func notReached() throws {
    let observations = (0..<20).map {
      Observation(value: Double($0 + 1), isCensored: $0 >= 11, cluster: $0)
    }
    let median = SurvivalSample(observations).estimatedQuantile(0.5, clusters: 20, seed: 1)
    #expect(median.value == 10)
    #expect(try #require(median.interval).upper == .infinity)
    let high = SurvivalSample(observations).estimatedQuantile(0.8, clusters: 20, seed: 1)
    #expect(high.value == .infinity)
  }

  @Test("a statistic undefined in many resamples has no interval")
  func undefined() {
    let interval = Bootstrap.interval(clusters: 6, seed: 1) { $0[0] == 0 ? nil : 1 }
    #expect(interval == nil)
  }

  @Test("a ratio of totals weighs calls by their length")
  func ratio() throws {
    let estimate = Bootstrap.ratio(
      of: [1, 2, 3, 4, 5], over: [10, 10, 10, 10, 60], seed: 1)
    #expect(estimate.value == 0.15)
    let interval = try #require(estimate.interval)
    #expect(interval.lower >= 1.0 / 12 && interval.upper <= 0.4)
    #expect(interval.lower < 0.15 && interval.upper > 0.15)
    #expect(Bootstrap.ratio(of: [0, 0], over: [0, 0], seed: 1).value == nil)
  }

  @Test(
    "where all calls agree the interval is Clopper and Pearson's, by calls",
    // Known answers: 0.025 to the power of 1/n.
    arguments: [(5, 0.47818), (14, 0.76836), (20, 0.83157), (368, 0.99003)])
  func unanimous(calls: Int, least: Double) throws {
    func sample(_ milliseconds: Double) -> SurvivalSample {
      // Three episodes a call, which tell no more than one.
      SurvivalSample(
        (0..<calls * 3).map { Observation(value: milliseconds, isCensored: false, cluster: $0 / 3) }
      )
    }
    func share(_ milliseconds: Double) throws -> Interval {
      let estimate = sample(milliseconds).estimatedShareRepaired(
        within: 500, clusters: calls, seed: 1, resamples: 40)
      return try #require(estimate.interval)
    }
    #expect(try abs(share(100).lower - least) < 1e-5)
    #expect(try share(100).upper == 1)
    #expect(try share(900).lower == 0)
    #expect(try abs(share(900).upper - (1 - least)) < 1e-5)

    let lengths = [Double](repeating: 20, count: calls)
    let never = Bootstrap.share(of: lengths.map { _ in 0 }, over: lengths, seed: 1)
    #expect(try abs(#require(never.interval).upper - (1 - least)) < 1e-5)
    let always = Bootstrap.share(of: lengths, over: lengths, seed: 1)
    #expect(try abs(#require(always.interval).lower - least) < 1e-5)
  }

  @Test("calls without an episode say nothing about the share that is repaired")
  func silentCalls() throws {
    let sample = SurvivalSample(
      (0..<4).map { Observation(value: 100, isCensored: false, cluster: $0) })
    let interval = try #require(
      sample.estimatedShareRepaired(within: 500, clusters: 40, seed: 1).interval)
    #expect(abs(interval.lower - 0.39764) < 1e-5)
  }

  @Test("a share that differs between calls keeps its bootstrap interval")
  func mixedShare() {
    let frozen = [0.0, 0, 1, 0, 2, 0]
    let lengths = [Double](repeating: 20, count: 6)
    #expect(
      Bootstrap.share(of: frozen, over: lengths, seed: 1)
        == Bootstrap.ratio(of: frozen, over: lengths, seed: 1))
  }

  @Test("pairing cancels what the network does to both")
  func pairedRatio() throws {
    var stream = RandomStream(seed: 8, name: "paired")
    let denominator = calls(15, perCall: 8, between: 100, within: 4, stream: &stream)
    let numerator = denominator.map {
      Observation(value: $0.value * 0.6, isCensored: false, cluster: $0.cluster)
    }
    let paired = PairedRatio.estimate(numerator, over: denominator, clusters: 15, seed: 1)
    let interval = try #require(paired.interval)
    #expect(abs(try #require(paired.value) - 0.6) < 1e-9)
    #expect(interval.upper - interval.lower < 1e-9)
    // Paired at random, the same data give a wide interval.
    let crossed = numerator.map {
      Observation(value: $0.value, isCensored: false, cluster: ($0.cluster * 7 + 3) % 15)
    }
    let unpaired = try #require(
      PairedRatio.estimate(crossed, over: denominator, clusters: 15, seed: 1).interval)
    #expect(unpaired.upper - unpaired.lower > 0.05)
  }

  @Test("a ratio to something never repaired is not told")
  func ratioToNothing() {
    let numerator = (0..<10).map { Observation(value: 5, isCensored: false, cluster: $0) }
    let denominator = (0..<10).map { Observation(value: 9, isCensored: true, cluster: $0) }
    #expect(
      PairedRatio.estimate(numerator, over: denominator, clusters: 10, seed: 1)
        == .tooFewToTell("the reference's quantile was not reached"))
    #expect(
      PairedRatio.estimate(denominator, over: numerator, clusters: 10, seed: 1).value == .infinity)
  }
}
