/// The verdicts as sentences and as a table.
extension Verdicts {
  /// The most important first: the verdict, and where what fails is worst.
  var headlines: [String] {
    [countSentence] + failureSentences + [scopeSentence]
  }

  /// "Fail: 3 of 5 gates pass, 1 fails, 1 is inconclusive."
  private var countSentence: String {
    let verdicts = byGate.map { lines in
      lines.contains { $0.verdict == .fail }
        ? Verdict.fail : lines.allSatisfy { $0.verdict == .pass } ? .pass : .inconclusive
    }
    let count = verdicts.count
    func number(_ verdict: Verdict) -> Int { verdicts.count { $0 == verdict } }
    let (passed, failed, open) = (number(.pass), number(.fail), number(.inconclusive))
    if passed == count {
      return count == 1 ? "Pass: the gate passes." : "Pass: all \(count) gates pass."
    }
    var parts = ["\(passed) of \(count) \(count == 1 ? "gate passes" : "gates pass")"]
    if failed > 0 { parts.append("\(failed) \(failed == 1 ? "fails" : "fail")") }
    if open > 0 { parts.append("\(open) \(open == 1 ? "is" : "are") inconclusive") }
    let word = verdict == .fail ? "Fail" : "Inconclusive"
    return "\(word): \(parts.joined(separator: ", "))."
  }

  private var failureSentences: [String] {
    byGate.compactMap { lines in
      let failed = lines.filter { $0.verdict == .fail }
      guard let first = failed.first else { return nil }
      let single = failed.filter { $0.network != Self.allNetworks }
      let told = single.first { $0.network == failed.last?.worstNetwork } ?? single.first ?? first
      let others = single.filter { $0 != told }.map(\.network)
      let figures = told.reasons.first.map { ": \($0)" } ?? ""
      let more = others.isEmpty ? "" : "; also on \(others.joined(separator: ", "))"
      let place = told.network == Self.allNetworks ? "all networks together" : told.network
      return "\(told.gate) fails on \(place)\(figures)\(more)."
    }
  }

  private var scopeSentence: String {
    let calls = networks.reduce(0) { $0 + $1.calls }
    let places =
      networks.count == 1 ? "network \(networks[0].name)" : "\(networks.count) networks"
    return "\(name): \(calls) \(calls == 1 ? "call" : "calls") on \(places)"
      + (hasBaseline ? ", half of them with the baseline's settings." : ".")
  }

  /// A row for each gate and network; the verdicts are apart.
  var table: TextTable {
    TextTable(
      title: "Every gate on every network",
      headings: ["gate and network", "calls", "measured", "bound", "interval"],
      rows: gates.map { line in
        ["\(line.gate), \(line.network)", "\(line.calls)"]
          + (line.isMeasured
            ? [
              line.measuredText, line.bound.map(line.unit.text) ?? "–",
              "\(line.lowerText) to \(line.upperText)",
            ] : ["–", "–", "–"])
      },
      note:
        "A gate passes where its whole interval keeps the bound, and fails where none of a wider "
        + "one does; the risk of a wrong verdict is 2.5 % either way, all lines together, and more where "
        + "few calls carry a figure.")
  }
}

extension Verdicts.Line {
  /// Where there is a bound, what has no figure was not reached.
  var measuredText: String { unit.text(measured ?? .infinity) }
  var lowerText: String { unit.text(lower ?? .infinity) }
  var upperText: String { unit.text(upper ?? .infinity) }
}
