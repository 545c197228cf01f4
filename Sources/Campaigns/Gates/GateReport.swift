import Results

/// The gates, each on each network and over all, with measured values and verdicts.
public struct GateReport: Sendable {
  /// Stands for all networks together; no network may have this name.
  public static let allNetworks = "all"

  public struct Row: Sendable {
    public var gate: Gate
    public var network: String
    public var estimate: Estimate
    public var verdict: Gate.Verdict
  }

  public let rows: [Row]

  /// - Parameters:
  ///   - results: the calls of the settings' jobs; a call's group is its network.
  public init(_ settings: ValidationSettings, results: ResultSet) {
    var rows: [Row] = []
    let networks =
      settings.networks.count > 1
      ? settings.networks + [Self.allNetworks] : settings.networks
    for gate in settings.gates {
      for network in networks {
        let calls =
          network == Self.allNetworks
          ? results.calls : results.calls.filter { $0.conditions.group == network }
        let estimate = gate.metric.estimate(calls, seed: settings.seed)
        rows.append(
          Row(
            gate: gate, network: network, estimate: estimate, verdict: gate.verdict(estimate)))
      }
    }
    self.rows = rows
  }

  /// The worst verdict: one failure fails, else one open question leaves the whole open.
  public var verdict: Gate.Verdict {
    if rows.contains(where: { $0.verdict == .fail }) { return .fail }
    return rows.allSatisfy { $0.verdict == .pass } ? .pass : .inconclusive
  }

  /// The table with columns lined up.
  public func text(usesColour: Bool) -> String {
    let headings = ["gate", "network", "measured", "95 % interval", "verdict"]
    var notes: [String] = []
    let cells = rows.map { row -> [String] in
      let metric = row.gate.metric
      switch row.estimate {
      case .measured(let value, let interval):
        notes.append("")
        return [
          row.gate.text, row.network, metric.text(value),
          "\(metric.text(interval.lower)) to \(metric.text(interval.upper))", row.verdict.rawValue,
        ]
      case .tooFewToTell(let reason):
        notes.append(" (\(reason))")
        return [row.gate.text, row.network, "-", "-", row.verdict.rawValue]
      }
    }
    let widths = headings.indices.map { column in
      ([headings] + cells).map { $0[column].count }.max() ?? 0
    }
    func padded(_ text: String, _ column: Int) -> String {
      let padding = String(repeating: " ", count: widths[column] - text.count)
      // Figures stand to the right.
      return column == 2 || column == 3 ? padding + text : text + padding
    }
    func line(_ cells: [String]) -> String {
      headings.indices.map { padded(cells[$0], $0) }.joined(separator: "  ")
    }
    var lines = [trimmedEnd(line(headings))]
    for (index, row) in rows.enumerated() {
      let colour =
        switch row.verdict {
        case .pass: "32"
        case .fail: "31"
        case .inconclusive: "33"
        }
      let last = usesColour ? "\u{1B}[\(colour)m\(row.verdict)\u{1B}[0m" : row.verdict.rawValue
      let front = headings.indices.dropLast().map { padded(cells[index][$0], $0) }
      lines.append((front + [last]).joined(separator: "  ") + notes[index])
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func trimmedEnd(_ text: String) -> String {
    var rest = Substring(text)
    while rest.last == " " { rest = rest.dropLast() }
    return String(rest)
  }
}
