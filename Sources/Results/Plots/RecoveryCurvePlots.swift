/// Recovery time against a condition of the network or the signalling path.
enum RecoveryCurvePlots {
  /// Lines over a common axis.
  private struct Panel {
    var title: String
    var quantile: Double
    var lines: [DrawnSample]
    /// Drawn as a flat line with a band.
    var level: DrawnSample?
  }

  static func byRoundTrip(_ results: ResultSet, seed: UInt64) -> PlotOrOmission {
    let name = "recovery-by-rtt"
    guard let calls = results.group(varying: NetworkAxis.roundTrip.value) else {
      return .omitted(OmittedPlot(name: name, reason: "no group varies the round-trip time"))
    }
    let lines = results.drawnSamples(of: calls)
    return make(
      results, name: name, title: "Recovery time against round-trip time", axis: .roundTrip,
      xLabel: "round-trip time, ms", isLogarithmic: true,
      [
        Panel(title: "median (p50)", quantile: 0.5, lines: lines),
        Panel(title: "95th percentile (p95)", quantile: 0.95, lines: lines),
      ], calls, seed: seed)
  }

  static func byLoss(_ results: ResultSet, seed: UInt64) -> PlotOrOmission {
    let name = "recovery-by-loss"
    guard let calls = results.group(varying: NetworkAxis.loss.value) else {
      return .omitted(OmittedPlot(name: name, reason: "no group varies the loss rate"))
    }
    let bursts = ResultSet.distinct(ResultSet.damaged(calls).map(\.conditions.meanBurst))
      .sorted { ($0?.nanoseconds ?? 0) < ($1?.nanoseconds ?? 0) }
    let panels = bursts.map { burst in
      Panel(
        title: burst.map { "bursts of \(FigureText.trimmed($0.inMilliseconds)) ms on average" }
          ?? "independent losses",
        quantile: 0.5,
        lines: results.drawnSamples(of: calls.filter { $0.conditions.meanBurst == burst }))
    }
    return make(
      results, name: name, title: "Median recovery time against packet loss", axis: .loss,
      xLabel: "packet loss, %", isLogarithmic: true, panels, calls, seed: seed)
  }

  static func byProxies(_ results: ResultSet, seed: UInt64) -> PlotOrOmission {
    let name = "recovery-by-proxies"
    guard let group = results.group(varying: NetworkAxis.proxies.value) else {
      return .omitted(OmittedPlot(name: name, reason: "no group varies the number of proxies"))
    }
    let calls = group.filter { $0.conditions.proxies != nil }
    let shown = ResultSet.damaged(calls)
    let roads = ResultSet.distinct(shown.map { Road($0.conditions) }).sorted()
    let hasPlacements = ResultSet.distinct(roads.map(\.placement)).count > 1
    let hasStates = ResultSet.distinct(roads.compactMap(\.connection)).count > 1
    let panels = NetworkAxis.roundTrip.values(of: shown).map { trip -> Panel in
      let own = calls.filter { NetworkAxis.roundTrip.value(of: $0.conditions) == trip }
      let lines = roads.enumerated().map { position, road in
        road.drawn(
          position, namesPlacement: hasPlacements, namesState: hasStates,
          own.filter { Road($0.conditions) == road })
      }
      return Panel(
        title: "round-trip time \(NetworkAxis.roundTrip.label(trip))", quantile: 0.5,
        lines: lines.filter { $0.sample.episodes > 0 },
        level: reference(results, sameNetworkAs: own))
    }
    return make(
      results, name: name, title: "Median recovery by SIP INFO against the number of proxies",
      axis: .proxies, xLabel: "SIP proxies", isLogarithmic: false, panels, calls, seed: seed)
  }

  /// What carries SIP, and what goes beside it, which makes a line of its own.
  private struct Road: Hashable, Comparable {
    var mechanism: String
    var transport: String
    var placement: String
    var connection: String?

    init(_ conditions: CallConditions) {
      mechanism = conditions.mechanism
      transport = conditions.transport ?? ""
      placement = conditions.placement ?? ""
      connection = conditions.connection
    }

    static func < (a: Self, b: Self) -> Bool {
      func key(_ road: Self) -> (String, String, String, Int) {
        (
          road.mechanism, road.placement, road.transport,
          ConditionText.rank(connection: road.connection)
        )
      }
      return key(a) < key(b)
    }

    func drawn(
      _ position: Int, namesPlacement: Bool, namesState: Bool, _ calls: [ResultSet.Call]
    ) -> DrawnSample {
      let place = namesPlacement && !placement.isEmpty ? ", \(placement)" : ""
      let state = namesState ? ConditionText.state(connection) : ""
      let asking = MechanismStyle.title(of: mechanism)
      return DrawnSample(
        .road(
          "\(asking) over \(ConditionText.transport(transport))\(state)\(place)",
          position: position), CallSample(calls))
    }
  }

  /// PLI's calls of any group on the networks of `calls`.
  private static func reference(
    _ results: ResultSet, sameNetworkAs calls: [ResultSet.Call]
  ) -> DrawnSample? {
    let own = calls.map(\.conditions)
    let matches = results.calls.filter { call in
      let other = call.conditions
      return other.mechanism == "pli"
        && own.contains {
          $0.roundTrip == other.roundTrip && $0.lossRate == other.lossRate
            && $0.meanBurst == other.meanBurst && $0.source == other.source
            && $0.relayRoundTrip == other.relayRoundTrip && $0.relayLossRate == other.relayLossRate
        }
    }
    // One group only: the same network in two groups would be the same calls twice.
    guard let group = ResultSet.damaged(matches).first?.conditions.group,
      let style = MechanismStyle.known.first(where: { $0.name == "pli" })
    else { return nil }
    return DrawnSample(style, CallSample(matches.filter { $0.conditions.group == group }))
  }

  private static func points(
    _ line: DrawnSample, axis: NetworkAxis, quantile: Double, seed: UInt64
  ) -> [IntervalLine.Point] {
    axis.values(of: line.sample.calls).compactMap { x in
      let sample = CallSample(line.sample.calls.filter { axis.value(of: $0.conditions) == x })
      return IntervalLine.Point(x, sample.recovery(quantile, seed: seed))
    }
  }

  private static func make(
    _ results: ResultSet, name: String, title: String, axis: NetworkAxis, xLabel: String,
    isLogarithmic: Bool,
    _ panels: [Panel], _ calls: [ResultSet.Call], seed: UInt64
  ) -> PlotOrOmission {
    let measured = panels.map { panel in
      panel.lines.map { points($0, axis: axis, quantile: panel.quantile, seed: seed) }
    }
    let levels = panels.map { panel -> Estimate? in
      panel.level.map { $0.sample.recovery(panel.quantile, seed: seed) }
    }
    let all = measured.flatMap { $0 }.flatMap { $0 }
    guard !all.isEmpty else {
      return .omitted(
        OmittedPlot(name: name, reason: "too few calls or episodes for any interval"))
    }
    let drawn = panels.flatMap { panel in [panel.level].compactMap { $0 } + panel.lines }
    let keys = ResultSet.distinct(drawn.map(\.key))
    let grid = PlotGrid(
      panels: panels.count, panelHeight: 320, keyEntries: keys.count,
      keyColumns: 3)
    var script = PlotScript(name: name, title: title, grid: grid)
    script.add("set xlabel \(PlotScript.quoted(xLabel))")
    script.add("set ylabel 'recovery time, ms'")
    let xs = axis.values(of: calls)
    addAxes(
      xs,
      all.flatMap { [$0.value, $0.interval.lower, $0.interval.upper] }
        + levels.compactMap { $0?.value }, isLogarithmic: isLogarithmic, to: &script)
    for (position, panel) in panels.enumerated() {
      script.beginPanel(position, title: panel.title)
      addPanel(
        panel, measured[position], level: levels[position], range: (xs.first ?? 0, xs.last ?? 1),
        isLogarithmic: isLogarithmic, to: &script)
    }
    script.addKey(keys)
    let band =
      panels.contains { $0.level != nil }
      ? " The flat line with its band is PLI on the same networks, which no proxy delays." : ""
    return .plot(
      Plot(
        name: name, title: title,
        caption:
          "Lower is faster. Bars are 95 % intervals (bootstrap over seeds); points are moved "
          + "aside a little so that bars do not hide each other, and missing where there are too "
          + "few data.\(band)\(results.undrawnSentence(calls)) Group \(calls[0].conditions.group): "
          + "\(ConditionText.describe(calls.map(\.conditions))).",
        alternative: alternative(panels, measured, axis: axis), script: script.text))
  }

  private static func addAxes(
    _ xs: [Double], _ ys: [Double], isLogarithmic: Bool, to script: inout PlotScript
  ) {
    let tics = xs.map { "\(PlotScript.quoted(FigureText.trimmed($0))) \(PlotScript.number($0))" }
    if isLogarithmic, xs.allSatisfy({ $0 > 0 }) {
      script.addLogarithmicAxis("x", values: xs)
    } else {
      let room = max(0.3, ((xs.last ?? 1) - (xs.first ?? 0)) * 0.1)
      script.add(
        "set xrange [\(PlotScript.number((xs.first ?? 0) - room)):"
          + "\(PlotScript.number((xs.last ?? 1) + room))]")
    }
    script.add("set xtics (\(tics.joined(separator: ", ")))")
    if isLogarithmic {
      script.addLogarithmicAxis("y", values: ys)
    } else {
      let greatest = ys.filter(\.isFinite).max() ?? 1
      script.add("set yrange [0:\(PlotScript.number(greatest * 1.1))]")
    }
  }

  private static func addPanel(
    _ panel: Panel, _ measured: [[IntervalLine.Point]], level: Estimate?, range: (Double, Double),
    isLogarithmic: Bool, to script: inout PlotScript
  ) {
    var parts: [String] = []
    if let drawn = panel.level, case .measured(let value, let interval)? = level, value.isFinite {
      let figures = [value, interval.lower, interval.upper].map(PlotScript.number)
      let data = script.addData(
        ["-1000 ", "1000 "].map { $0 + figures.joined(separator: " ") })
      let colour = "rgb \(PlotScript.quoted(drawn.colour))"
      parts.append(
        "\(data) using 1:3:4 with filledcurves fillcolor \(colour) fillstyle transparent solid 0.18 "
          + "notitle")
      parts.append(
        "\(data) using 1:2 with lines \(drawn.line) notitle")
    }
    let lines = zip(panel.lines, measured).map { IntervalLine(style: $0.style, points: $1) }
    parts += IntervalLine.parts(
      lines, range: range, isLogarithmic: isLogarithmic && range.0 > 0, to: &script)
    script.addPlot(parts)
  }

  private static func alternative(
    _ panels: [Panel], _ measured: [[[IntervalLine.Point]]], axis: NetworkAxis
  ) -> String {
    zip(panels, measured).map { panel, lines in
      let texts = zip(panel.lines, lines).map { line, points in
        let values = points.map {
          "\(FigureText.milliseconds($0.value)) ms at \(axis.label($0.x))"
        }
        return "\(line.title) " + (values.isEmpty ? "too few data" : values.joined(separator: ", "))
      }
      return "\(panel.title): " + texts.joined(separator: "; ") + "."
    }.joined(separator: " ")
  }
}
