import Configuration
import Results
import SimulationKernel
import Testing

@testable import Campaigns

@Suite("Gates")
struct GateTests {
  private func gate(_ text: String) throws(ConfigurationMismatch) -> Gate {
    try SampleCalls.gate(text)
  }

  @Test("every metric is read with a bound in its unit")
  func reading() throws {
    #expect(try gate("recovery.p95 <= 400ms").metric == .recoveryQuantile(0.95))
    #expect(try gate("recovery.p95 <= 0.4s").bound == .fixed(400))
    #expect(try gate("recovery.median<1s").comparison == .below)
    #expect(try gate("freeze.ratio <= 1%").bound == .fixed(0.01))
    #expect(try gate("broken.ratio > 0.5%").comparison == .above)
    #expect(try gate("psnr.mean >= 33.5dB").bound == .fixed(33.5))
    #expect(try gate("bitrate.mean <= 1.2Mbps").bound == .fixed(1_200))
    let within = try gate("repaired_within(500ms) >= 95%")
    #expect(within.metric == .repairedWithin(.milliseconds(500)))
    #expect(within.comparison == .atLeast && within.bound == .fixed(0.95))
  }

  @Test("every metric of the dictionary is read by its name")
  func dictionary() throws {
    for entry in Metric.dictionary {
      let level =
        switch entry.metric.unit {
        case .milliseconds: "1s"
        case .share: "1%"
        case .decibels: "30dB"
        case .similarity: "0.9"
        case .kilobitsPerSecond: "1Mbps"
        }
      #expect(try gate("\(entry.name) <= \(level)").metric == entry.metric)
    }
  }

  @Test("a bound may be told by the baseline or by the target bitrate")
  func relativeBounds() throws {
    #expect(try gate("recovery.median <= baseline").bound == .baseline(factor: 1, offset: 0))
    #expect(
      try gate("recovery.median <= 0.5 * baseline").bound == .baseline(factor: 0.5, offset: 0))
    #expect(try gate("recovery.median<=baseline*2").bound == .baseline(factor: 2, offset: 0))
    #expect(
      try gate("psnr.mean >= baseline - 1dB").bound == .baseline(factor: 1, offset: -1))
    #expect(
      try gate("freeze.ratio <= 1.5*baseline+2%").bound == .baseline(factor: 1.5, offset: 0.02))
    #expect(try gate("bitrate.p99 <= 1.2 * target").bound == .target(factor: 1.2, offset: 0))
    #expect(
      try gate("bitrate.mean <= target + 50kbps").bound == .target(factor: 1, offset: 50))
  }

  @Test(
    "mistakes are refused with what would be right",
    arguments: [
      ("recovery.p95", "a gate such as"),
      ("recovery.p95 = 400ms", "one of the comparisons <=, >=, <, >"),
      ("recovery.p95 =< 400ms", "one of the comparisons <=, >=, <, > (did you mean <=?)"),
      ("recovery.p95 ≥ 400ms", "(did you mean >=?)"),
      ("recovery.p95 <= 400", "a duration such as"),
      ("recovery.p95 <= ", "a duration such as"),
      ("recovery.p95 <= 400sm", "(did you mean 400ms?)"),
      ("recovery.p95 <= 400 Ms", "(did you mean 400ms?)"),
      ("recovery.p59 <= 400ms", "(did you mean recovery.p50?)"),
      ("recovry.p95 <= 400ms", "(did you mean recovery.p95?)"),
      ("freeze.ratio <= 0.01", "a percentage such as 1% or 0.5% (did you mean 0.01%?)"),
      ("freeze.ratio <= 101%", "a percentage from 0% to 100%"),
      ("psnr.mean >= 33", "a level from 0dB to 100dB such as 33dB (did you mean 33dB?)"),
      ("psnr.mean >= 33db", "(did you mean 33dB?)"),
      ("psnr.mean >= -1dB", "a level from 0dB to 100dB"),
      ("bitrate.mean <= 300", "a rate with its unit such as"),
      ("bitrate.mean <= 300kbs", "(did you mean 300kbps?)"),
      ("repaired_within >= 95%", "(did you mean repaired_within(500ms)?)"),
      ("repaired_within(500) >= 95%", "a duration such as 50ms or 2s between the parentheses"),
      ("repaired_within(500ms >= 95%", "one of the metrics"),
      ("recovery.median <= basline", "baseline or target (did you mean baseline?)"),
      ("recovery.median <= 0.5 * traget", "(did you mean target?)"),
      ("recovery.median <= 1.2 * target", "target is the codec's bitrate"),
      ("recovery.median <= 50% * baseline", "a factor is a number up to 1000"),
      ("recovery.median <= 0.5 baseline", "a bound such as 400ms, 0.5 * baseline"),
      ("recovery.median <= baseline - 1", "a duration such as"),
      ("psnr.mean >= baseline - 1dm", "(did you mean 1dB?)"),
      ("psnr.mean >= baseline 1dB", "a bound such as"),
    ])
  func refusals(text: String, expected: String) throws {
    let mismatch = #expect(throws: ConfigurationMismatch.self) { try gate(text) }
    let expectation = try #require(mismatch).expectation
    #expect(expectation.contains(expected), "\(expectation)")
  }

  /// Figures whose resamples lie between two values of the metric.
  private func figures(_ lower: Double, _ upper: Double, bound: Double) -> GateMeasurement {
    let value = upper.isFinite ? (lower + upper) / 2 : lower
    return .measured(
      GateFigures(
        value: value, baseline: nil, bound: bound, difference: value - bound,
        resampled: Interval(lower: lower - bound, upper: upper - bound), seeds: 401))
  }

  @Test("a gate passes or fails with its whole interval, and is open otherwise")
  func verdicts() throws {
    let levels = GateLevels(looks: 1, lines: 1)
    func verdict(_ text: String, _ lower: Double, _ upper: Double, _ bound: Double) throws
      -> Gate.Verdict
    {
      try gate(text).verdict(figures(lower, upper, bound: bound), levels: levels)
    }
    #expect(try verdict("recovery.p95 <= 400ms", 300, 399, 400) == .pass)
    #expect(try verdict("recovery.p95 <= 400ms", 400, 400, 400) == .pass)
    #expect(try verdict("recovery.p95 <= 400ms", 402, 500, 400) == .fail)
    #expect(try verdict("recovery.p95 <= 400ms", 399, 401, 400) == .inconclusive)
    #expect(try verdict("recovery.p95 < 400ms", 400, 400, 400) == .fail)
    #expect(try verdict("psnr.mean >= 33dB", 32.9, 34, 33) == .inconclusive)
    #expect(try verdict("psnr.mean >= 33dB", 33.1, 34, 33) == .pass)
    #expect(try verdict("psnr.mean >= 33dB", 31, 32.9, 33) == .fail)
    #expect(
      try verdict("recovery.p95 <= 400ms", 200, .infinity, 400) == .inconclusive)
    #expect(
      try gate("recovery.p95 <= 400ms").verdict(.tooFewToTell("no episodes"), levels: levels)
        == .inconclusive)
  }

  @Test("the more looks and lines, the surer a verdict must be: a failure surer than a pass")
  func cautious() throws {
    let gate = try gate("recovery.p95 <= 400ms")
    // 1.2 times the half width lies between the value and the bound.
    let passing = figures(280, 380, bound: 390)
    let failing = figures(420, 520, bound: 410)
    let once = GateLevels(looks: 1, lines: 1)
    #expect(gate.verdict(passing, levels: once) == .pass)
    #expect(gate.verdict(failing, levels: once) == .fail)
    let manyLines = GateLevels(looks: 1, lines: 20)
    #expect(gate.verdict(passing, levels: manyLines) == .pass)
    #expect(gate.verdict(failing, levels: manyLines) == .inconclusive)
    #expect(gate.verdict(passing, levels: GateLevels(looks: 20, lines: 1)) == .inconclusive)
  }

  @Test("metrics measure what their names say")
  func estimates() throws {
    let calls = (0..<60).map { SampleCalls.call($0, milliseconds: [100, 200, 300, 400]) }
    func value(_ text: String) throws -> Double? {
      let measured = try SampleCalls.measure(gate(text), calls)
      guard case .measured(let figures) = measured else { return nil }
      return (figures.value * 1e6).rounded() / 1e6
    }
    #expect(try value("recovery.p50 <= 1s") == 200)
    #expect(try value("recovery.p95 <= 1s") == 400)
    #expect(try value("recovery.mean <= 1s") == 250)
    #expect(try value("repaired_within(300ms) >= 1%") == 0.75)
    #expect(try value("false_repairs <= 1%") == 0)
    #expect(try value("freeze.ratio <= 1%") == 0.01)
    #expect(try value("broken.ratio <= 1%") == 0.05)
    #expect(try value("largest_render_interval <= 1s") == 304.5)
    #expect(try value("largest_render_interval.p90 <= 1s") == 308)
    #expect(try value("latency.mean <= 1s") == 120)
    #expect(try value("psnr.mean >= 1dB") == 34)
    #expect(try value("ssim.mean >= 0.5") == 0.9)
    #expect(try value("bitrate.mean >= 1kbps") == 300)
    #expect(try value("bitrate.p99 >= 1kbps") == 450)
  }

  @Test("a quantile that open episodes keep out of reach is inconclusive, never passed")
  func censored() throws {
    let calls = (0..<20).map {
      SampleCalls.call($0, milliseconds: [300, 300, 300, 300], open: 4)
    }
    for text in ["recovery.p95 <= 24h", "recovery.p95 >= 0ms", "recovery.mean <= 24h"] {
      #expect(try SampleCalls.verdict(text, calls) == .inconclusive)
    }
  }

  @Test("a gate does not pass for want of data, though all that was seen keeps it")
  func fewCalls() throws {
    func verdict(_ text: String, calls: Int) throws -> Gate.Verdict {
      let calls = (0..<calls).map { number in
        var call = SampleCalls.call(number, milliseconds: [100, 100, 100])
        call.totals.freezeTime = .zero
        return call
      }
      return try SampleCalls.verdict(text, calls)
    }
    #expect(try verdict("repaired_within(500ms) >= 100%", calls: 200) == .inconclusive)
    #expect(try verdict("repaired_within(500ms) >= 95%", calls: 71) == .inconclusive)
    #expect(try verdict("repaired_within(500ms) >= 95%", calls: 72) == .pass)
    #expect(try verdict("repaired_within(50ms) >= 95%", calls: 5) == .fail)
    #expect(try verdict("freeze.ratio <= 5%", calls: 71) == .inconclusive)
    #expect(try verdict("freeze.ratio <= 5%", calls: 72) == .pass)
    #expect(try verdict("psnr.mean >= 1dB", calls: 4) == .inconclusive)
    #expect(try verdict("largest_render_interval.p90 <= 24h", calls: 29) == .inconclusive)
  }

  @Test("without an episode there is nothing to pass")
  func noEpisodes() throws {
    let calls = (0..<20).map { SampleCalls.call($0, milliseconds: []) }
    for text in [
      "recovery.p95 <= 24h", "repaired_within(1s) >= 0%", "recovery.mean <= 24h",
      "false_repairs <= 100%",
    ] {
      #expect(try SampleCalls.verdict(text, calls) == .inconclusive)
    }
  }

  // MARK: Baseline

  @Test("what both have in common cancels in a comparison of pairs")
  func pairs() throws {
    var random = RandomCalls(seed: 3)
    let calls = (0..<40).map { random.call($0, network: "wifi") }
    // A tenth of a dB better in each call, which differ by 2 dB.
    let better = calls.map { call in
      var call = call
      call.totals.meanShownPSNR += 0.1
      return call
    }
    #expect(try SampleCalls.verdict("psnr.mean > baseline", better, against: calls) == .pass)
    #expect(try SampleCalls.verdict("psnr.mean >= baseline", calls, against: better) == .fail)
    let figures = try SampleCalls.measure(
      gate("psnr.mean >= baseline - 1dB"), better, against: calls)
    guard case .measured(let figures) = figures else {
      Issue.record("nothing was measured")
      return
    }
    #expect(abs(figures.difference - 1.1) < 0.001)
    #expect(figures.bound == figures.baseline.map { $0 - 1 })
  }

  @Test("the same settings keep every gate that allows equality, and no stricter one")
  func identical() throws {
    var random = RandomCalls(seed: 4)
    let calls = (0..<20).map { random.call($0, network: "wifi") }
    for (text, verdict) in [
      ("recovery.median <= baseline", Gate.Verdict.pass), ("recovery.p90 <= baseline", .pass),
      ("broken.ratio <= baseline", .pass), ("psnr.mean >= baseline", .pass),
      ("psnr.mean > baseline", .fail), ("recovery.median < baseline", .fail),
    ] {
      #expect(
        try SampleCalls.verdict(text, calls, against: calls, ofEquals: true) == verdict, "\(text)")
    }
  }

  @Test("calls that are equal with other settings do not show that all are")
  func agreeing() throws {
    var random = RandomCalls(seed: 4)
    func verdict(_ text: String, _ count: Int) throws -> Gate.Verdict {
      let calls = (0..<count).map { random.call($0, network: "wifi") }
      return try SampleCalls.verdict(text, calls, against: calls)
    }
    for text in [
      "recovery.median <= baseline", "broken.ratio <= baseline", "psnr.mean >= baseline",
      "psnr.mean > baseline",
    ] {
      #expect(try verdict(text, 20) == .inconclusive, "\(text)")
    }
    // One call in n that is broken throughout would be seen among 72 with the probability of the level.
    #expect(try verdict("broken.ratio <= baseline + 5%", 71) == .inconclusive)
    #expect(try verdict("broken.ratio <= baseline + 5%", 72) == .pass)
    #expect(try verdict("psnr.mean >= baseline - 0.5dB", 20) == .pass)
  }

  @Test("where neither side has an event, equality is not known")
  func noEvents() throws {
    func calls(_ count: Int) -> [CallRecords] {
      (0..<count).map { number in
        var call = SampleCalls.call(number, milliseconds: [100])
        call.totals.freezeTime = .zero
        return call
      }
    }
    func verdict(_ text: String, _ count: Int) throws -> Gate.Verdict {
      try SampleCalls.verdict(text, calls(count), against: calls(count))
    }
    #expect(try verdict("freeze.ratio <= baseline", 200) == .inconclusive)
    #expect(try verdict("freeze.ratio <= baseline + 5%", 71) == .inconclusive)
    #expect(try verdict("freeze.ratio <= baseline + 5%", 72) == .pass)
  }

  @Test("the target is the codec's")
  func target() throws {
    let calls = (0..<20).map { SampleCalls.call($0, milliseconds: [100]) }
    #expect(try SampleCalls.verdict("bitrate.mean <= target", calls) == .pass)
    #expect(try SampleCalls.verdict("bitrate.p99 <= 1.2 * target", calls) == .fail)
    #expect(try SampleCalls.verdict("bitrate.p99 <= 1.2 * target + 90kbps", calls) == .pass)
  }
}
