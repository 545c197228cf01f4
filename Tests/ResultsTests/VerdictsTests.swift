import Testing

@testable import Results

@Suite("Verdicts of a validation's folder")
struct VerdictsTests {
  private func verdicts(_ lines: [String], verdict: String = "fail") throws -> Verdicts {
    try Verdicts(json: FakeVerdicts.json(lines, verdict: verdict), path: "gates.json")
  }

  @Test("the headline counts gates by their worst line, and says where one fails most")
  func headlines() throws {
    #expect(
      try verdicts(FakeVerdicts.lines).headlines == [
        "Fail: 1 of 3 gates pass, 1 fails, 1 is inconclusive.",
        "recovery.p95 <= 400ms fails on 3g: measured 900 ms, expected <= 400 ms.",
        "new & <bold>: 12 calls on 2 networks.",
      ])
    let passed = FakeVerdicts.lines.filter { $0.contains("freeze.ratio") }
    #expect(
      try verdicts(passed, verdict: "pass").headlines[0] == "Pass: the gate passes.")
    let open = FakeVerdicts.lines.filter { !$0.contains("recovery.p95") }
    #expect(
      try verdicts(open, verdict: "inconclusive").headlines[0]
        == "Inconclusive: 1 of 2 gates pass, 1 is inconclusive.")
  }

  @Test("what was not reached is said to, and what has too few data has no figures")
  func table() throws {
    let rows = try verdicts(FakeVerdicts.lines).table.rows
    #expect(rows[1] == ["recovery.p95 <= 400ms, 3g", "6", "900 ms", "400 ms", "700 ms to never"])
    #expect(rows[6].suffix(3) == ["–", "–", "–"])
    #expect(rows[7].suffix(3) == ["never", "1000 ms", "900 ms to never"])
    #expect(rows[4][2] == "1.00 %")
  }

  @Test("the plot has a panel a gate, verdicts by form too, and words for those who do not see it")
  func plot() throws {
    guard case .plot(let plot) = VerdictPlot.make(try verdicts(FakeVerdicts.lines)) else {
      Issue.record("no plot")
      return
    }
    #expect(plot.script.components(separatedBy: "set title '").count == 4)
    for form in ["pointtype 7", "pointtype 5", "pointtype 8"] {
      #expect(plot.script.contains(form))
    }
    #expect(plot.script.contains("'too few data' at graph 0.03, first 3"))
    #expect(plot.script.contains("'not reached' at graph 0.97, first 2"))
    #expect(
      plot.alternative.hasPrefix(
        "recovery.p95 <= 400ms: wifi 300 ms against 400 ms, pass; 3g 900 ms against 400 ms, fail; ")
    )
    let none = FakeVerdicts.lines.filter { $0.contains("at least 300 needed") }
    #expect(
      VerdictPlot.make(try verdicts(none)).name == "gates")
    if case .plot = VerdictPlot.make(try verdicts(none)) { Issue.record("nothing to draw") }
  }

  @Test("a file that holds no verdicts is refused by its name")
  func malformed() {
    for text in ["", "{}", "[1]", FakeVerdicts.json(["{}"])] {
      #expect(
        throws: OutputError.unreadable(
          path: "out/gates.json", reason: "found no verdicts of validate in it")
      ) { try Verdicts(json: text, path: "out/gates.json") }
    }
  }
}
