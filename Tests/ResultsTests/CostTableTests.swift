import SimulationKernel
import Testing

@testable import Results

@Suite("Cost table")
struct CostTableTests {
  private func call(
    _ run: Int, _ mechanism: String, loss: Double, psnr: Double, kilobits: Int, group: String = "g"
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
        seed: UInt64(run % 2)), failure: "")
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
        == ["pli", "300", "6.0", "37.50", "-0.50", "0.9500", "310", "too few", "36.50", "0.9000"])
    #expect(table.note.contains("loss 2 %"))
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
