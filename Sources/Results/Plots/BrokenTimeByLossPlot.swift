/// Broken time against loss, a line a mechanism: a panel for each content and some round-trip times.
public enum BrokenTimeByLossPlot {
  private struct Panel {
    var title: String
    var lines: [(style: MechanismStyle, points: [Point])]
  }

  private struct Point {
    var loss: Double
    /// In percent.
    var value: Double
    var interval: Interval
  }

  /// - Parameters:
  ///   - sources: what is on screen, as in the files, and how panels name it.
  ///   - roundTrips: in milliseconds; one row of panels each.
  /// - Returns: nil where no mechanism has a figure.
  public static func make(
    _ grid: StudyGrid, name: String, sources: [(name: String, title: String)],
    roundTrips: [Double]
  ) -> Plot? {
    let panels = roundTrips.flatMap { roundTrip in
      sources.map { source in
        Panel(
          title: "\(source.title), RTT \(FigureText.trimmed(roundTrip)) ms",
          lines: grid.styles.map { style in
            (style, points(grid, style, source: source.name, roundTrip: roundTrip))
          })
      }
    }
    let all = panels.flatMap(\.lines).flatMap(\.points)
    guard !all.isEmpty else { return nil }
    let title = "Broken time against packet loss"
    let layout = PlotGrid(
      panels: panels.count, panelHeight: 300, keyEntries: grid.styles.count, keyColumns: 3)
    var script = PlotScript(name: name, title: title, grid: layout)
    // A logarithm has no place for 0.
    addAxes(grid.losses(meanBurst: nil).filter { $0 > 0 }, all, to: &script)
    for (position, panel) in panels.enumerated() {
      script.beginPanel(position, title: panel.title)
      script.addPlot(panel.lines.enumerated().flatMap { add($1, position: $0, to: &script) })
    }
    script.addKey(grid.styles.map { DrawnSample($0, CallSample([])).key })
    return Plot(
      name: name, title: title,
      caption: "Share of call time without the exact, current picture on screen; lower is better. "
        + "Both axes are logarithmic. Bars are 95 % intervals (bootstrap over seeds), moved aside "
        + "a little so that they do not hide each other.",
      alternative: alternative(panels), script: script.text)
  }

  private static func points(
    _ grid: StudyGrid, _ style: MechanismStyle, source: String, roundTrip: Double
  ) -> [Point] {
    grid.losses(meanBurst: nil).filter { $0 > 0 }.compactMap { loss in
      let place = StudyGrid.Place(
        source: source, meanBurst: nil, loss: loss, roundTrip: roundTrip)
      guard case .measured(let value, let interval)? = grid.figures(style.name, at: place)?.broken,
        value > 0
      else { return nil }
      return Point(
        loss: loss, value: value * 100,
        interval: Interval(lower: interval.lower * 100, upper: interval.upper * 100))
    }
  }

  private static func addAxes(_ losses: [Double], _ points: [Point], to script: inout PlotScript) {
    script.add("set xlabel 'packet loss, %'")
    script.add("set ylabel 'broken time, %'")
    script.addLogarithmicAxis("x", values: losses)
    let tics = losses.map {
      "\(PlotScript.quoted(FigureText.trimmed($0))) \(PlotScript.number($0))"
    }
    script.add("set xtics (\(tics.joined(separator: ", ")))")
    script.addLogarithmicAxis("y", values: points.map(\.value))
  }

  /// The parts of a panel's plot that draw one mechanism: bars, and a line over them.
  private static func add(
    _ line: (style: MechanismStyle, points: [Point]), position: Int, to script: inout PlotScript
  ) -> [String] {
    let drawn = DrawnSample(line.style, CallSample([]))
    let rows = line.points.map { point in
      [
        point.loss * (1 + 0.014 * (Double(position) - 2.5)), point.value,
        // A logarithm has no place for 0.
        max(point.interval.lower, 0.001), point.interval.upper,
      ].map(PlotScript.number).joined(separator: " ")
    }
    // A block without points would be an error: the key still names the line.
    let data = script.addData(rows.isEmpty ? ["NaN NaN NaN NaN"] : rows)
    return [
      "\(data) using 1:3:(0):($4-$3) with vectors heads size screen 0.005,90 linewidth 1.2 "
        + "linecolor rgb \(PlotScript.quoted(drawn.colour)) notitle",
      "\(data) using 1:2 with linespoints \(drawn.line) pointtype \(drawn.point) pointsize 0.8 "
        + "notitle",
    ]
  }

  private static func alternative(_ panels: [Panel]) -> String {
    panels.map { panel in
      let lines = panel.lines.map { style, points in
        let values = points.map {
          "\(FigureText.milliseconds($0.value)) % at \(FigureText.trimmed($0.loss)) %"
        }
        return "\(style.title) "
          + (values.isEmpty ? "too few data" : values.joined(separator: ", "))
      }
      return "\(panel.title): " + lines.joined(separator: "; ") + "."
    }.joined(separator: " ")
  }
}
