import SimulationKernel
import Testing

@testable import Results

@Suite("Probe control")
struct ProbeControlTests {
  /// Calls of one mechanism whose losses are hard by call, by frame and by chance.
  private func calls(seeds: Int, dataSet: Int) throws -> [ProbeResults.Call] {
    var fake = FakeProbes(seeds: seeds, probesPerCall: 6, packets: [1, 4], mechanisms: ["pli"])
    fake.recovery = { conditions, number in
      var call = RandomStream(seed: conditions.seed &+ UInt64(dataSet) << 20, name: "call")
      let level = 0.5 + call.nextUnit()
      var probe = RandomStream(
        seed: conditions.seed &+ UInt64(dataSet) << 20, name: "probe.\(number)")
      // A loss of four packets takes twice as long: a lot that forgot it would show it.
      return level * Double(1 + number % 2) * probe.nextExponential(mean: 150)
    }
    return try ProbeResults(rows: fake.rows).calls
  }

  // 400 data sets at 95 %: a standard deviation is 1.1 %, the bounds lie over three away.
  @Test("a mechanism against itself shows no difference in about 95 of 100 data sets")
  func coverage() throws {
    var halves = CoverageCount()
    var seeds = CoverageCount()
    for dataSet in 0..<400 {
      let calls = try calls(seeds: 20, dataSet: dataSet)
      halves.add(ProbeControl.halves(calls, limit: 5_000, seed: UInt64(dataSet)), truth: 1)
      seeds.add(ProbeControl.bySeed(calls, limit: 5_000, seed: UInt64(dataSet)), truth: 1)
    }
    for count in [halves, seeds] {
      #expect(count.told == 400)
      #expect(count.share >= 0.91 && count.share <= 0.985, "\(count.share)")
    }
  }

  @Test("the control shows a difference where there is one")
  func power() throws {
    var fake = FakeProbes(seeds: 12, probesPerCall: 20, mechanisms: ["pli"])
    fake.recovery = { _, number in 100 + Double(number % 3) }
    let calls = try ProbeResults(rows: fake.rows).calls
    let even = try #require(ProbeControl.halves(calls, limit: 5_000, seed: 1).interval)
    #expect(even.lower <= 1 && even.upper >= 1)
    // Seeds of one half are made slower: the halves by seed must tell.
    let slow = calls.map { call in
      var call = call
      if call.conditions.seed <= 6 {
        for index in call.followed.indices { call.followed[index].duration += .milliseconds(900) }
      }
      return call
    }
    let first = slow.filter { $0.conditions.seed <= 6 }
    let second = slow.filter { $0.conditions.seed > 6 }
    func times(_ calls: [ProbeResults.Call]) -> [(value: Double, isCensored: Bool, seed: UInt64)] {
      calls.flatMap { call in
        call.followed.map { ($0.duration.inMilliseconds, false, call.conditions.seed) }
      }
    }
    let told = try #require(
      UnpairedRatio.ofMeans(times(first), over: times(second), limit: 5_000, seed: 1).interval)
    #expect(told.lower > 5)
  }

  @Test("the report's line says what was compared, and when there is too little")
  func sentence() throws {
    let many = try #require(try FakeProbes.plausible.analysed())
    let text = ProbeControl(many).sentence
    #expect(text.hasPrefix("Control, A against A: two halves of one mechanism's probes"))
    #expect(text.contains("PLI over itself: "))
    #expect(text.contains("PLI under half of the seeds over itself under the others: "))
    let few = try #require(try FakeProbes(seeds: 3).analysed())
    #expect(
      ProbeControl(few).sentence
        == "Control, A against A: too few seeds or probes to compare halves of one mechanism's probes. "
        + "Too few seeds to compare PLI with itself under others (1 seed, at least 5 needed on either side)."
    )
  }
}
