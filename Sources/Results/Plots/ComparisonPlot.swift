/// What changed, with intervals: a panel a metric, a row a condition.
enum ComparisonPlot {
  static let name = "comparison"

  /// Those that have a panel: of recovery, of what is seen, of quality and of cost.
  private static let metrics: [ComparisonMetric] = [
    .recoveryMedian, .recoveryMean, .brokenRatio, .freezeRatio, .shownPSNR, .bitrate,
  ]

  /// How a verdict is drawn: colour and form.
  private struct Look {
    var title: String
    var verdicts: [ResultComparison.Verdict]
    var colour: String
    var point: Int
  }

  private static let looks = [
    Look(title: "better", verdicts: [.better, .costsLess], colour: "#009e73", point: 7),
    Look(title: "worse", verdicts: [.worse], colour: "#d55e00", point: 5),
    Look(title: "costs more", verdicts: [.costsMore], colour: "#e69f00", point: 9),
    Look(title: "no difference seen", verdicts: [.noDifference], colour: "#6b6b6b", point: 6),
    Look(title: "too few to tell", verdicts: [.tooFew], colour: "#6b6b6b", point: 1),
  ]

  /// A label of more letters than this leaves no room beside a second panel.
  private static let longestBeside = 26

  static func make(_ comparison: ResultComparison) -> PlotOrOmission {
    let sections = comparison.overall + comparison.listed
    let panels = metrics.map { metric in
      (metric: metric, rows: sections.map { $0.lines.first { $0.metric == metric } })
    }.filter { $0.rows.contains { $0?.change.value?.isFinite ?? false } }
    guard !panels.isEmpty else {
      return .omitted(OmittedPlot(name: name, reason: "there are too few data for any change"))
    }
    let labels = sections.map { $0.name + ($0.isOfProbes ? ", probes" : "") }
    let longest = labels.map(\.count).max() ?? 0
    let grid = PlotGrid(
      panels: panels.count, columns: longest > longestBeside ? 1 : 2,
      left: 24 + 6.8 * Double(longest), panelHeight: 24 + 24 * Double(sections.count),
      keyEntries: looks.count, keyColumns: 3)
    let title = "What changed from A to B, by condition"
    var script = PlotScript(name: name, title: title, grid: grid)
    let tics = labels.enumerated().map { "\(PlotScript.quoted($1)) \(labels.count - $0)" }
    script.add("set yrange [0.4:\(labels.count).6]")
    script.add("set ytics scale 0 (\(tics.joined(separator: ", ")))")
    for (position, panel) in panels.enumerated() {
      script.beginPanel(position, title: heading(panel.metric))
      addPanel(panel.metric, panel.rows, to: &script)
    }
    script.addKey(
      looks.map {
        "with points pointtype \($0.point) pointsize 1 linecolor rgb "
          + "\(PlotScript.quoted($0.colour)) title \(PlotScript.quoted($0.title))"
      })
    return .plot(
      Plot(
        name: name, title: title,
        caption:
          "A panel for each metric with a finite change, a row for all calls together and one for each condition of the "
          + "table, with 95 % intervals (bootstrap over seeds). The grey line is no change. A verdict is "
          + "that of the test of all lines together, so that an interval away from the line may have none.",
        alternative: alternative(panels, labels), script: script.text))
  }

  private static func heading(_ metric: ComparisonMetric) -> String {
    switch metric {
    case .recoveryMedian: "Median recovery, B over A: less is better"
    case .recoveryMean: "Mean recovery, B minus A: less is better"
    case .brokenRatio: "Broken time, B minus A: less is better"
    case .freezeRatio: "Time in freezes, B minus A: less is better"
    case .shownPSNR: "PSNR shown, B minus A: more is better"
    case .bitrate: "Media rate, B over A: a cost"
    default: metric.heading
    }
  }

  private static func label(_ metric: ComparisonMetric) -> String {
    switch metric {
    case .recoveryMean: "ms"
    case .brokenRatio, .freezeRatio: "percentage points"
    case .shownPSNR: "dB"
    default: "ratio"
    }
  }

  private static func factor(_ metric: ComparisonMetric) -> Double {
    metric == .brokenRatio || metric == .freezeRatio ? 100 : 1
  }

  private static func addPanel(
    _ metric: ComparisonMetric, _ rows: [ResultComparison.Line?], to script: inout PlotScript
  ) {
    let factor = factor(metric)
    let none = metric.isRatio ? 1.0 : 0
    let values =
      [none]
      + rows.compactMap { $0 }.flatMap { line in
        [line.change.value, line.change.interval?.lower, line.change.interval?.upper]
      }.compactMap { $0 }.filter(\.isFinite).map { $0 * factor }
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let room = max((high - low) * 0.08, metric.isRatio ? 0.01 : 0.05)
    let range = (low: low - room, high: high + room)
    script.add("set xrange [\(PlotScript.number(range.low)):\(PlotScript.number(range.high))]")
    script.add("set xtics autofreq")
    script.add("set xlabel \(PlotScript.quoted(label(metric)))")
    script.add("unset arrow")
    script.add(
      "set arrow from first \(PlotScript.number(none)), graph 0 to first "
        + "\(PlotScript.number(none)), graph 1 nohead linecolor '#444444'")
    var parts: [String] = []
    for look in looks {
      let points = rows.enumerated().compactMap { index, line -> String? in
        guard let line, look.verdicts.contains(line.verdict),
          let value = line.change.value, value.isFinite
        else { return nil }
        let interval = line.change.interval ?? Interval(lower: value, upper: value)
        return [
          value * factor, Double(rows.count - index), max(interval.lower * factor, range.low),
          min(interval.upper * factor, range.high),
        ].map(PlotScript.number).joined(separator: " ")
      }
      guard !points.isEmpty else { continue }
      let data = script.addData(points)
      parts.append(
        "\(data) using 1:2:3:4 with xerrorbars pointtype \(look.point) pointsize 1 linewidth 1.3 "
          + "linecolor rgb \(PlotScript.quoted(look.colour)) notitle")
    }
    script.addPlot(parts)
  }

  private static func alternative(
    _ panels: [(metric: ComparisonMetric, rows: [ResultComparison.Line?])], _ labels: [String]
  ) -> String {
    panels.map { panel in
      let texts = zip(labels, panel.rows).map { label, line in
        line.map { "\(label) \($0.changeText), \($0.verdict.rawValue)" } ?? "\(label) none"
      }
      return "\(panel.metric.words): " + texts.joined(separator: "; ") + "."
    }.joined(separator: " ")
  }
}
