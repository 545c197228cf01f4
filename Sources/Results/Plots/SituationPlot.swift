/// Recovery and freezes by situation, a point for each mechanism: the networks of a plan beside each other.
enum SituationPlot {
  private static let name = "recovery-by-situation"
  /// Situations stand one below the other, mechanisms within one this far apart.
  private static let spread = 0.62

  private struct Point {
    var row: Double
    var value: Double
    var interval: Interval?
    /// How many calls it stands for.
    var calls: Int
  }

  private struct Panel {
    var title: String
    var label: String
    var isLogarithmic: Bool
    var lines: [(style: DrawnStyle, points: [Point])]
  }

  /// What stands below each other, and what is told apart in each row.
  struct Layout {
    var name: String
    var title: String
    var rows: [String]
    var series: [Series]
    /// The caption's first words, and its last sentence.
    var introduction: String
    var end: String
  }

  struct Series {
    var style: DrawnStyle
    /// Of a row.
    var calls: (String) -> [ResultSet.Call]
  }

  static func make(_ results: ResultSet, seed: UInt64) -> PlotOrOmission {
    guard let (situations, calls) = group(results) else {
      return .omitted(
        OmittedPlot(name: name, reason: "no group has all its mechanisms in several situations"))
    }
    let layout = Layout(
      name: name, title: "Recovery and freezes by situation", rows: situations,
      series: results.mechanisms(of: calls).map { style in
        Series(style: DrawnStyle(style)) { situation in
          calls.filter {
            $0.conditions.situation == situation && $0.conditions.mechanism == style.name
          }
        }
      }, introduction: "A point for each mechanism in each situation",
      end: "Group \(calls[0].conditions.group).")
    return plot(layout, seed: seed)
  }

  static func plot(_ layout: Layout, seed: UInt64) -> PlotOrOmission {
    func lines(_ value: (CallSample) -> (Double, Interval?)?) -> [(DrawnStyle, [Point])] {
      layout.series.enumerated().map { position, series in
        let points = layout.rows.enumerated().compactMap { index, row -> Point? in
          let sample = CallSample(series.calls(row))
          guard let (value, interval) = value(sample) else { return nil }
          let offset = (Double(position) + 0.5) / Double(layout.series.count) - 0.5
          return Point(
            row: Double(layout.rows.count - index) - offset * spread, value: value,
            interval: interval, calls: sample.calls.count)
        }
        return (series.style, points)
      }
    }
    let panels = [
      Panel(
        title: "Median recovery", label: "ms", isLogarithmic: true,
        lines: lines { median($0, seed: seed) }),
      Panel(
        title: "Frozen by libwebrtc's rule", label: "% of the call", isLogarithmic: false,
        lines: lines { frozen($0, seed: seed) }),
    ]
    guard panels[0].lines.contains(where: { !$0.points.isEmpty }) else {
      return .omitted(
        OmittedPlot(name: layout.name, reason: "no episode was repaired, or too few to tell"))
    }
    return .plot(draw(panels, layout))
  }

  /// The first group each of whose mechanisms has calls in each of its situations.
  private static func group(_ results: ResultSet) -> ([String], [ResultSet.Call])? {
    for group in results.groups {
      let calls = results.calls(in: group)
      let situations = ResultSet.distinct(calls.compactMap(\.conditions.situation))
      let mechanisms = ResultSet.distinct(calls.map(\.conditions.mechanism))
      guard situations.count > 1, mechanisms.count > 1 else { continue }
      var pairs: Set<[String]> = []
      for call in calls {
        pairs.insert([call.conditions.situation ?? "", call.conditions.mechanism])
      }
      if pairs.count == situations.count * mechanisms.count { return (situations, calls) }
    }
    return nil
  }

  private static func median(_ sample: CallSample, seed: UInt64) -> (Double, Interval?)? {
    guard case .measured(let value, let interval) = sample.recovery(0.5, seed: seed),
      value.isFinite, value > 0
    else { return nil }
    return (value, interval.upper.isFinite ? interval : nil)
  }

  private static func frozen(_ sample: CallSample, seed: UInt64) -> (Double, Interval?)? {
    guard case .measured(let value, let interval) = sample.freezeShare(seed: seed) else {
      return nil
    }
    // Where no call was frozen, the interval is that of calls that are, not of time: the caption tells.
    guard value > 0 else { return (0, nil) }
    return (value * 100, Interval(lower: interval.lower * 100, upper: interval.upper * 100))
  }

  // MARK: Drawing

  private static func draw(_ panels: [Panel], _ layout: Layout) -> Plot {
    let rows = layout.rows
    let longest = rows.map(\.count).max() ?? 0
    let grid = PlotGrid(
      panels: panels.count, left: 24 + 6.5 * Double(longest),
      panelHeight: 34 * Double(max(2, rows.count)), keyEntries: layout.series.count, keyColumns: 4)
    var script = PlotScript(name: layout.name, title: layout.title, grid: grid)
    let tics = rows.enumerated().map { "\(PlotScript.quoted($1)) \(rows.count - $0)" }
    script.add("set yrange [0.4:\(rows.count).6]")
    script.add("set ytics scale 0 (\(tics.joined(separator: ", ")))")
    for (position, panel) in panels.enumerated() {
      script.beginPanel(position, title: panel.title)
      script.add("set xlabel \(PlotScript.quoted(panel.label))")
      addAxis(panel, to: &script)
      script.addPlot(panel.lines.flatMap { parts($0.style, $0.points, in: &script) })
    }
    script.addKey(
      layout.series.map(\.style).map { style in
        "with points pointtype \(style.point) pointsize 0.9 linecolor rgb "
          + "\(PlotScript.quoted(style.colour)) title \(PlotScript.quoted(style.title))"
      })
    return Plot(
      name: layout.name, title: layout.title,
      caption: "\(layout.introduction), with 95 % intervals (bootstrap over "
        + "calls); further left is better. Points are missing where there are too few episodes. "
        + unfrozen(panels[1]) + layout.end,
      alternative: alternative(panels, rows), script: script.text)
  }

  /// What points at 0 mean, where there are any: none of the calls, of which some would be frozen.
  private static func unfrozen(_ panel: Panel) -> String {
    let counts = panel.lines.flatMap(\.points).filter { $0.value == 0 }.map(\.calls)
    guard let least = counts.min(), let most = counts.max(),
      let bound = Bootstrap.unanimous(0, clusters: least)
    else { return "" }
    let range = least == most ? "\(least)" : "\(least) to \(most)"
    let share = Int((bound.upper * 100).rounded(.up))
    return "At 0 without a bar: frozen in none of \(range) calls, which leaves open whether up to "
      + "\(share) % of all calls are. "
  }

  private static func addAxis(_ panel: Panel, to script: inout PlotScript) {
    let points = panel.lines.flatMap(\.points)
    if panel.isLogarithmic {
      script.addLogarithmicAxis("x", values: points.map(\.value))
    } else {
      let most = points.map { $0.interval?.upper ?? $0.value }.max() ?? 1
      script.add("unset logscale x\nset xtics autofreq")
      script.add("set xrange [0:\(PlotScript.number(max(1, most * 1.05)))]")
    }
  }

  private static func parts(
    _ style: DrawnStyle, _ points: [Point], in script: inout PlotScript
  ) -> [String] {
    // A block without points would be an error: the key still names the mechanism.
    let rows = points.map { point in
      let interval = point.interval ?? Interval(lower: point.value, upper: point.value)
      return [point.value, point.row, max(interval.lower, 0.001), max(interval.upper, 0.001)]
        .map(PlotScript.number).joined(separator: " ")
    }
    let data = script.addData(rows.isEmpty ? ["NaN NaN NaN NaN"] : rows)
    return [
      "\(data) using 1:2:3:4 with xerrorbars pointtype \(style.point) pointsize 0.9 linewidth 1.2 "
        + "linecolor rgb \(PlotScript.quoted(style.colour)) notitle"
    ]
  }

  private static func alternative(_ panels: [Panel], _ situations: [String]) -> String {
    panels.map { panel in
      let unit = panel.isLogarithmic ? "ms" : "%"
      let lines = panel.lines.map { style, points in
        let values = points.map { point in
          let index = situations.count - Int(point.row.rounded())
          let value = "\(situations[index]) \(FigureText.milliseconds(point.value)) \(unit)"
          return point.value == 0 ? value + " (none of \(point.calls) calls)" : value
        }
        return "\(style.title): "
          + (values.isEmpty ? "too few data" : values.joined(separator: ", "))
      }
      return "\(panel.title). " + lines.joined(separator: "; ") + "."
    }.joined(separator: " ")
  }
}
