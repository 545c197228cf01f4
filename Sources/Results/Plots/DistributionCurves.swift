/// A mechanism's recovery times as a plot of distributions draws them.
struct DistributionCurve {
  var style: DrawnStyle
  var curve: SurvivalCurve
  /// In ms.
  var median: Estimate
}

/// Shares repaired within a time, a line a mechanism, with the medians and their intervals below.
enum DistributionCurves {
  struct Panel {
    var title: String
    var curves: [DistributionCurve]
  }

  /// Falls closer together than this share are drawn as one, which no eye can tell.
  private static let leastFall = 0.004

  /// - Parameters:
  ///   - styles: of all panels' curves.
  ///   - times: what the time axis has to hold, in ms.
  static func script(
    name: String, title: String, _ panels: [Panel], styles: [DrawnStyle], times: [Double]
  ) -> String {
    let grid = PlotGrid(
      panels: panels.count, left: 92, panelHeight: panels.count == 1 ? 410 : 330,
      keyEntries: styles.count, keyColumns: 3)
    let lines = Dictionary(
      uniqueKeysWithValues: styles.enumerated().map { position, style in
        (style.title, Line(position: position, of: styles.count))
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
      addCurves(panel.curves, lines, edge: (times.max() ?? 0) * 1.25, to: &script)
    }
    script.addKey(
      styles.map {
        "with linespoints \(lines[$0.title]!.style($0)) pointtype \($0.point) pointsize 0.9 "
          + "title \(PlotScript.quoted($0.title))"
      })
    return script.text
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
    func style(_ drawn: DrawnStyle) -> String {
      "linecolor rgb \(PlotScript.quoted(drawn.colour)) dashtype \(drawn.dash) "
        + "linewidth \(FixedPoint.text(width, decimals: 2))"
    }
  }

  /// - Parameter edge: where the time axis ends.
  private static func addCurves(
    _ curves: [DistributionCurve], _ lines: [String: Line], edge: Double,
    to script: inout PlotScript
  ) {
    var parts: [String] = []
    var symbols: [String] = []
    for drawn in curves {
      let line = lines[drawn.style.title]!
      let colour = "linecolor rgb \(PlotScript.quoted(drawn.style.colour))"
      let symbol = "with points pointtype \(drawn.style.point) pointsize 0.9 \(colour) notitle"
      let steps = drawn.curve.steps
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
      parts.append("\(data) using 1:2 with steps \(line.style(drawn.style)) notitle")
      if let time = drawn.curve.quantile(line.level / 100) {
        let mark = script.addData(["\(PlotScript.number(time)) \(PlotScript.number(line.level))"])
        symbols.append("\(mark) using 1:2 \(symbol)")
      }
      guard case .measured(let value, let interval) = drawn.median,
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
}
