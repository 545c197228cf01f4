import SimulationKernel

/// What one loss does to the picture under every mechanism: PSNR over time.
enum PictureQualityPlot {
  private static let name = "psnr-around-loss"

  private struct Panel {
    var style: MechanismStyle
    var episode: EpisodeRecord
    /// Milliseconds since the loss, PSNR of the shown and of the encoded picture.
    var points: [(time: Double, shown: Double?, encoded: Double?)]
  }

  static func make(_ results: ResultSet, frames: [FrameRow]) -> PlotOrOmission {
    let runs = PlotCatalog.runsWithFramesWanted(results)
    let panels = runs.compactMap { run -> Panel? in
      guard let call = results.calls.first(where: { $0.conditions.run == run }),
        let style = results.mechanisms(of: [call]).first
      else { return nil }
      return panel(style, call, frames.filter { $0.run == run }.map(\.frame))
    }
    guard !panels.isEmpty else {
      let reason =
        runs.isEmpty
        ? "no group one-loss"
        : "\(CSVFile.frames.fileName) has no frame around a loss of these calls"
      return .omitted(OmittedPlot(name: name, reason: reason))
    }
    let title = "Picture quality around one loss"
    let grid = PlotGrid(panels: panels.count, panelHeight: 150, keyEntries: 2, keyColumns: 2)
    var script = PlotScript(name: name, title: title, grid: grid)
    let end = addAxes(panels, to: &script)
    for (position, panel) in panels.enumerated() {
      add(panel, position: position, end: end, to: &script)
    }
    script.addKey([
      "with lines linecolor rgb '#aaaaaa' linewidth 2.5 title 'as encoded'",
      "with linespoints linecolor rgb '#222222' linewidth 1.5 pointtype 7 pointsize 0.25 "
        + "title 'on screen'",
    ])
    let calls = results.calls.filter { runs.contains($0.conditions.run) }
    return .plot(
      Plot(
        name: name, title: title,
        caption:
          "One panel a mechanism, one dot a frame: the PSNR of what was on screen, over that "
          + "of what the encoder made (grey), at playout. The vertical lines are the loss (0) and the repair. "
          + "A panel ends at \(FigureText.milliseconds(end)) ms even where the repair comes later. "
          + "\(ConditionText.describe(calls.map(\.conditions)))."
          + results.undrawnSentence(calls),
        alternative: panels.map(description).joined(separator: " "), script: script.text))
  }

  private static func panel(
    _ style: MechanismStyle, _ call: ResultSet.Call, _ frames: [FrameRecord]
  ) -> Panel? {
    guard let episode = call.episodes.first else { return nil }
    // Every frame is due the same time after its capture; the shown ones tell how long.
    let delays = frames.compactMap { frame in frame.displayed.map { $0 - frame.captured } }.sorted()
    guard !delays.isEmpty else { return nil }
    let delay = delays[delays.count / 2]
    let points = frames.compactMap { frame -> (Double, Double?, Double?)? in
      guard frame.shown != .pending else { return nil }
      let time = (frame.captured + delay - episode.lost).inMilliseconds
      return (time, frame.shownPSNR, frame.encodedPSNR)
    }
    guard points.contains(where: { $0.1 != nil }) else { return nil }
    return Panel(style: style, episode: episode, points: points)
  }

  /// Returns where the time axis ends: behind the last repair that was asked for.
  private static func addAxes(
    _ panels: [Panel], to script: inout PlotScript
  ) -> Double {
    let repaired = panels.filter { !$0.episode.isCensored }
    let asked = repaired.filter { $0.style.name != "none" }
    let longest =
      (asked.isEmpty ? (repaired.isEmpty ? panels : repaired) : asked)
      .map(\.episode.duration.inMilliseconds).max() ?? 0
    let end = longest * 1.25 + 100
    let begin = -max(100, longest * 0.25)
    let values = panels.flatMap { panel in
      panel.points.filter { $0.time >= begin && $0.time <= end }.flatMap { [$0.shown, $0.encoded] }
    }.compactMap { $0 }
    script.add("set xlabel 'time since the loss, ms'")
    script.add("set ylabel 'PSNR, dB'")
    script.add("set xrange [\(PlotScript.number(begin)):\(PlotScript.number(end))]")
    script.add(
      "set yrange [\(PlotScript.number((values.min() ?? 20) - 1)):"
        + "\(PlotScript.number((values.max() ?? 40) + 1))]")
    return end
  }

  private static func add(
    _ panel: Panel, position: Int, end: Double, to script: inout PlotScript
  ) {
    script.beginPanel(position, title: title(panel))
    script.add("unset arrow")
    let length = panel.episode.duration.inMilliseconds
    for time in [0.0, length] where time <= end && (time == 0 || !panel.episode.isCensored) {
      script.add(
        "set arrow from \(PlotScript.number(time)), graph 0 to \(PlotScript.number(time)), graph 1 "
          + "nohead dashtype (4,4) linewidth 1 linecolor rgb '#444444'")
    }
    func text(_ value: Double?) -> String { value.map(PlotScript.number) ?? "NaN" }
    let data = script.addData(
      panel.points.filter { $0.time <= end * 1.1 && $0.time >= -end }
        .map { "\(PlotScript.number($0.time)) \(text($0.shown)) \(text($0.encoded))" })
    script.addPlot([
      "\(data) using 1:3 with lines linecolor rgb '#aaaaaa' linewidth 2.5 notitle",
      "\(data) using 1:2 with linespoints linecolor rgb \(PlotScript.quoted(panel.style.colour)) "
        + "linewidth 1.5 pointtype 7 pointsize 0.25 notitle",
    ])
  }

  private static func title(_ panel: Panel) -> String {
    let length = FigureText.milliseconds(panel.episode.duration.inMilliseconds)
    return panel.episode.isCensored
      ? "\(panel.style.title): not within the call"
      : "\(panel.style.title): repaired after \(length) ms"
  }

  private static func description(_ panel: Panel) -> String {
    let lowest = panel.points.compactMap(\.shown).min()
    return title(panel)
      + (lowest.map { ", lowest PSNR \(FixedPoint.text($0, decimals: 1)) dB" } ?? "") + "."
  }
}
