import SimulationKernel
import Testing

@testable import Results

@Suite("Comparison of results")
struct ResultComparisonTests {
  private func line(
    _ comparison: ResultComparison, _ metric: ComparisonMetric
  ) throws -> ResultComparison.Line {
    try #require(comparison.overall[0].lines.first { $0.metric == metric })
  }

  @Test("the same results are the same: no difference, no interval of any width")
  func same() throws {
    let results = try FakeComparison().results()
    let comparison = try ResultComparison(results, results)
    #expect(!comparison.hasRegressed && comparison.headlines == ["No difference seen."])
    #expect(comparison.conditions.count == 4)
    for section in comparison.overall + comparison.conditions {
      for line in section.lines {
        #expect(line.verdict == .noDifference && line.p == 1)
        #expect(
          line.change
            == .measured(
              line.metric.isRatio ? 1 : 0,
              Interval(lower: line.metric.isRatio ? 1 : 0, upper: line.metric.isRatio ? 1 : 0)))
      }
    }
  }

  @Test("repair that takes longer is a regression, the other way round it is better")
  func slower() throws {
    let fast = try FakeComparison().results()
    let slow = try FakeComparison(change: FakeComparison.stretching(1.5)).results()
    let worse = try ResultComparison(fast, slow)
    #expect(worse.hasRegressed)
    for metric in [ComparisonMetric.recoveryMedian, .recoveryMean, .brokenRatio] {
      #expect(try line(worse, metric).verdict == .worse)
    }
    let ratio = try #require(try line(worse, .recoveryMedian).change.value)
    #expect(abs(ratio - 1.5) < 1e-3)
    #expect(try line(worse, .bitrate).verdict == .noDifference)
    #expect(worse.headlines.first?.hasPrefix("Worse: over all median recovery ×1.500 [") == true)
    let better = try ResultComparison(slow, fast)
    #expect(!better.hasRegressed)
    #expect(try line(better, .recoveryMean).verdict == .better)
  }

  @Test("a condition that got worse is named, and what costs more is no regression")
  func places() throws {
    let before = try FakeComparison().results()
    let after = try FakeComparison(change: { call in
      guard call.conditions.mechanism == "pli", call.conditions.roundTrip == .milliseconds(200)
      else { return }
      call.totals.meanShownPSNR -= 2
      call.totals.mediaOctets = call.totals.mediaOctets * 3 / 2
    }).results()
    let comparison = try ResultComparison(before, after)
    let changed = comparison.conditions.filter { $0.lines.contains { $0.verdict == .worse } }
    #expect(changed.map(\.name) == ["rtt, pli, 200 ms"])
    #expect(changed[0].lines.filter { $0.verdict == .worse }.map(\.metric) == [.shownPSNR])
    #expect(changed[0].lines.filter { $0.verdict == .costsMore }.map(\.metric) == [.bitrate])
    let cheaper = try ResultComparison(after, before)
    #expect(!cheaper.hasRegressed)
    let dear = try ResultComparison(
      before,
      FakeComparison(change: { $0.totals.mediaOctets = $0.totals.mediaOctets * 3 / 2 }).results())
    #expect(!dear.hasRegressed && dear.headlines.first?.hasPrefix("Costs more: over all") == true)
  }

  @Test("too few seeds tell nothing, whatever the difference")
  func tooFew() throws {
    let comparison = try ResultComparison(
      FakeComparison(seeds: 1...4).results(),
      FakeComparison(seeds: 1...4, change: FakeComparison.stretching(3)).results())
    #expect(!comparison.hasRegressed)
    #expect(comparison.overall[0].lines.allSatisfy { $0.verdict == .tooFew && $0.p == nil })
    #expect(comparison.headlines == ["Too few to tell: 4 seeds, at least 7 needed."])
  }

  @Test("calls without partner are named")
  func unpaired() throws {
    let comparison = try ResultComparison(
      FakeComparison(seeds: 1...10).results(),
      FakeComparison(roundTrips: [50], seeds: 1...9).results(), names: ("old", "new"))
    #expect(
      comparison.pairing == [
        "18 of 40 calls of old pair with one of new's 18: the same conditions and seed.",
        "22 of old have no partner: run 9 (rtt, pli, seed 10), run 10 (rtt, pli, seed 1), "
          + "run 11 (rtt, pli, seed 2), run 12 (rtt, pli, seed 3) and 18 more.",
      ])
  }

  @Test("nothing in common is an error that shows both")
  func nothingInCommon() throws {
    let first = try FakeComparison(mechanisms: ["pli"], roundTrips: [50]).results()
    let second = try FakeComparison(mechanisms: ["pli"], roundTrips: [100]).results()
    #expect(
      throws: ComparisonError.nothingInCommon(
        first: "rtt, pli, 50 ms, 1 % loss, talking-head",
        second: "rtt, pli, 100 ms, 1 % loss, talking-head")
    ) { try ResultComparison(first, second) }
  }

  @Test("probes of the same frames pair exactly, and those of one side alone are left out")
  func probes() throws {
    var before = FakeProbes()
    before.seeds = 8
    before.recovery = { conditions, number in 100 + 10 * Double(number) + Double(conditions.seed) }
    var after = before
    after.recovery = { conditions, number in 70 + 10 * Double(number) + Double(conditions.seed) }
    after.probesPerCall = 9
    let comparison = try ResultComparison(before.results(), after.results())
    #expect(comparison.overall.map(\.isOfProbes) == [true])
    #expect(comparison.overall[0].count == 2 * 8 * 9)
    let mean = try #require(comparison.overall[0].lines.first { $0.metric == .recoveryMean })
    let change = try #require(mean.change.value)
    #expect(abs(change + 30) < 1e-6 && mean.verdict == .better)
    #expect(comparison.pairing.last == "144 probes pair exactly.")
  }

  // Of 100 comparisons of equals, no more than 5 may say that one is worse, whether the seeds are the
  // same and only chance in the calls differs, or the seeds differ.
  @Test("of equals hardly any comparison says regression", arguments: [true, false])
  func falseAlarms(isPaired: Bool) throws {
    var alarms = 0
    for number in 0..<100 as Range<UInt64> {
      let first = FakeComparison(episodesPerCall: 5, draw: 1_000 * number)
      var second = first
      second.draw += 500
      if !isPaired { second.seeds = 101...110 }
      let comparison = try ResultComparison(first.results(), second.results(), seed: number + 1)
      #expect(comparison.isPaired == isPaired)
      if comparison.hasRegressed { alarms += 1 }
    }
    #expect(alarms <= 5)
  }

  @Test("the tables line up, and the JSON has every line")
  func output() throws {
    let comparison = try ResultComparison(
      FakeComparison().results(),
      FakeComparison(change: FakeComparison.stretching(1.5)).results())
    let text = comparison.text(usesColour: false)
    let lines = text.split(separator: "\n").map(String.init)
    for title in ["Over all calls: 40 pairs of calls, 10 seeds", "By condition"] {
      let start = try #require(lines.firstIndex(of: title))
      let rule = try #require(lines[start...].firstIndex { $0.hasPrefix("─") })
      for row in lines[(rule + 1)...(rule + 4)] { #expect(row.count <= lines[rule].count) }
      #expect(lines[rule + 1].count == lines[rule].count)
    }
    #expect(text.contains("recovery, median, ms"))
    let json = comparison.json
    #expect(json.contains("\"regressed\": true"))
    let count = json.split(separator: "\n").count { $0.contains("\"metric\":") }
    #expect(count == 5 * ComparisonMetric.allCases.count)
  }
}
