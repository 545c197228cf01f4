/// Lines over the values of a factor.
struct FactorPanel {
  var title: String
  /// On a logarithmic x axis at their order, otherwise side by side.
  var levels: [ProbeFactor.Level]
  var lines: [IntervalLine]

  /// - Parameter baseline: a horizontal line.
  static func script(
    name: String, title: String, _ panels: [FactorPanel],
    xLabel: String, yLabel: String, isLogarithmic: Bool, baseline: Double?
  ) -> String {
    let keys = ResultSet.distinct(panels.flatMap(\.lines).map(\.style.key))
    let grid = PlotGrid(
      panels: panels.count, panelHeight: panels.count == 1 ? 380 : 320, keyEntries: keys.count,
      keyColumns: 3)
    var script = PlotScript(name: name, title: title, grid: grid)
    script.add("set xlabel \(PlotScript.quoted(xLabel))")
    script.add("set ylabel \(PlotScript.quoted(yLabel))")
    if let baseline {
      let height = PlotScript.number(baseline)
      script.add(
        "set arrow from graph 0, first \(height) to graph 1, first \(height) nohead "
          + "linecolor '#444444' dashtype (4,4)")
    }
    for (position, panel) in panels.enumerated() {
      script.beginPanel(position, title: panel.title)
      let heights = panel.lines.flatMap(\.points).flatMap {
        [$0.value, $0.interval.lower, $0.interval.upper]
      }
      script.addLogarithmicAxis("y", values: heights + [baseline].compactMap { $0 })
      let range = addAxis(panel.levels, isLogarithmic: isLogarithmic, to: &script)
      script.addPlot(
        IntervalLine.parts(
          panel.lines, range: range, isLogarithmic: isLogarithmic && range.0 > 0, to: &script))
    }
    script.addKey(keys)
    return script.text
  }

  private static func addAxis(
    _ levels: [ProbeFactor.Level], isLogarithmic: Bool, to script: inout PlotScript
  ) -> (Double, Double) {
    let xs = levels.enumerated().map { isLogarithmic ? $1.order : Double($0) }
    let (least, greatest) = (xs.min() ?? 0, xs.max() ?? 1)
    if isLogarithmic, least > 0 {
      script.addLogarithmicAxis("x", values: xs)
    } else {
      script.add(
        "set xrange [\(PlotScript.number(least - 0.5)):\(PlotScript.number(greatest + 0.5))]")
    }
    let tics = zip(xs, levels).map {
      "\(PlotScript.quoted($1.label)) \(PlotScript.number($0))"
    }
    script.add("set xtics (\(tics.joined(separator: ", ")))")
    return (least, greatest)
  }

  /// What the lines show, in words.
  static func alternative(
    _ panels: [FactorPanel], _ figure: (Double) -> String
  ) -> String {
    panels.map { panel in
      let texts = panel.lines.map { line in
        let values = line.points.map { figure($0.value) }
        return "\(line.style.title) "
          + (values.isEmpty ? "too few data" : values.joined(separator: ", "))
      }
      return "\(panel.title) (\(panel.levels.map(\.label).joined(separator: ", "))): "
        + texts.joined(separator: "; ") + "."
    }.joined(separator: " ")
  }
}
