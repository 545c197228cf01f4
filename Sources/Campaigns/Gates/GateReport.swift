import Results

/// The gates, each on each network and over all, with measured values and verdicts.
public struct GateReport: Sendable {
  public static let allNetworks = Verdicts.allNetworks

  public struct Row: Sendable {
    public var gate: Gate
    public var network: String
    var measured: GateMeasurement
    public var verdict: Gate.Verdict
    /// So many of the candidate's calls the verdict is from.
    public var calls: Int
    var levels: GateLevels
    /// nil where the gate passed, or nothing was damaged.
    var story: EpisodeStory?

    var figures: GateFigures? { if case .measured(let figures) = measured { figures } else { nil } }
    /// The interval by which the line passes.
    var interval: Interval? {
      figures?.interval(tail: levels.passTail, of: gate.metric.unit)
    }
  }

  /// What was found of a network's settings.
  struct Network: Sendable {
    var name: String
    /// All that were run on it, the baseline's included.
    var calls: Int
    var findings: [SettingsFinding]
  }

  public let rows: [Row]
  let networks: [Network]
  let name: String
  public let seed: UInt64
  let hasBaseline: Bool
  let levels: GateLevels
  let schedule: LookSchedule
  /// How calls can be seen again; nil where nobody is told.
  public var replay: CallReplay?

  /// - Parameter calls: run on each network.
  init(_ settings: ValidationSettings, rows: [Row], calls: [Int]) {
    self.rows = rows
    networks = zip(settings.cells, calls).map {
      Network(name: $0.name, calls: $1, findings: $0.findings)
    }
    name = settings.name
    seed = settings.seed
    hasBaseline = settings.hasBaseline
    levels = settings.levels
    schedule = settings.schedule
  }

  /// The worst verdict: one failure fails, else one open question leaves the whole open.
  public var verdict: Gate.Verdict {
    if rows.contains(where: { $0.verdict == .fail }) { return .fail }
    return rows.allSatisfy { $0.verdict == .pass } ? .pass : .inconclusive
  }

  // MARK: Text

  /// The table with columns lined up, and why gates have failed.
  public func text(usesColour: Bool) -> String {
    let showsBounds = rows.contains { if case .fixed = $0.gate.bound { false } else { true } }
    var headings = ["gate", "network", "calls", "measured", "bound", "interval", "verdict"]
    var cells = rows.map(cells)
    if !showsBounds {
      headings.remove(at: 4)
      for index in cells.indices { cells[index].remove(at: 4) }
    }
    let widths = headings.indices.map { column in
      ([headings] + cells).map { $0[column].count }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      zip(cells.indices, cells).map { column, text in
        let padding = String(repeating: " ", count: widths[column] - text.count)
        // Figures stand to the right.
        return (2..<headings.count - 1).contains(column) ? padding + text : text + padding
      }.joined(separator: "  ")
    }
    var lines = [String(trimmedEnd(line(headings)))]
    for (row, cells) in zip(rows, cells) {
      let note = row.verdict == .inconclusive ? " (\(openReason(row)))" : ""
      let text = trimmedEnd(line(cells)).dropLast(row.verdict.rawValue.count)
      lines.append(text + coloured(row.verdict, usesColour) + note)
    }
    return (lines + explanations).joined(separator: "\n") + "\n"
  }

  private func cells(_ row: Row) -> [String] {
    let unit = row.gate.metric.unit
    guard let figures = row.figures, let interval = row.interval else {
      return [row.gate.text, row.network, "\(row.calls)", "-", "-", "-", row.verdict.rawValue]
    }
    return [
      row.gate.text, row.network, "\(row.calls)", unit.text(figures.value),
      unit.text(figures.bound), "\(unit.text(interval.lower)) to \(unit.text(interval.upper))",
      row.verdict.rawValue,
    ]
  }

  private func coloured(_ verdict: Gate.Verdict, _ usesColour: Bool) -> String {
    guard usesColour else { return verdict.rawValue }
    let colour =
      switch verdict {
      case .pass: "32"
      case .fail: "31"
      case .inconclusive: "33"
      }
    return "\u{1B}[\(colour)m\(verdict)\u{1B}[0m"
  }

  /// A paragraph for each failed line; of all networks together the short one where single ones fail.
  private var explanations: [String] {
    let failed = rows.filter { $0.verdict == .fail }
    return failed.flatMap { row -> [String] in
      let isToldAbove =
        row.network == Self.allNetworks
        && failed.contains { $0.gate == row.gate && $0.network != row.network }
      let reasons = isToldAbove ? shortReasons(row) : reasons(row)
      return ["", "\(row.gate.text) fails on \(row.network):"] + reasons.map { "  - \($0)" }
    }
  }

  private func trimmedEnd(_ text: String) -> Substring {
    var rest = Substring(text)
    while rest.last == " " { rest = rest.dropLast() }
    return rest
  }
}
