import Results

extension GateReport {
  /// The verdicts as continuous integration reads them: a test suite for each network, a test case for
  /// each gate.
  ///
  /// A gate that stays inconclusive is an error, not a skipped test: a run with skipped tests counts as
  /// good, and this one is not known to be.
  public var junit: String {
    let names = networks.map(\.name) + (networks.count > 1 ? [Self.allNetworks] : [])
    var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
    lines.append("<testsuites name=\(attribute(name)) \(counts(rows))>")
    for network in names {
      let rows = rows.filter { $0.network == network }
      lines.append("  <testsuite name=\(attribute(network)) \(counts(rows))>")
      for row in rows { lines += testCase(row) }
      lines.append("  </testsuite>")
    }
    lines.append("</testsuites>")
    return lines.joined(separator: "\n") + "\n"
  }

  private func counts(_ rows: [Row]) -> String {
    "tests=\"\(rows.count)\" failures=\"\(rows.count { $0.verdict == .fail })\" "
      + "errors=\"\(rows.count { $0.verdict == .inconclusive })\" skipped=\"0\""
  }

  private func testCase(_ row: Row) -> [String] {
    let head =
      "    <testcase classname=\(attribute("\(name).\(row.network)")) name=\(attribute(row.gate.text))"
    let reasons = reasons(row)
    guard let first = reasons.first else { return [head + "/>"] }
    let element = row.verdict == .fail ? "failure" : "error"
    let measured = row.interval.map { interval in
      let unit = row.gate.metric.unit
      return ["interval \(unit.text(interval.lower)) to \(unit.text(interval.upper))"]
    }
    let details = reasons + (measured ?? []) + ["\(row.calls) calls, seed \(seed)"]
    return [
      head + ">",
      "      <\(element) type=\"\(row.verdict.rawValue)\" message=\(attribute(first))>"
        + escaped(details.joined(separator: "\n")) + "</\(element)>",
      "    </testcase>",
    ]
  }

  private func attribute(_ text: String) -> String { "\"\(escaped(text))\"" }

  /// XML 1.0 has no way to write most control characters; they are left out.
  private func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
