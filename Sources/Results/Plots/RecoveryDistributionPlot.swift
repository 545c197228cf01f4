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
    let styles = results.mechanisms(of: calls)
    let grid = PlotGrid(
      panels: panels.count, panelHeight: panels.count == 1 ? 340 : 260, keyEntries: styles.count,
      keyColumns: 3)
    var script = PlotScript(name: name, title: title, grid: grid)
    script.addLogarithmicAxis("x", values: times)
    script.add("set yrange [0:100]\nset ytics 0,25,100")
    script.add("set xlabel 'time since the first lost packet, ms'")
    script.add("set ylabel 'repaired, %'")
    for (position, panel) in panels.enumerated() {
      script.beginPanel(position, title: panel.title)
      addCurves(results, panel.calls, seed: seed, to: &script)
    }
    script.addKey(
      samples(results, calls).map {
        "with lines \($0.line) title \(PlotScript.quoted($0.title))"
      })
    let networks = ConditionText.describe(calls.map(\.conditions))
    return .plot(
      Plot(
        name: name, title: title,
        caption: "Each line tells for every time which share of the damage episodes was repaired "
          + "by then; further left is faster. Points on the 50 % line are medians with their 95 % "
          + "intervals. Episodes open at a call's end count as censored (Kaplan-Meier), so a line "
          + "may end below 100 %. Group \(group): \(networks).",
        alternative: alternative(results, panels, seed: seed), script: script.text))
  }

  /// Up to four values of the round-trip time, or all calls together.
  private static func panels(
    _ calls: [ResultSet.Call]
  ) -> [(title: String, calls: [ResultSet.Call])] {
    let axis = NetworkAxis.roundTrip
    let values = axis.values(of: calls)
    guard values.count <= 4 else { return [("all round-trip times", calls)] }
    return values.map { value in
      (
        "round-trip time \(axis.label(value))",
        calls.filter { axis.value(of: $0.conditions) == value }
      )
    }
  }

  private static func samples(
    _ results: ResultSet, _ calls: [ResultSet.Call]
  ) -> [DrawnSample] {
    results.mechanisms(of: calls).map { style in
      DrawnSample(style, CallSample(calls.filter { $0.conditions.mechanism == style.name }))
    }
  }

  private static func addCurves(
    _ results: ResultSet, _ calls: [ResultSet.Call], seed: UInt64, to script: inout PlotScript
  ) {
    var parts: [String] = []
    var medians: [String] = []
    for drawn in samples(results, calls) {
      let steps = drawn.sample.curve.steps
      var lines = ["0.001 0"]
      var last = 1.0
      for (position, step) in steps.enumerated()
      where last - step.surviving >= leastFall || position == steps.count - 1 {
        lines.append("\(PlotScript.number(step.time)) \(percent(1 - step.surviving))")
        last = step.surviving
      }
      // On to the edge: behind the last repair nothing changes.
      lines.append("1000000000 \(percent(1 - last))")
      let data = script.addData(lines)
      parts.append(
        "\(data) using 1:2 with steps \(drawn.line) notitle")
      guard case .measured(let value, let interval) = drawn.sample.recovery(0.5, seed: seed),
        value.isFinite
      else { continue }
      let point = script.addData([
        "\(PlotScript.number(value)) 50 \(PlotScript.number(interval.lower)) "
          + PlotScript.number(min(interval.upper, 1e9))
      ])
      let colour = "linecolor rgb \(PlotScript.quoted(drawn.colour))"
      medians.append(
        "\(point) using 3:2:($4-$3):(0) with vectors heads size screen 0.005,90 linewidth 1.5 "
          + "\(colour) notitle")
      medians.append(
        "\(point) using 1:2 with points pointtype \(drawn.point) pointsize 0.8 \(colour) notitle")
    }
    script.addPlot(parts + medians)
  }

  private static func percent(_ share: Double) -> String {
    FixedPoint.text(share * 100, decimals: 2)
  }

  private static func alternative(
    _ results: ResultSet, _ panels: [(title: String, calls: [ResultSet.Call])], seed: UInt64
  ) -> String {
    panels.map { panel in
      let medians = samples(results, panel.calls).map { drawn in
        let median = drawn.sample.curve.quantile(0.5).map(FigureText.milliseconds)
        return "\(drawn.title) \(median.map { $0 + " ms" } ?? "not reached")"
      }
      return "Medians at \(panel.title): " + medians.joined(separator: ", ") + "."
    }.joined(separator: " ")
  }
}
