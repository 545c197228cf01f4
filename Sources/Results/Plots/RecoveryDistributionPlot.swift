/// The distribution of recovery times: 1 - Kaplan-Meier by mechanism.
enum RecoveryDistributionPlot {
  private static let name = "recovery-distribution"

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
    let script = DistributionCurves.script(
      name: name, title: title,
      panels.map { panel in
        DistributionCurves.Panel(
          title: panel.title,
          curves: results.drawnSamples(of: panel.calls).map { sample in
            DistributionCurve(
              style: sample.style, curve: sample.sample.curve,
              median: sample.sample.recovery(0.5, seed: seed))
          })
      }, styles: drawn.map(\.style), times: times)
    let networks = ConditionText.describe(calls.map(\.conditions))
    return .plot(
      Plot(
        name: name, title: title,
        caption: "Each line tells for every time which share of the damage episodes was repaired "
          + "by then; further left is faster. Where lines lie on one another, the wider one shows "
          + "at the edges of the narrower, and each has its symbol at a height of its own. Below "
          + "are the medians with their 95 % intervals, with an arrow where an interval has no "
          + "upper end or leaves the plot. Episodes open at a call's end count as censored "
          + "(Kaplan-Meier), so a line may end below 100 %.\(results.undrawnSentence(calls)) Group \(group): \(networks).",
        alternative: alternative(results, panels, seed: seed), script: script))
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
