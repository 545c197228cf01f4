/// The distribution of recovery times from probes: 1 - Kaplan-Meier by mechanism.
enum ProbeDistributionPlot {
  private static let name = "probe-distribution"

  static func make(_ results: ResultSet, seed: UInt64) -> PlotOrOmission {
    guard let group = ProbeGroup.all(results.probes, seed: seed).first else {
      return .omitted(OmittedPlot(name: name, reason: "no probe was followed"))
    }
    let repaired = group.entries.flatMap(\.calls).flatMap(\.followed).filter { !$0.isCensored }
    guard !repaired.isEmpty else {
      return .omitted(OmittedPlot(name: name, reason: "no probe was repaired before its horizon"))
    }
    let panels = panels(group)
    let title = "Share of losses repaired within a time, from probes"
    let script = DistributionCurves.script(
      name: name, title: title, panels, styles: group.entries.map { DrawnStyle($0.style) },
      times: repaired.map(\.duration.inMilliseconds))
    return .plot(
      Plot(
        name: name, title: title,
        caption: "Each line tells for every time which share of the probes was repaired by then; "
          + "further left is faster. All mechanisms met the same losses. Below are the medians with their "
          + "95 % intervals (bootstrap over seeds), with an arrow where an interval has no upper end. "
          + "Probes open at the horizon count as censored (Kaplan-Meier), so a line may end below 100 %. "
          + "All of \(group.description).",
        alternative: alternative(panels), script: script))
  }

  /// Up to four values of the round-trip time, or all probes together.
  private static func panels(_ group: ProbeGroup) -> [DistributionCurves.Panel] {
    func panel(_ title: String, _ sample: (ProbeGroup.Entry) -> ProbeSample)
      -> DistributionCurves.Panel
    {
      let curves = group.entries.compactMap { entry -> DistributionCurve? in
        let sample = sample(entry)
        guard sample.count > 0 else { return nil }
        return DistributionCurve(
          style: DrawnStyle(entry.style), curve: sample.curve,
          median: sample.median(seed: group.seed))
      }
      return DistributionCurves.Panel(title: title, curves: curves)
    }
    let trips = group.levels(.roundTrip)
    guard trips.count <= 4 else { return [panel("all round-trip times") { $0.sample }] }
    return trips.map { trip in
      panel("round-trip time \(trip.label) ms") { group.sample($0, .roundTrip, trip) }
    }
  }

  private static func alternative(_ panels: [DistributionCurves.Panel]) -> String {
    panels.map { panel in
      let medians = panel.curves.map { curve in
        let median = curve.curve.quantile(0.5).map(FigureText.milliseconds)
        return "\(curve.style.title) \(median.map { $0 + " ms" } ?? "not reached")"
      }
      return "Medians at \(panel.title): " + medians.joined(separator: ", ") + "."
    }.joined(separator: " ")
  }
}

/// Paired ratios of mean recovery times against the round-trip time, by the number of proxies and by
/// mechanism.
enum ProbeRatioPlot {
  private static let name = "probe-ratio"

  static func make(_ results: ResultSet, seed: UInt64) -> PlotOrOmission {
    func omitted(_ reason: String) -> PlotOrOmission {
      .omitted(OmittedPlot(name: name, reason: reason))
    }
    guard let group = ProbeGroup.all(results.probes, seed: seed).first else {
      return omitted("no probe was followed")
    }
    guard let reference = group.reference, let subject = group.subject else {
      return omitted("probes of one mechanism have nothing to be compared with")
    }
    let trips = group.levels(.roundTrip, of: subject)
    func ratios(
      _ entry: ProbeGroup.Entry, at place: [(factor: ProbeFactor, level: ProbeFactor.Level)] = []
    ) -> [IntervalLine.Point] {
      trips.compactMap { trip in
        let pairs = group.pairs(entry, at: place + [(.roundTrip, trip)])
        return IntervalLine.Point(trip.order, pairs.meanRatio(seed: seed))
      }
    }
    var panels: [FactorPanel] = []
    let proxies = group.levels(.proxies, of: subject)
    if proxies.count > 1 {
      panels.append(
        FactorPanel(
          title: "\(subject.style.title), by SIP proxies",
          lines: proxies.enumerated().map { position, count in
            IntervalLine(
              style: .road(
                "\(subject.style.title) over \(reference.style.title): \(count.title)",
                position: position),
              points: ratios(subject, at: [(.proxies, count)]))
          }))
    }
    panels.append(
      FactorPanel(
        title: proxies.count > 1 ? "all mechanisms, over all numbers of proxies" : "all mechanisms",
        lines: group.others.map {
          IntervalLine(style: DrawnStyle($0.style), points: ratios($0))
        }))
    guard panels.contains(where: { $0.lines.contains { !$0.points.isEmpty } }) else {
      return omitted("too few seeds for any interval")
    }
    let title = "Mean recovery time over that of \(reference.style.title), the same losses"
    let script = FactorPanel.script(
      name: name, title: title, panels, levels: panels.map { _ in trips },
      xLabel: ProbeFactor.roundTrip.title, yLabel: "ratio of means", isLogarithmic: true,
      baseline: 1)
    return .plot(
      Plot(
        name: name, title: title,
        caption:
          "Below 1 is faster than \(reference.style.title) after the same losses. Bars are 95 % "
          + "intervals (bootstrap over seeds, both sides of a pair together), moved aside a little so that "
          + "they do not hide each other. All of \(group.description).",
        alternative: FactorPanel.alternative(panels, trips) { FigureText.ratio($0) },
        script: script))
  }
}

/// Median recovery by what is lost: the kind of frame, how many packets, which one first.
enum ProbeLossPlot {
  private static let name = "probe-recovery-by-loss"

  static func make(_ results: ResultSet, seed: UInt64) -> PlotOrOmission {
    let groups = ProbeGroup.all(results.probes, seed: seed)
    let factors: [ProbeFactor] = [.packets, .kind, .position]
    // The first group that varies most of these.
    let varied = groups.map { group in factors.filter { group.levels($0).count > 1 } }
    let most = varied.map(\.count).max() ?? 0
    guard most > 0, let index = varied.firstIndex(where: { $0.count == most }) else {
      return .omitted(
        OmittedPlot(
          name: name, reason: "no group's probes differ in packets, kind of frame or position"))
    }
    let group = groups[index]
    let levels = varied[index].map { group.levels($0) }
    let panels = zip(varied[index], levels).map { factor, levels in
      FactorPanel(
        title: factor.title,
        lines: group.entries.map { entry in
          IntervalLine(
            style: DrawnStyle(entry.style),
            points: levels.enumerated().compactMap { position, level in
              IntervalLine.Point(
                Double(position), group.sample(entry, factor, level).median(seed: seed))
            })
        })
    }
    guard panels.contains(where: { $0.lines.contains { !$0.points.isEmpty } }) else {
      return .omitted(OmittedPlot(name: name, reason: "too few seeds or probes for any interval"))
    }
    let title = "Median recovery time by what is lost, from probes"
    let script = FactorPanel.script(
      name: name, title: title, panels, levels: levels, xLabel: "", yLabel: "recovery time, ms",
      isLogarithmic: false, baseline: nil)
    return .plot(
      Plot(
        name: name, title: title,
        caption:
          "Lower is faster. Bars are 95 % intervals (bootstrap over seeds); points are missing "
          + "where too few probes or seeds are behind them, or half of them stayed open. All of "
          + "\(group.description).",
        alternative: zip(panels, levels).map { panel, levels in
          FactorPanel.alternative([panel], levels) { "\(FigureText.milliseconds($0)) ms" }
        }.joined(separator: " "), script: script))
  }
}

/// Lines over the values of a factor.
struct FactorPanel {
  var title: String
  var lines: [IntervalLine]

  /// - Parameters:
  ///   - levels: of each panel; on a logarithmic x axis at their order, otherwise side by side.
  ///   - baseline: a horizontal line.
  static func script(
    name: String, title: String, _ panels: [FactorPanel], levels: [[ProbeFactor.Level]],
    xLabel: String, yLabel: String, isLogarithmic: Bool, baseline: Double?
  ) -> String {
    let keys = ResultSet.distinct(panels.flatMap(\.lines).map(\.style.key))
    let grid = PlotGrid(
      panels: panels.count, panelHeight: panels.count == 1 ? 380 : 320, keyEntries: keys.count,
      keyColumns: 3)
    var script = PlotScript(name: name, title: title, grid: grid)
    script.add("set xlabel \(PlotScript.quoted(xLabel))")
    script.add("set ylabel \(PlotScript.quoted(yLabel))")
    let points = panels.flatMap(\.lines).flatMap(\.points)
    script.addLogarithmicAxis(
      "y",
      values: points.flatMap { [$0.value, $0.interval.lower, $0.interval.upper] }
        + [baseline].compactMap { $0 })
    if let baseline {
      let height = PlotScript.number(baseline)
      script.add(
        "set arrow from graph 0, first \(height) to graph 1, first \(height) nohead "
          + "linecolor '#444444' dashtype (4,4)")
    }
    for (position, panel) in panels.enumerated() {
      script.beginPanel(position, title: panel.title)
      let range = addAxis(levels[position], isLogarithmic: isLogarithmic, to: &script)
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
    _ panels: [FactorPanel], _ levels: [ProbeFactor.Level], _ figure: (Double) -> String
  ) -> String {
    panels.map { panel in
      let texts = panel.lines.map { line in
        let values = line.points.map { figure($0.value) }
        return "\(line.style.title) "
          + (values.isEmpty ? "too few data" : values.joined(separator: ", "))
      }
      return "\(panel.title) (\(levels.map(\.label).joined(separator: ", "))): "
        + texts.joined(separator: "; ") + "."
    }.joined(separator: " ")
  }
}
