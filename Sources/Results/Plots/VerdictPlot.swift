/// Gates: what was measured with its interval against the bound, a panel a gate and a row a network.
enum VerdictPlot {
  static let name = "gates"

  /// How a verdict is drawn: colour and form.
  private struct Look {
    var verdict: Verdicts.Verdict
    var title: String
    var colour: String
    var point: Int
  }

  private static let looks = [
    Look(verdict: .pass, title: "passes", colour: "#009e73", point: 7),
    Look(verdict: .fail, title: "fails", colour: "#d55e00", point: 5),
    Look(verdict: .inconclusive, title: "is inconclusive", colour: "#6b6b6b", point: 8),
  ]

  static func make(_ verdicts: Verdicts) -> PlotOrOmission {
    let panels = verdicts.byGate
    guard panels.contains(where: { $0.contains { $0.isMeasured } }) else {
      return .omitted(OmittedPlot(name: name, reason: "there are too few data for any gate"))
    }
    let title = "Gates: measured against the bound"
    let rows = panels.map(\.count).max() ?? 1
    let longest = verdicts.gates.map(\.network.count).max() ?? 0
    let grid = PlotGrid(
      panels: panels.count, left: 24 + 7 * Double(longest), panelHeight: 24 + 26 * Double(rows),
      keyEntries: looks.count + 1, keyColumns: 4)
    var script = PlotScript(name: name, title: title, grid: grid)
    for (position, lines) in panels.enumerated() {
      script.beginPanel(position, title: lines[0].gate)
      addPanel(lines, to: &script)
    }
    script.addKey(
      looks.map {
        "with points pointtype \($0.point) pointsize 1 linecolor rgb "
          + "\(PlotScript.quoted($0.colour)) title \(PlotScript.quoted($0.title))"
      } + ["with lines linecolor '#000000' linewidth 2.5 title 'bound'"])
    return .plot(
      Plot(
        name: name, title: title,
        caption:
          "A panel for each gate, a row for each network: the measured value with the interval by "
          + "which the gate passes (it fails by a wider one), and the bound as a black stroke. A bar without an end leaves the "
          + "panel, or has no upper end.",
        alternative: alternative(panels), script: script.text))
  }

  /// How a unit's values stand on an axis.
  private static func axis(_ unit: MetricUnit) -> (label: String, factor: Double) {
    switch unit {
    case .share: ("%", 100)
    case .similarity: ("SSIM", 1)
    default: (unit.rawValue, 1)
    }
  }

  private static func addPanel(_ lines: [Verdicts.Line], to script: inout PlotScript) {
    let (label, factor) = axis(lines[0].unit)
    let values = lines.flatMap { [$0.measured, $0.bound, $0.lower, $0.upper] }.compactMap { $0 }
      .map { $0 * factor }
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let room = max((high - low) * 0.12, abs(high) * 0.01, 1e-3)
    let range = (low: low == 0 ? 0 : low - room, high: high + room)
    let tics = lines.enumerated().map { "\(PlotScript.quoted($1.network)) \(lines.count - $0)" }
    script.add("set yrange [0.4:\(lines.count).6]")
    script.add("set ytics scale 0 (\(tics.joined(separator: ", ")))")
    script.add("set xtics autofreq")
    script.add("set xrange [\(PlotScript.number(range.low)):\(PlotScript.number(range.high))]")
    script.add("set xlabel \(PlotScript.quoted(label))")
    script.add("unset label")
    var parts: [String] = []
    for (index, line) in lines.enumerated() {
      let row = lines.count - index
      guard line.isMeasured else {
        script.add(
          "set label 'too few data' at graph 0.03, first \(row) left textcolor '#444444'")
        continue
      }
      parts += Self.parts(line, row: row, factor: factor, end: range.high, in: &script)
    }
    // Without any part gnuplot would refuse: a point outside stands for none.
    script.addPlot(parts.isEmpty ? ["NaN notitle"] : parts)
  }

  private static func parts(
    _ line: Verdicts.Line, row: Int, factor: Double, end: Double, in script: inout PlotScript
  ) -> [String] {
    let look = looks.first { $0.verdict == line.verdict } ?? looks[2]
    let colour = "linecolor rgb \(PlotScript.quoted(look.colour))"
    let lower = (line.lower ?? .infinity) * factor
    let upper = (line.upper ?? .infinity) * factor
    var parts: [String] = []
    if lower.isFinite {
      let bar = script.addData([
        [lower, Double(row), min(upper, end)].map(PlotScript.number).joined(separator: " ")
      ])
      let ends = upper.isFinite ? "heads size screen 0.004,90" : "head filled size screen 0.012,20"
      parts.append(
        "\(bar) using 1:2:($3-$1):(0) with vectors \(ends) linewidth 1.6 \(colour) notitle")
    }
    if let bound = line.bound {
      let stroke = script.addData([
        [bound * factor, Double(row) - 0.36, 0.72].map(PlotScript.number).joined(separator: " ")
      ])
      parts.append(
        "\(stroke) using 1:2:(0):3 with vectors nohead linewidth 2.5 linecolor '#000000' notitle")
    }
    if let measured = line.measured {
      let point = script.addData([
        "\(PlotScript.number(measured * factor)) \(row)"
      ])
      parts.append(
        "\(point) using 1:2 with points pointtype \(look.point) pointsize 1 \(colour) notitle")
    } else {
      script.add(
        "set label 'not reached' at graph 0.97, first \(PlotScript.number(Double(row) + 0.38)) right "
          + "textcolor '#444444'")
    }
    return parts
  }

  private static func alternative(_ panels: [[Verdicts.Line]]) -> String {
    panels.map { lines in
      let texts = lines.map { line -> String in
        guard line.isMeasured else { return "\(line.network) too few data" }
        let bound = line.bound.map(line.unit.text) ?? ""
        return "\(line.network) \(line.measuredText) against \(bound), "
          + line.verdict.rawValue
      }
      return "\(lines[0].gate): " + texts.joined(separator: "; ") + "."
    }.joined(separator: " ")
  }
}
