import Results
import Testing

@testable import Campaigns

@Suite("Quantiles of resamples")
struct ResampledQuantileTests {
  private func observations(_ values: [Double], censored: Set<Int> = []) -> [Observation] {
    values.enumerated().map {
      Observation(value: $1, isCensored: censored.contains($0), cluster: $0)
    }
  }

  @Test("on the grid it is the one that summaries show")
  func onGrid() {
    let sample = observations([40, 80, 80, 120, 160, 160, 200], censored: [4])
    for share in [0.1, 0.5, 0.6, 0.9] {
      for multiplicities in [
        [1, 1, 1, 1, 1, 1, 1], [0, 2, 0, 3, 1, 1, 0], [3, 0, 0, 0, 2, 2, 0],
      ] {
        #expect(
          ResampledQuantile(share, of: sample).value(multiplicities)?.onGrid
            == SurvivalSample(sample).quantile(share, multiplicities: multiplicities))
      }
    }
  }

  @Test("between the grid's points it moves with every observation")
  func between() throws {
    let quantile = ResampledQuantile(0.5, of: observations([40, 80, 80, 80]))
    #expect(quantile.value([1, 1, 1, 1])?.onGrid == 80)
    // A quarter lies at 40, and another quarter of the three at 80 is needed.
    let value = try #require(quantile.value([1, 1, 1, 1])?.between)
    #expect(abs(value - (40 + 40.0 / 3)) < 1e-9)
    #expect(try #require(quantile.value([0, 1, 1, 1])?.between) == 40)
  }

  @Test("what too many open episodes keep out of reach is not reached")
  func open() {
    let quantile = ResampledQuantile(0.5, of: observations([40, 80, 120], censored: [1, 2]))
    #expect(quantile.value([1, 1, 1]) == nil)
    #expect(quantile.value([0, 0, 0]) == nil)
  }
}
