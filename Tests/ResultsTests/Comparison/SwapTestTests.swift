import SimulationKernel
import Testing

@testable import Results

@Suite("Swap test")
struct SwapTestTests {
  private func sample(
    _ differences: [Double], isPaired: Bool = true, metrics: [ComparisonMetric] = [.recoveryMean]
  ) -> ComparisonSample {
    func units(_ values: [Double], from seed: UInt64) -> [ComparisonUnit] {
      values.enumerated().map { index, value in
        var unit = ComparisonUnit(seed: UInt64(index) + seed)
        unit.times = [ComparisonUnit.Time(value: value, isCensored: false)]
        return unit
      }
    }
    return ComparisonSample(
      metrics: metrics, first: units(differences.map { _ in 1_000 }, from: 1),
      second: units(differences.map { 1_000 + $0 }, from: isPaired ? 1 : 100), isPaired: isPaired)
  }

  @Test("where all seeds say the same, p is the share of swaps that say it too")
  func exact() {
    for (seeds, p) in [(5, 1.0 / 16), (7, 1.0 / 64), (10, 1.0 / 512)] {
      let test = SwapTest(
        [sample((1...seeds).map { 10 + Double($0) })], seed: 1)
      #expect(abs(test.adjusted()[0][0] - p) < 1e-9)
      #expect(test.smallest == p)
    }
  }

  @Test("sides that are the same have p 1")
  func same() {
    #expect(SwapTest([sample([0, 0, 0, 0, 0, 0, 0, 0])], seed: 1).adjusted() == [[1]])
  }

  @Test("differences that cancel say nothing")
  func cancelling() {
    let test = SwapTest([sample([10, -10, 12, -12, 9, -9, 5, -5])], seed: 1)
    #expect(test.adjusted()[0][0] > 0.9)
  }

  @Test(
    "the more lines there are, the larger a change must be; another line's effect costs nothing")
  func family() {
    var stream = RandomStream(seed: 1, name: "lines")
    let effect = sample((0..<12).map { _ in 6 + 10 * (stream.nextUnit() - 0.5) })
    let noise = (0..<40).map { _ in
      sample((0..<12).map { _ in 10 * (stream.nextUnit() - 0.5) })
    }
    let alone = SwapTest([effect], seed: 1).adjusted()[0][0]
    let among = SwapTest([effect] + noise, seed: 1).adjusted()
    #expect(alone <= 0.002)
    #expect(among[0][0] >= alone && among[0][0] <= 0.05)
    #expect(among.dropFirst().allSatisfy { $0[0] > 0.05 })
  }

  @Test("a line that is certain does not hide one that is less so")
  func stepDown() {
    let certain = sample((0..<12).map { 100 + Double($0 % 3) })
    let likely = sample([9, 8, 10, -2, 9, 11, 8, -1, 10, 9, 7, 9])
    let alone = SwapTest([likely], seed: 1).adjusted()[0][0]
    let beside = SwapTest([certain, likely], seed: 1).adjusted()
    #expect(beside[0][0] < beside[1][0] && beside[1][0] == alone && alone < 0.05)
    // Whatever stands before a line, its p is no less.
    let order = SwapTest([likely, certain, likely], seed: 1).adjusted().map { $0[0] }
    #expect(order[0] == order[2] && order[1] <= order[0])
  }

  @Test("without pairs, splits of all seeds are drawn")
  func unpaired() {
    let apart = SwapTest([sample([10, 11, 12, 13, 14, 15], isPaired: false)], seed: 1)
    #expect(apart.adjusted()[0][0] < 0.01)
    #expect(SwapTest.smallestOfSplits(4, 4) == 2.0 / 70)
    #expect(SwapTest.smallestOfSplits(3, 5) == 1.0 / 56)
    #expect(SwapTest.smallestOfSplits(20, 20) == 1.0 / 1_000)
  }
}
