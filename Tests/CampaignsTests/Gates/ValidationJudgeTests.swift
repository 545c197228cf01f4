import Configuration
import Results
import SimulationKernel
import Testing

@testable import Campaigns

@Suite("Rounds of a validation")
struct ValidationJudgeTests {
  private static let text = """
    calls: 10
    max-calls: 40
    networks: [{name: wifi, loss: 1%}, {name: slow, rtt: 200ms, loss: 5%}]
    gates: [recovery.median <= 200ms, "psnr.mean >= 33dB"]
    """

  /// Calls that all have the same episodes.
  private func steady(
    _ range: Range<Int>, _ network: String, _ length: Int64, _ settings: ValidationSettings
  )
    throws -> [ResultSet.Call]
  {
    try SampleCalls.results(
      range.map { number in
        var call = SampleCalls.call(number, milliseconds: [length, length], network: network)
        call.conditions.seed = settings.seeds(number + 1)[number]
        return call
      })
  }

  @Test("what is certain at the first look needs no more calls")
  func certain() throws {
    let settings = try SampleCalls.settings(Self.text)
    var judge = ValidationJudge(settings)
    #expect(judge.next.map(\.network) == [0, 1] && judge.next.map(\.look) == [0, 0])
    judge.add(try steady(0..<10, "wifi", 100, settings) + steady(0..<10, "slow", 300, settings))
    let verdicts = judge.report.rows.map(\.verdict)
    #expect(verdicts.prefix(2) == [.pass, .fail] && verdicts.suffix(3) == [.pass, .pass, .pass])
  }

  @Test("only a network with an open line gets more, until nothing more may be run")
  func open() throws {
    let text = Self.text.replacing(", {name: slow, rtt: 200ms, loss: 5%}", with: "")
    let settings = try SampleCalls.settings(text)
    var judge = ValidationJudge(settings)
    var looks = 0
    while let next = judge.next.first {
      let range = settings.round([next], firstRun: 0).parts[0]
      let numbers = range.first..<range.first + range.count
      judge.add(
        try SampleCalls.results(
          numbers.map { number in
            // Half of the episodes lie on either side of the bound.
            var call = SampleCalls.call(
              number, milliseconds: [number.isMultiple(of: 2) ? 190 : 210])
            call.conditions.seed = settings.seeds(number + 1)[number]
            return call
          }))
      looks += 1
    }
    let report = judge.report
    #expect(report.rows.map(\.verdict) == [.inconclusive, .pass])
    #expect(looks == 3)
    #expect(report.rows.map(\.calls) == [40, 10])
    #expect(
      report.text(usesColour: false).contains("the interval straddles the bound after 40 calls"))
  }

  @Test(
    "one network's open line leaves the others' calls alone, and all together means equal shares")
  func shares() throws {
    let settings = try SampleCalls.settings(
      Self.text.replacing("recovery.median <= 200ms", with: "repaired_within(200ms) >= 78%"))
    var judge = ValidationJudge(settings)
    // Ten calls without an exception say that at most 31 % of calls may have one, twice ten say 18 %.
    judge.add(try steady(0..<10, "wifi", 100, settings) + steady(0..<10, "slow", 300, settings))
    #expect(judge.report.rows.prefix(2).map(\.verdict) == [.inconclusive, .fail])
    let next = judge.next
    if next.count == 1 {
      #expect(next[0] == (0, 1))
      judge.add(try steady(10..<20, "wifi", 100, settings))
      #expect(judge.report.rows[2].calls == 20)
    } else {
      // The line of all networks together is open, too.
      #expect(next.map(\.network) == [0, 1])
      judge.add(
        try steady(10..<20, "wifi", 100, settings) + steady(10..<20, "slow", 300, settings))
      #expect(judge.report.rows[2].calls == 40)
    }
    #expect(judge.report.rows[0].calls == 20 && judge.report.rows[0].verdict == .pass)
  }

  @Test("a pair that lacks one side is left out")
  func brokenPairs() throws {
    let settings = try SampleCalls.settings(
      """
      calls: 10
      max-calls: 10
      networks: [{name: wifi, loss: 1%}]
      gates: [recovery.median <= baseline]
      """, against: "name: old\n")
    var calls = try steady(0..<20, "wifi", 100, settings)
    for index in 0..<10 {
      calls[index].run.conditions.situation = ValidationCell.candidateName
      calls[index + 10].run.conditions.situation = ValidationCell.baselineName
      calls[index + 10].run.conditions.seed = calls[index].conditions.seed
    }
    calls.remove(at: 12)
    var judge = ValidationJudge(settings)
    judge.add(calls)
    #expect(judge.report.rows[0].calls == 9 && judge.report.rows[0].verdict == .pass)
    #expect(judge.next.isEmpty)
  }

  @Test("the report has every gate on every network and over all, lined up, the worst deciding")
  func report() throws {
    let settings = try SampleCalls.settings(
      """
      calls: 6
      max-calls: 6
      networks: [{name: wifi, loss: 1%}, {name: slow, loss: 5%}]
      gates: ["psnr.mean >= 33dB", "freeze.ratio <= 0.5%", "recovery.p99 <= 400ms"]
      """)
    var judge = ValidationJudge(settings)
    judge.add(try steady(0..<6, "wifi", 100, settings) + steady(0..<6, "slow", 100, settings))
    let report = judge.report
    #expect(
      report.rows.map(\.network) == [
        "wifi", "slow", "all", "wifi", "slow", "all", "wifi", "slow", "all",
      ])
    #expect(
      report.rows.map(\.verdict) == [
        .pass, .pass, .pass, .fail, .fail, .fail, .inconclusive, .inconclusive, .inconclusive,
      ])
    #expect(report.verdict == .fail)
    let text = report.text(usesColour: false)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(
      lines[0] == "gate                   network  calls  measured              interval  verdict")
    #expect(
      lines[1] == "psnr.mean >= 33dB      wifi         6  34.00 dB  34.00 dB to 34.00 dB  pass")
    #expect(lines[9].hasSuffix("inconclusive (24 episodes, at least 300 needed)"))
    #expect(
      text.contains(
        "\nfreeze.ratio <= 0.5% fails on wifi:\n  - measured 1.00 %, expected <= 0.50 %\n"))
    #expect(text.contains("  - the longest episode (network wifi, seed "))
    // Told above but for the place where it is worst.
    #expect(
      text.hasSuffix(
        "\nfreeze.ratio <= 0.5% fails on all:\n  - measured 1.00 %, expected <= 0.50 %\n"
          + "  - worst on wifi: measured 1.00 %, expected <= 0.50 %\n"))
  }
}
