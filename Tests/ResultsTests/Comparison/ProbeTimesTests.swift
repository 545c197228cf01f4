import Testing

@testable import Results

@Suite("Times after losses at known places")
struct ProbeTimesTests {
  private func times(
    _ fake: FakeProbes, network: Int = 0
  ) throws -> ProbeTimes {
    var times = ProbeTimes()
    for call in try ProbeResults(rows: fake.rows).calls { times.add(call, network: network) }
    return times
  }

  private func fake(_ recovery: @escaping (CallConditions, Int) -> Double) -> FakeProbes {
    var fake = FakeProbes()
    fake.mechanisms = ["pli"]
    fake.recovery = recovery
    return fake
  }

  @Test("mean, median and 95th percentile are those of the times, cut where they must be")
  func figures() throws {
    let times = try times(fake { _, number in number == 9 ? 9_000 : 100 * Double(number + 1) })
    #expect(times.count == 60 && times.shortestOpen == 5_000)
    #expect(times.mean(upTo: 1_000) == 550)
    let (median, p95) = times.quantiles(seed: 1)
    #expect(median.value == 500 && p95.value == .infinity)
    #expect(ProbeTimes().mean(upTo: 1) == nil)
  }

  @Test("the ratio is over the losses that both have")
  func ratio() throws {
    let slow = try times(fake { _, number in 200 * Double(number + 1) })
    var few = fake { _, number in 100 * Double(number + 1) }
    few.probesPerCall = 4
    let ratio = try times(few).meanRatio(to: slow, upTo: 5_000, seed: 1)
    #expect(ratio.value == 0.5)
    let elsewhere = try times(few, network: 1).meanRatio(to: slow, upTo: 5_000, seed: 1)
    #expect(elsewhere.value == nil)
  }
}
