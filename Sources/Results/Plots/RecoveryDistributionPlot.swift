/// The distribution of recovery times: 1 - Kaplan-Meier by mechanism.
enum RecoveryDistributionPlot {
  private static let name = "recovery-distribution"
  /// Falls closer together than this share are drawn as one, which no eye can tell.
  private static let leastFall = 0.004

  static func make(_ results: ResultSet, seed: UInt64) -> PlotOrOmission {
    guard let group = results.headlineGroup else {
      return .omitted(OmittedPlot(name: name, reason: "no call was simulated"))
    }
    let calls = results.calls(in: group)
    let times = calls.flatMap {
      $0.episodes.filter { !$0.isCensored }.map(\.duration.inMilliseconds)
    }
    guard !times.isEmpty else {
      return .omitted(OmittedPlot(name: name, reason: "no episode was repaired"))
    }
    let panels = panels(calls)
    let title = "Share of pictures repaired within a time"
    let drawn = results.drawnSamples(of: calls)
    let grid = PlotGrid(
      panels: panels.count, left: 92, panelHeight: panels.count == 1 ? 410 : 330,
      keyEntries: drawn.count, keyColumns: 3)
    let lines = Dictionary(
      uniqueKeysWithValues: drawn.enumerated().map { position, sample in
        (sample.title, Line(position: position, of: drawn.count))
      })
    var script = PlotScript(name: name, title: title, grid: grid)
    script.addLogarithmicAxis("x", values: times)
    let lowest = PlotScript.number(lines.values.map(\.row).min()! - Line.rowHeight)
    script.add("set yrange [\(lowest):102]")
    script.add("set ytics (0, 25, 50, 75, 100)")
    script.add("set label 'medians' right at graph -0.02, first \(lowest) / 2")
    script.add("set arrow from graph 0, first 0 to graph 1, first 0 nohead linecolor '#444444'")
    script.add("set xlabel 'time since the first lost packet, ms'")
    script.add("set ylabel 'repaired, %' offset -1.8")
    for (position, panel) in panels.enumerated() {
      script.beginPanel(position, title: panel.title)
      addCurves(
        results.drawnSamples(of: panel.calls), lines, edge: (times.max() ?? 0) * 1.25, seed: seed,
        to: &script)
    }
    script.addKey(
      drawn.map {
        "with linespoints \(lines[$0.title]!.style($0)) pointtype \($0.point) pointsize 0.9 "
          + "title \(PlotScript.quoted($0.title))"
      })
    let networks = ConditionText.describe(calls.map(\.conditions))
    return .plot(
      Plot(
        name: name, title: title,
        caption: "Each line tells for every time which share of the damage episodes was repaired "
          + "by then; further left is faster. Where lines lie on one another, the wider one shows "
          + "at the edges of the narrower, and each has its symbol at a height of its own. Below "
          + "are the medians with their 95 % intervals, with an arrow where an interval has no "
          + "upper end or leaves the plot. Episodes open at a call's end count as censored (Kaplan-Meier), so a line "
          + "may end below 100 %.\(results.undrawnSentence(calls)) Group \(group): \(networks).",
        alternative: alternative(results, panels, seed: seed), script: script.text))
  }

  /// Up to four values of the round-trip time at which there are episodes, or all calls together.
  private static func panels(
    _ calls: [ResultSet.Call]
  ) -> [(title: String, calls: [ResultSet.Call])] {
    let axis = NetworkAxis.roundTrip
    let values = axis.values(of: ResultSet.damaged(calls))
    guard values.count <= 4 else { return [("all round-trip times", calls)] }
    return values.map { value in
      (
        "round-trip time \(axis.label(value))",
        calls.filter { axis.value(of: $0.conditions) == value }
      )
    }
  }

  /// What tells a mechanism's line from others in the same place, the same in all panels.
  private struct Line {
    static let rowHeight = 6.0
    /// Its median's row below the curves.
    let row: Double
    /// The percentage at which it has its symbol.
    let level: Double
    private let width: Double

    init(position: Int, of count: Int) {
      row = -Self.rowHeight * Double(position + 1)
      level = 100 * (Double(position) + 0.5) / Double(count)
      // Lines are drawn in order, so that a narrower one lies on a wider one.
      width = 4 - 2.8 * Double(position) / Double(max(1, count - 1))
    }

    /// gnuplot's words for the line.
    func style(_ drawn: DrawnSample) -> String {
      "linecolor rgb \(PlotScript.quoted(drawn.colour)) dashtype \(drawn.dash) "
        + "linewidth \(FixedPoint.text(width, decimals: 2))"
    }
  }

  /// - Parameter edge: where the time axis ends.
  private static func addCurves(
    _ samples: [DrawnSample], _ lines: [String: Line], edge: Double, seed: UInt64,
    to script: inout PlotScript
  ) {
    var parts: [String] = []
    var symbols: [String] = []
    for drawn in samples {
      let line = lines[drawn.title]!
      let colour = "linecolor rgb \(PlotScript.quoted(drawn.colour))"
      let symbol = "with points pointtype \(drawn.point) pointsize 0.9 \(colour) notitle"
      let steps = drawn.sample.curve.steps
      var points = ["0.001 0"]
      var last = 1.0
      for (position, step) in steps.enumerated()
      where last - step.surviving >= leastFall || position == steps.count - 1 {
        points.append("\(PlotScript.number(step.time)) \(percent(1 - step.surviving))")
        last = step.surviving
      }
      // On to the edge: behind the last repair nothing changes.
      points.append("1000000000 \(percent(1 - last))")
      let data = script.addData(points)
      parts.append("\(data) using 1:2 with steps \(line.style(drawn)) notitle")
      if let time = drawn.sample.curve.quantile(line.level / 100) {
        let mark = script.addData(["\(PlotScript.number(time)) \(PlotScript.number(line.level))"])
        symbols.append("\(mark) using 1:2 \(symbol)")
      }
      guard case .measured(let value, let interval) = drawn.sample.recovery(0.5, seed: seed),
        value.isFinite
      else { continue }
      let isOpen = interval.upper > edge
      let median = script.addData([
        [value, line.row, interval.lower, min(interval.upper, edge)].map(PlotScript.number)
          .joined(separator: " ")
      ])
      let ends = isOpen ? "head filled size screen 0.012,20" : "heads size screen 0.005,90"
      symbols.append(
        "\(median) using 3:2:($4-$3):(0) with vectors \(ends) linewidth 1.5 \(colour) notitle")
      symbols.append("\(median) using 1:2 \(symbol)")
    }
    script.addPlot(parts + symbols)
  }

  private static func percent(_ share: Double) -> String {
    FixedPoint.text(share * 100, decimals: 2)
  }

  private static func alternative(
    _ results: ResultSet, _ panels: [(title: String, calls: [ResultSet.Call])], seed: UInt64
  ) -> String {
    panels.map { panel in
      let medians = results.drawnSamples(of: panel.calls).map { drawn in
        let median = drawn.sample.curve.quantile(0.5).map(FigureText.milliseconds)
        return "\(drawn.title) \(median.map { $0 + " ms" } ?? "not reached")"
      }
      return "Medians at \(panel.title): " + medians.joined(separator: ", ") + "."
    }.joined(separator: " ")
  }
}
