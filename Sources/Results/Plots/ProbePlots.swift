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
    let panels = Self.panels(group, subject, over: reference, seed: seed)
    guard panels.contains(where: { $0.lines.contains { !$0.points.isEmpty } }) else {
      return omitted("too few seeds for any interval")
    }
    let title = "Mean recovery time over that of \(reference.style.title), the same losses"
    let script = FactorPanel.script(
      name: name, title: title, panels,
      xLabel: ProbeFactor.roundTrip.title, yLabel: "ratio of means", isLogarithmic: true,
      baseline: 1)
    return .plot(
      Plot(
        name: name, title: title,
        caption:
          "Below 1 is faster than \(reference.style.title) after the same losses. Bars are 95 % "
          + "intervals (bootstrap over seeds, both sides of a pair together), moved aside a little so that "
          + "they do not hide each other; each panel has its own scale. All of \(group.description).",
        alternative: FactorPanel.alternative(panels) { FigureText.ratio($0) },
        script: script))
  }

  private static func panels(
    _ group: ProbeGroup, _ subject: ProbeGroup.Entry, over reference: ProbeGroup.Entry, seed: UInt64
  ) -> [FactorPanel] {
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
          title: "\(subject.style.title), by SIP proxies", levels: trips,
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
        levels: trips,
        lines: group.others.map {
          IntervalLine(style: DrawnStyle($0.style), points: ratios($0))
        }))
    return panels
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
    let panels = varied[index].compactMap { panel($0, group, seed: seed) }
    guard !panels.isEmpty else {
      return .omitted(OmittedPlot(name: name, reason: "too few seeds or probes for any interval"))
    }
    let title = "Median recovery time by what is lost, from probes"
    let script = FactorPanel.script(
      name: name, title: title, panels, xLabel: "", yLabel: "recovery time, ms",
      isLogarithmic: false, baseline: nil)
    return .plot(
      Plot(
        name: name, title: title,
        caption:
          "Lower is faster; each panel has its own scale. Bars are 95 % intervals (bootstrap "
          + "over seeds); points are missing where too few probes or seeds are behind them, or half of "
          + "them stayed open. All of \(group.description).",
        alternative: FactorPanel.alternative(panels) { "\(FigureText.milliseconds($0)) ms" },
        script: script))
  }

  /// The values at which some mechanism has a median; nil where there is one at most.
  private static func panel(_ factor: ProbeFactor, _ group: ProbeGroup, seed: UInt64)
    -> FactorPanel?
  {
    let medians = group.levels(factor).map { level in
      (
        level: level,
        medians: group.entries.map { group.sample($0, factor, level).median(seed: seed) }
      )
    }.filter { $0.medians.contains { $0.value?.isFinite == true } }
    guard medians.count > 1 else { return nil }
    let lines = group.entries.enumerated().map { entry, mechanism in
      IntervalLine(
        style: DrawnStyle(mechanism.style),
        points: medians.enumerated().compactMap {
          IntervalLine.Point(Double($0), $1.medians[entry])
        })
    }
    return FactorPanel(title: factor.title, levels: medians.map(\.level), lines: lines)
  }
}
