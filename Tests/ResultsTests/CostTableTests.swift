import SimulationKernel
import Testing

@testable import Results

@Suite("Cost table")
struct CostTableTests {
  private func call(
    _ run: Int, _ mechanism: String, loss: Double, psnr: Double, kilobits: Int, group: String = "g",
    seed: UInt64? = nil
  ) -> RunRow {
    var totals = CallTotals()
    totals.duration = .seconds(10)
    totals.frames = 250
    totals.keyFrames = 1
    totals.mediaOctets = kilobits * 1_250
    totals.meanEncodedPSNR = psnr
    totals.meanShownPSNR = psnr - 1
    totals.meanEncodedSSIM = 0.95
    totals.meanShownSSIM = 0.9
    totals.brokenTime = loss > 0 ? .seconds(1) : .zero
    let causes = [SimDuration](repeating: .zero, count: Cause.allCases.count)
    var row = RunRow(
      conditions: CallConditions(
        run: run, group: group, mechanism: mechanism, roundTrip: .milliseconds(50), lossRate: loss,
        meanBurst: nil, proxies: nil, transport: nil, requestInterval: nil, source: "s",
        seed: seed ?? UInt64(run / 2 % 2)), failure: "")
    row.failure = nil
    row.outcome = RunRow.Outcome(
      totals: totals, episodes: 0, censored: 0, falseRepairs: 0, recoveryP50: nil,
      recoveryP90: nil, recoveryP95: nil, recoveryMean: nil, causes: causes)
    return row
  }

  private func table(_ rows: [RunRow]) throws -> TextTable? {
    CostTable(try ResultSet(runs: rows, episodes: []), seed: 1)?.table
  }

  @Test("a row has a mechanism's rate and picture without loss, against none's, and with loss")
  func rows() throws {
    var calls: [RunRow] = []
    for (index, (name, psnr)) in [("none", 38.0), ("none", 38), ("pli", 37.5), ("pli", 37.5)]
      .enumerated()
    {
      calls.append(call(2 * index, name, loss: 0, psnr: psnr, kilobits: 300))
      calls.append(call(2 * index + 1, name, loss: 0.02, psnr: psnr, kilobits: 310))
    }
    let table = try #require(try table(calls))
    #expect(table.rows.map(\.first) == ["none", "pli"])
    #expect(
      table.rows[1]
        == [
          "pli", "300", "6.0", "37.50", "-0.50", "0.9500", "310", "too few", "36.50", "-0.50",
          "0.9000",
        ])
    #expect(table.note.contains("loss 2 %, 2 seeds"))
  }

  /// A call of either mechanism a seed, with and without loss; PLI is 0.01 dB a seed above -0.60 dB of
  /// none's, whose own PSNR differs far more.
  private func pairs(seeds: UInt64, group: String = "g", from first: Int = 0) -> [RunRow] {
    var calls: [RunRow] = []
    for seed in 1...seeds {
      for loss in [0, 0.02] {
        for (name, excess) in [("none", 0), ("pli", 0.01 * Double(seed) - 0.6)] {
          calls.append(
            call(
              first + calls.count, name, loss: loss, psnr: 30 + 2 * Double(seed) + excess,
              kilobits: 300, group: group, seed: seed))
        }
      }
    }
    return calls
  }

  @Test("from five pairs on a difference has an interval, which what both calls met leaves alone")
  func intervals() throws {
    let rows = try #require(try table(pairs(seeds: 5))).rows
    for column in [4, 9] {
      #expect(rows[0][column] == "0")
      let text = rows[1][column]
      #expect(text.hasPrefix("-0.57 [-0.5") && text.hasSuffix("]"), "\(text)")
    }
    #expect(try #require(try table(pairs(seeds: 4))).rows[1][4] == "-0.58")
  }

  @Test("pairs that are all alike are one call's difference, which has no interval")
  func alike() throws {
    var calls: [RunRow] = []
    for seed in 1...UInt64(5) {
      for (name, psnr) in [("none", 38.0), ("pli", 37.5)] {
        calls.append(
          call(calls.count, name, loss: 0, psnr: psnr, kilobits: 300, seed: seed))
        let disturbed = (name == "pli" ? 0.25 : 0.125) * Double(seed) + psnr
        calls.append(
          call(calls.count, name, loss: 0.02, psnr: disturbed, kilobits: 300, seed: seed))
      }
    }
    let table = try #require(try table(calls))
    #expect(table.rows[1][4] == "-0.50")
    #expect(table.rows[1][9].hasPrefix("-0.13 [-0."), "\(table.rows[1][9])")
    #expect(table.note.contains("Where all pairs are alike there is none"))
  }

  @Test("a call that is in two groups counts once")
  func twice() throws {
    let once = try #require(try table(pairs(seeds: 5)))
    let twice = try #require(
      try table(pairs(seeds: 5) + pairs(seeds: 5, group: "h", from: 100)))
    #expect(twice.rows == once.rows)
    // Ten calls each, but of four seeds only.
    let few = pairs(seeds: 4) + pairs(seeds: 4, group: "h", from: 100)
    #expect(try #require(try table(few)).rows[1][4] == "-0.58")
  }

  @Test("columns line up within what a terminal is wide")
  func width() throws {
    let text = try #require(try table(pairs(seeds: 5))).text(usesColour: false)
    let lines = text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 120 })
    let rule = try #require(lines.first { $0.hasPrefix("─") })
    let rows = lines.filter { $0.hasPrefix("none ") || $0.hasPrefix("pli ") }
    #expect(rows.count == 2 && rows.allSatisfy { $0.count == rule.count })
  }

  @Test("groups without calls on both sides have no table")
  func noTable() throws {
    #expect(try table([call(0, "pli", loss: 0.02, psnr: 30, kilobits: 1)]) == nil)
    #expect(
      try table([
        call(0, "pli", loss: 0.02, psnr: 30, kilobits: 1, group: "a"),
        call(1, "pli", loss: 0, psnr: 30, kilobits: 1, group: "b"),
      ]) == nil)
    #expect(
      try table([
        call(0, "pli", loss: 0.02, psnr: 30, kilobits: 1),
        call(1, "fir", loss: 0, psnr: 30, kilobits: 1),
      ]) == nil)
  }
}
