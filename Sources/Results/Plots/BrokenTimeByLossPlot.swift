/// Broken time against loss, a line a mechanism: a panel for each content and some round-trip times.
public enum BrokenTimeByLossPlot {
  private struct Panel {
    var title: String
    /// Percent of the time at percent of loss.
    var lines: [(style: MechanismStyle, points: [IntervalLine.Point])]
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
      let lines = panel.lines.map { IntervalLine(style: DrawnStyle($0.style), points: $0.points) }
      script.addPlot(IntervalLine.parts(lines, range: (0, 0), isLogarithmic: true, to: &script))
    }
    script.addKey(grid.styles.map { DrawnStyle($0).key })
    return Plot(
      name: name, title: title,
      caption: "Share of call time without the exact, current picture on screen; lower is better. "
        + "Both axes are logarithmic. Bars are 95 % intervals (bootstrap over seeds), moved aside "
        + "a little so that they do not hide each other.",
      alternative: alternative(panels), script: script.text)
  }

  private static func points(
    _ grid: StudyGrid, _ style: MechanismStyle, source: String, roundTrip: Double
  ) -> [IntervalLine.Point] {
    grid.losses(meanBurst: nil).filter { $0 > 0 }.compactMap { loss in
      let place = StudyGrid.Place(
        source: source, meanBurst: nil, loss: loss, roundTrip: roundTrip)
      guard case .measured(let value, let interval)? = grid.figures(style.name, at: place)?.broken,
        value > 0
      else { return nil }
      // A logarithm has no place for 0.
      let ends = Interval(lower: max(interval.lower * 100, 0.001), upper: interval.upper * 100)
      return IntervalLine.Point(loss, .measured(value * 100, ends))
    }
  }

  private static func addAxes(
    _ losses: [Double], _ points: [IntervalLine.Point], to script: inout PlotScript
  ) {
    script.add("set xlabel 'packet loss, %'")
    script.add("set ylabel 'broken time, %'")
    script.addLogarithmicAxis("x", values: losses)
    let tics = losses.map {
      "\(PlotScript.quoted(FigureText.trimmed($0))) \(PlotScript.number($0))"
    }
    script.add("set xtics (\(tics.joined(separator: ", ")))")
    script.addLogarithmicAxis("y", values: points.map(\.value))
  }

  private static func alternative(_ panels: [Panel]) -> String {
    panels.map { panel in
      let lines = panel.lines.map { style, points in
        let values = points.map {
          "\(FigureText.milliseconds($0.value)) % at \(FigureText.trimmed($0.x)) %"
        }
        return "\(style.title) "
          + (values.isEmpty ? "too few data" : values.joined(separator: ", "))
      }
      return "\(panel.title): " + lines.joined(separator: "; ") + "."
    }.joined(separator: " ")
  }
}
