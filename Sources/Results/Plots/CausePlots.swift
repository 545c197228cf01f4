/// Where the time goes, as stacked bars of mean milliseconds an episode.
enum CausePlots {
  private struct Bar {
    var label: String
    var means: [Double]
    var total: Double { means.reduce(0, +) }
  }

  private struct Panel {
    var title: String
    var bars: [Bar]
  }

  /// A colour for each cause; neighbours in the chain differ in lightness too.
  static let colours = [
    "#444444", "#bbbbbb", "#e69f00", "#882255", "#56b4e9", "#d55e00", "#f0e442", "#7b4a12",
    "#cc79a7", "#009e73", "#0072b2", "#000000", "#b7dba5",
    "#999933",
  ]

  static func byMechanism(_ results: ResultSet) -> PlotOrOmission {
    let name = "causes-by-mechanism"
    guard let group = results.headlineGroup else {
      return .omitted(OmittedPlot(name: name, reason: "no call was simulated"))
    }
    let calls = results.calls(in: group)
    let bars = results.mechanisms(of: calls).compactMap { style in
      bar(style.title, calls.filter { $0.conditions.mechanism == style.name })
    }
    return make(
      name: name, title: "Where the time goes, by mechanism", [Panel(title: "", bars: bars)],
      networks: "Group \(group): \(ConditionText.describe(calls.map(\.conditions)))."
        + results.undrawnSentence(calls))
  }

  static func byProxies(_ results: ResultSet) -> PlotOrOmission {
    let name = "causes-by-proxies"
    guard let calls = results.group(varying: NetworkAxis.proxies.value) else {
      return .omitted(OmittedPlot(name: name, reason: "no group varies the number of proxies"))
    }
    let withSIP = calls.filter { $0.conditions.proxies != nil }
    let shown = ResultSet.damaged(withSIP).map(\.conditions)
    let hasPlacements = ResultSet.distinct(shown.map(\.placement)).count > 1
    let hasStates = ResultSet.distinct(shown.compactMap(\.connection)).count > 1
    return byRoad(
      results, withSIP, name: name, title: "Where the time goes, by SIP proxies and transport"
    ) { conditions in
      let count = conditions.proxies == 1 ? "1 proxy" : "\(conditions.proxies ?? 0) proxies"
      let state = hasStates ? ConditionText.state(conditions.connection) : ""
      let road = "\(count), \(ConditionText.transport(conditions.transport ?? ""))\(state)"
      return hasPlacements ? "\(road), \(conditions.placement ?? "–")" : road
    }
  }

  static func byRequestInterval(_ results: ResultSet) -> PlotOrOmission {
    let name = "causes-by-request-interval"
    guard let calls = results.group(varying: { $0.requestInterval?.inMilliseconds }) else {
      return .omitted(OmittedPlot(name: name, reason: "no group varies the INFO request interval"))
    }
    let asking = calls.filter { $0.conditions.requestInterval != nil }
    let shown = ResultSet.damaged(asking).map(\.conditions)
    let hasRules = ResultSet.distinct(shown.map(ConditionText.requestRules)).count > 1
    return byRoad(
      results, asking, name: name,
      title: "Where the time goes, by minimum interval between INFO requests"
    ) { conditions in
      let seconds = (conditions.requestInterval?.inMilliseconds ?? 0) / 1_000
      let interval = "\(FigureText.trimmed(seconds)) s"
      let rules = hasRules ? ConditionText.requestRules(conditions) : ""
      return rules.isEmpty ? interval : "\(interval), \(rules)"
    }
  }

  static let networkName = "causes-by-network"

  /// A bar for each network and side of a validation.
  static func byNetwork(_ cells: ValidationCells) -> PlotOrOmission {
    make(
      name: networkName, title: "Where the time goes, by network",
      [Panel(title: "", bars: cells.all.compactMap { bar($0.label, $0.calls) })],
      networks: "All calls that were run.")
  }

  /// A panel a round-trip time, a bar for each different label, which names the mechanism too where
  /// several send SIP.
  private static func byRoad(
    _ results: ResultSet, _ calls: [ResultSet.Call], name: String, title: String,
    road: (CallConditions) -> String
  ) -> PlotOrOmission {
    let axis = NetworkAxis.roundTrip
    let shown = ResultSet.damaged(calls)
    let hasMechanisms = ResultSet.distinct(shown.map(\.conditions.mechanism)).count > 1
    func label(_ conditions: CallConditions) -> String {
      let mechanism = MechanismStyle.title(of: conditions.mechanism)
      return hasMechanisms ? "\(mechanism): \(road(conditions))" : road(conditions)
    }
    let sorted = calls.sorted { a, b in
      let (first, second) = (a.conditions.mechanism, b.conditions.mechanism)
      guard first == second else { return first < second }
      func key(_ c: CallConditions) -> (Double, String, Int, String, String, Int) {
        (
          c.requestInterval?.inMilliseconds ?? 0, ConditionText.requestRules(c), c.proxies ?? 0,
          c.transport ?? "", c.placement ?? "", ConditionText.rank(connection: c.connection)
        )
      }
      return key(a.conditions) < key(b.conditions)
    }
    let panels = axis.values(of: shown).map { value in
      let own = sorted.filter { axis.value(of: $0.conditions) == value }
      let labels = ResultSet.distinct(own.map { label($0.conditions) })
      return Panel(
        title: "round-trip time \(axis.label(value))",
        bars: labels.compactMap { text in bar(text, own.filter { label($0.conditions) == text }) })
    }
    return make(
      name: name, title: title, panels,
      networks: "Group \(calls[0].conditions.group): "
        + "\(ConditionText.describe(calls.map(\.conditions)))."
        + results.undrawnSentence(calls))
  }

  private static func bar(_ label: String, _ calls: [ResultSet.Call]) -> Bar? {
    let sample = CallSample(calls)
    return sample.episodes == 0 ? nil : Bar(label: label, means: sample.meanCauses)
  }

  private static func make(
    name: String, title: String, _ panels: [Panel], networks: String
  ) -> PlotOrOmission {
    let bars = panels.flatMap(\.bars)
    guard let greatest = bars.map(\.total).max(), greatest > 0 else {
      return .omitted(OmittedPlot(name: name, reason: "there is no damage episode"))
    }
    let end = axisEnd(bars.map(\.total).sorted())
    let shown = Cause.allCases.filter { cause in bars.contains { $0.means[cause.rawValue] > 0 } }
    let longest = bars.map(\.label.count).max() ?? 0
    let grid = PlotGrid(
      panels: panels.count, left: 28 + 7.5 * Double(longest),
      panelHeight: 32 * Double(panels.map(\.bars.count).max() ?? 1), keyEntries: shown.count,
      keyColumns: 4)
    var script = PlotScript(name: name, title: title, grid: grid)
    script.add("set xrange [0:\(PlotScript.number(end))]")
    script.add("set xtics \(PlotScript.number(grid.step(upTo: end)))")
    script.add("set xlabel 'mean time an episode, ms'")
    script.add("set style fill solid 1 noborder")
    script.add("unset grid\nset grid xtics linecolor '#dddddd' linetype 1 linewidth 0.5")
    for (position, panel) in panels.enumerated() {
      script.beginPanel(position, title: panel.title)
      addPanel(panel, shown: shown, end: end, to: &script)
    }
    script.addKey(
      shown.map {
        "with boxes fillcolor rgb \(PlotScript.quoted(colours[$0.rawValue])) "
          + "title \(PlotScript.quoted($0.title))"
      })
    let clipped =
      greatest > end ? " A bar with a break is cut off; its number is the total." : ""
    return .plot(
      Plot(
        name: name, title: title,
        caption:
          "Each bar is the mean length of a damage episode, divided by what each millisecond "
          + "was spent on, in the order of the chain; the number is the whole.\(clipped) "
          + "Episodes open at the end count up to there. \(networks)",
        alternative: alternative(panels), script: script.text))
  }

  /// The axis ends behind the longest bar, unless that one dwarfs the others.
  private static func axisEnd(_ sorted: [Double]) -> Double {
    let longest = sorted[sorted.count - 1]
    guard let other = sorted.last(where: { $0 * 3 < longest }) else { return longest * 1.16 }
    let rest = sorted.filter { $0 <= other }.count
    // Only where few bars are cut does cutting help.
    return rest * 2 > sorted.count ? other * 1.3 : longest * 1.16
  }

  private static func addPanel(
    _ panel: Panel, shown: [Cause], end: Double, to script: inout PlotScript
  ) {
    let count = panel.bars.count
    let tics = panel.bars.enumerated().map { "\(PlotScript.quoted($1.label)) \(count - $0)" }
    script.add("set yrange [0.4:\(count).6]\nset ytics scale 0 (\(tics.joined(separator: ", ")))")
    var parts: [String] = []
    var begins = [Double](repeating: 0, count: count)
    for cause in shown {
      var lines: [String] = []
      for (position, bar) in panel.bars.enumerated() {
        let begin = begins[position]
        begins[position] += bar.means[cause.rawValue]
        let (low, high) = (min(begin, end), min(begins[position], end))
        let y = Double(count - position)
        lines.append(
          [low, y, low, high, y - 0.36, y + 0.36].map(PlotScript.number).joined(separator: " "))
      }
      let data = script.addData(lines)
      parts.append(
        "\(data) using 1:2:3:4:5:6 with boxxyerror fillcolor rgb "
          + "\(PlotScript.quoted(colours[cause.rawValue])) notitle")
    }
    // gnuplot 5.4 crashes on labels without a single point, so each kind has data of its own.
    for isCut in [false, true] {
      let totals = panel.bars.enumerated().filter { ($1.total > end) == isCut }
      if totals.isEmpty { continue }
      let data = script.addData(
        totals.map { position, bar in
          let x = isCut ? end * 0.985 : bar.total + end * 0.01
          let text = FigureText.milliseconds(bar.total)
          return "\(PlotScript.number(x)) \(count - position) \"\(text)\""
        })
      parts.append(
        "\(data) using 1:2:3 with labels \(isCut ? "right" : "left") textcolor rgb '#000000' notitle"
      )
      if isCut { parts += breakMarks(totals.map { count - $0.offset }, end: end, in: &script) }
    }
    script.addPlot(parts)
  }

  /// Two slanted strokes across each bar that is cut off, white between them.
  private static func breakMarks(
    _ heights: [Int], end: Double, in script: inout PlotScript
  ) -> [String] {
    let strokes = [(0.0, 5.0, "#ffffff"), (-0.006, 1, "#444444"), (0.006, 1, "#444444")]
    return strokes.map { shift, width, colour in
      let data = script.addData(
        heights.map { height in
          [end * (0.8 + shift), Double(height) - 0.42, end * 0.012, 0.84].map(PlotScript.number)
            .joined(separator: " ")
        })
      return "\(data) using 1:2:3:4 with vectors nohead linewidth \(PlotScript.number(width)) "
        + "linecolor rgb '\(colour)' notitle"
    }
  }

  private static func alternative(_ panels: [Panel]) -> String {
    panels.map { panel in
      let bars = panel.bars.map { bar -> String in
        let most = Cause.allCases.max { bar.means[$0.rawValue] < bar.means[$1.rawValue] }
        return "\(bar.label) \(FigureText.milliseconds(bar.total)) ms, "
          + "most of it \(most?.title ?? "")"
      }
      let place = panel.title.isEmpty ? "" : "At \(panel.title): "
      return place + bars.joined(separator: "; ") + "."
    }.joined(separator: " ")
  }
}
