import Foundation
import SimulationKernel
import Testing

@testable import Results

@Suite("Probe pairs")
struct ProbePairsTests {
  private func pair(_ first: Double, _ second: Double, end: Double = 1_000, seed: UInt64 = 1)
    -> ProbePairs.Pair
  {
    ProbePairs.Pair(
      first: min(first, end), firstIsCensored: first >= end, second: min(second, end),
      secondIsCensored: second >= end, seed: seed)
  }

  @Test("sooner is what is known to be sooner: two that stay open are neither")
  func order() {
    func order(_ first: Double, _ second: Double) -> [Bool] {
      let pair = pair(first, second)
      return [pair.isFirstSooner, pair.isSecondSooner]
    }
    #expect(order(10, 20) == [true, false])
    #expect(order(20, 10) == [false, true])
    #expect(order(10, 10) == [false, false])
    #expect(order(10, 5_000) == [true, false])
    #expect(order(5_000, 10) == [false, true])
    #expect(order(5_000, 6_000) == [false, false])
  }

  @Test("ratio, difference and shares are those computed by hand")
  func figures() throws {
    // In each of 6 calls: 100 against 200, 300 against an open one, 400 against 400, 50 against 20.
    let pairs = ProbePairs(
      (1...6).flatMap { seed in
        [(100.0, 200.0), (300, 5_000), (400, 400), (50, 20)].map {
          pair($0.0, $0.1, seed: UInt64(seed))
        }
      }, limit: 900)
    #expect(pairs.count == 24 && pairs.seeds == 6)
    let ratio = try #require(pairs.meanRatio(seed: 1).value)
    #expect(abs(ratio - 850.0 / 1_520) < 1e-12)
    let difference = try #require(pairs.meanDifference(seed: 1).value)
    #expect(abs(difference - (850.0 - 1_520) / 4) < 1e-9)
    #expect(pairs.shareFaster(seed: 1).value == 0.5)
    #expect(pairs.shareSlower(seed: 1).value == 0.25)
    #expect(pairs.medianRatio(seed: 1).value == 0.5)
    let four = ProbePairs(Array(pairs.pairs.prefix(16)), limit: 900)
    #expect(four.meanRatio(seed: 1) == .tooFewToTell("4 seeds, at least 5 needed"))
  }

  // 400 data sets at 95 %: a standard deviation is 1.1 %, the bounds lie over three away.
  @Test(
    "intervals hold the true ratio and difference about as often as they say, open probes and all")
  func coverage() {
    var stream = RandomStream(seed: 5, name: "pairs")
    // Exponential times, of means 100 and 200, cut at 300: E min(T, L) = m (1 - exp(-L / m)).
    let (first, second) = (100 * (1 - exp(-3.0)), 200 * (1 - exp(-1.5)))
    var ratios = CoverageCount()
    var differences = CoverageCount()
    for dataSet in 0..<400 {
      let pairs = ProbePairs(
        (0..<12).flatMap { seed in
          (0..<8).map { _ in
            pair(
              stream.nextExponential(mean: 100), stream.nextExponential(mean: 200), end: 300,
              seed: UInt64(seed))
          }
        }, limit: 300)
      ratios.add(pairs.meanRatio(seed: UInt64(dataSet), resamples: 400), truth: first / second)
      differences.add(
        pairs.meanDifference(seed: UInt64(dataSet), resamples: 400), truth: first - second)
    }
    for count in [ratios, differences] {
      #expect(count.told == 400)
      #expect(count.share >= 0.91 && count.share <= 0.985, "\(count.share)")
    }
  }

  @Test("pairs narrow the interval where losses are hard or easy for both")
  func pairing() throws {
    var stream = RandomStream(seed: 6, name: "narrow")
    let pairs = (0..<200).map { index in
      let hardness = 0.5 + 3 * stream.nextUnit()
      return pair(
        50 * hardness * (0.9 + 0.2 * stream.nextUnit()), 80 * hardness, end: 10_000,
        seed: UInt64(index / 10))
    }
    let crossed = pairs.indices.map { index in
      // The second of another call.
      pair(
        pairs[index].first, pairs[(index + 100) % 200].second, end: 10_000, seed: pairs[index].seed)
    }
    func width(_ pairs: [ProbePairs.Pair]) throws -> Double {
      let interval = try #require(ProbePairs(pairs, limit: 10_000).meanRatio(seed: 1).interval)
      return interval.upper - interval.lower
    }
    #expect(try width(crossed) > 4 * width(pairs))
  }
}
