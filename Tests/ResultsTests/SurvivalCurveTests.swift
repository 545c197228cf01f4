import Foundation
import SimulationKernel
import Testing

@testable import Results

@Suite("Survival curve")
struct SurvivalCurveTests {
  /// Weeks of remission under 6-mercaptopurine (Freireich and others, 1963), the textbooks'
  /// example; negative is censored.
  static let remission: [Double] = [
    6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35,
  ]

  private func observations(_ values: [Double]) -> [Observation] {
    values.enumerated().map {
      Observation(value: abs($1), isCensored: $1 < 0, cluster: $0)
    }
  }

  @Test("the published example comes out as published")
  func remission() {
    let curve = SurvivalCurve(observations(Self.remission.reversed()))
    let published = [
      (6.0, 0.857), (7, 0.807), (10, 0.753), (13, 0.690), (16, 0.627), (22, 0.538), (23, 0.448),
    ]
    #expect(curve.steps.map(\.time) == published.map(\.0))
    for (time, surviving) in published {
      #expect(abs(curve.surviving(after: time) - surviving) < 0.0005)
      #expect(abs(curve.shareRepaired(within: time) - (1 - surviving)) < 0.0005)
    }
    #expect(curve.surviving(after: 5.9) == 1)
    #expect(curve.surviving(after: 22.9) == curve.surviving(after: 22))
    #expect(curve.surviving(after: 1_000) == curve.surviving(after: 23))
    #expect(curve.quantile(0.5) == 23)
    #expect(curve.quantile(0.25) == 13)
    #expect(curve.quantile(0.9) == nil)
    #expect(curve.mean == nil)
    #expect(curve.count == 21 && curve.censored == 12)
    // The mean restricted to 35 weeks, as R's survival package gives it.
    #expect(abs(curve.restrictedMean(upTo: 35) - 23.287) < 0.001)
  }

  @Test("without censoring the quantiles are the order statistics and the mean is the mean")
  func uncensored() throws {
    let curve = SurvivalCurve(observations([5, 1, 4, 2, 3, 10, 6, 9, 8, 7]))
    #expect(curve.quantile(0.5) == 5)
    #expect(curve.quantile(0.51) == 6)
    #expect(curve.quantile(0.9) == 9)
    #expect(curve.quantile(1) == 10)
    #expect(abs(try #require(curve.mean) - 5.5) < 1e-9)
    #expect(abs(curve.restrictedMean(upTo: 5) - (1 + 2 + 3 + 4 + 6 * 5) / 10) < 1e-9)
  }

  @Test("nothing observed, and nothing but censored, has no quantile")
  func empty() {
    #expect(SurvivalCurve([]).quantile(0.5) == nil)
    #expect(SurvivalCurve([]).mean == nil)
    let censored = SurvivalCurve(observations([-1, -2, -3]))
    #expect(censored.quantile(0.01) == nil)
    #expect(censored.shareRepaired(within: 10) == 0)
  }

  @Test("censoring does not pull an exponential's quantiles")
  func exponential() throws {
    var stream = RandomStream(seed: 3, name: "exponential")
    func exponential(mean: Double) -> Double { -mean * log(1 - stream.nextUnit()) }
    let observations = (0..<20_000).map { index in
      let event = exponential(mean: 100)
      let end = exponential(mean: 200)
      return Observation(value: min(event, end), isCensored: end < event, cluster: index)
    }
    let curve = SurvivalCurve(observations)
    #expect(abs(Double(curve.censored) / 20_000 - 1.0 / 3) < 0.02)
    for p in [0.25, 0.5, 0.75, 0.9] {
      let expected = -100 * log(1 - p)
      #expect(abs(try #require(curve.quantile(p)) / expected - 1) < 0.05)
    }
    // Leaving the censored ones out would give a third less.
    let naive = SurvivalCurve(observations.filter { !$0.isCensored })
    #expect(try #require(naive.quantile(0.5)) < 55)
  }

  @Test("a resample is the same as a sample in which clusters are repeated")
  func multiplicities() {
    var stream = RandomStream(seed: 9, name: "multiplicities")
    for _ in 0..<50 {
      let observations = (0..<30).map { _ in
        Observation(
          value: Double(stream.next(below: 15)), isCensored: stream.next(below: 3) == 0,
          cluster: Int(stream.next(below: 6)))
      }
      let multiplicities = (0..<6).map { _ in Int(stream.next(below: 3)) }
      let repeated = observations.flatMap {
        [Observation](repeating: $0, count: multiplicities[$0.cluster])
      }
      let sample = SurvivalSample(observations)
      let curve = SurvivalCurve(repeated)
      for p in [0.1, 0.5, 0.95] {
        #expect(sample.quantile(p, multiplicities: multiplicities) == curve.quantile(p))
      }
      for limit in [3.0, 8, 20] {
        let share = sample.shareRepaired(within: limit, multiplicities: multiplicities)
        #expect(share == (repeated.isEmpty ? nil : curve.shareRepaired(within: limit)))
      }
    }
  }
}
