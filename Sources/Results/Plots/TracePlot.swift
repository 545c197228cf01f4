/// Figures of a trace over time: a panel for each.
public enum TracePlot {
  /// One figure in slices of time.
  public struct Panel: Sendable {
    public var title: String
    /// What the vertical axis says.
    public var axis: String
    /// Bars rather than a line.
    public var isFilled: Bool
    /// Of a slice, in seconds.
    public var interval: Double
    /// Nil where a slice has none.
    public var values: [Double?]

    public init(
      title: String, axis: String, isFilled: Bool, interval: Double, values: [Double?]
    ) {
      self.title = title
      self.axis = axis
      self.isFilled = isFilled
      self.interval = interval
      self.values = values
    }
  }

  /// - Parameter title: the trace's name.
  public static func make(title: String, panels: [Panel]) -> Plot {
    let grid = PlotGrid(panels: panels.count, panelHeight: 260, keyEntries: 0, keyColumns: 1)
    var script = PlotScript(
      name: "trace", title: title.replacing("\n", with: " "), grid: grid)
    for (position, panel) in panels.enumerated() {
      script.beginPanel(position, title: "\(title): \(panel.title)")
      add(panel, to: &script)
    }
    return Plot(
      name: "trace", title: title, caption: "",
      alternative: panels.map(\.title).joined(separator: ", "), script: script.text)
  }

  private static func add(_ panel: Panel, to script: inout PlotScript) {
    let end = max(panel.interval, 0.001) * Double(panel.values.count)
    let largest = max(panel.values.compactMap { $0 }.max() ?? 0, 0.001)
    script.add("set xlabel 'time, s'")
    script.add("set ylabel \(PlotScript.quoted(panel.axis))")
    script.add("set xrange [0:\(FixedPoint.text(end, decimals: 4))]")
    script.add("set yrange [0:\(PlotScript.number(largest * 1.05))]")
    let rows = panel.values.enumerated().map { index, value in
      "\(FixedPoint.text(panel.interval * (Double(index) + 0.5), decimals: 4)) "
        + (value.map(PlotScript.number) ?? "NaN")
    }
    let data = script.addData(rows)
    // Each bar as wide as its slice would vanish among hundreds: impulses keep a pixel.
    let style =
      panel.isFilled
      ? "with impulses linewidth 1 linecolor rgb '#b2182b'"
      : "with lines linewidth 1.5 linecolor rgb '#2166ac'"
    script.addPlot(["\(data) using 1:2 \(style) notitle"])
  }
}
