/// The plots of a validation, the candidate beside the baseline where there is one.
enum ValidationPlots {
  private static let distributionName = "recovery-distribution-by-network"
  private static let rowsName = "recovery-by-network"

  /// Of all plots, for removing drawings.
  static let names = [
    VerdictPlot.name, CausePlots.networkName, distributionName, rowsName,
  ]

  static func all(_ verdicts: Verdicts, _ cells: ValidationCells, seed: UInt64) -> [PlotOrOmission]
  {
    [
      VerdictPlot.make(verdicts), CausePlots.byNetwork(cells), distribution(cells, seed: seed),
      rows(cells, seed: seed),
    ]
  }

  private static func distribution(_ cells: ValidationCells, seed: UInt64) -> PlotOrOmission {
    let times = cells.all.flatMap(\.calls).flatMap { call in
      call.episodes.filter { !$0.isCensored }.map(\.duration.inMilliseconds)
    }
    guard !times.isEmpty else {
      return .omitted(OmittedPlot(name: distributionName, reason: "no episode was repaired"))
    }
    let panels = cells.networks.compactMap { network -> DistributionCurves.Panel? in
      let curves = cells.sides.compactMap { side -> DistributionCurve? in
        let sample = cells.sample(network, side)
        guard sample.episodes > 0 else { return nil }
        return DistributionCurve(
          style: side.style, curve: sample.curve, median: sample.recovery(0.5, seed: seed))
      }
      return curves.isEmpty ? nil : DistributionCurves.Panel(title: network, curves: curves)
    }
    let title = "Share of pictures repaired within a time, by network"
    return .plot(
      Plot(
        name: distributionName, title: title,
        caption:
          "The line tells for every time which share of the damage episodes was repaired by then; "
          + "further left is faster. Below are the medians with their 95 % intervals, with an arrow where "
          + "an interval has no upper end or leaves the plot. Episodes open at a call's end count as "
          + "censored (Kaplan-Meier), so a line may end below 100 %.",
        alternative: panels.map { panel in
          let medians = panel.curves.map { drawn in
            let median = drawn.curve.quantile(0.5).map { FigureText.milliseconds($0) + " ms" }
            return "\(drawn.style.title) \(median ?? "not reached")"
          }
          return "Medians on \(panel.title): \(medians.joined(separator: ", "))."
        }.joined(separator: " "),
        script: DistributionCurves.script(
          name: distributionName, title: title, panels, styles: cells.sides.map(\.style),
          times: times)))
  }

  private static func rows(_ cells: ValidationCells, seed: UInt64) -> PlotOrOmission {
    SituationPlot.plot(
      SituationPlot.Layout(
        name: rowsName, title: "Recovery and freezes by network", rows: cells.networks,
        series: cells.sides.map { side in
          SituationPlot.Series(style: side.style) { cells.calls($0, side) }
        }, introduction: "A row for each network", end: ""), seed: seed)
  }
}
