import SimulationKernel

/// The answers of a campaign: what is fastest, on which network, and where the time goes.
public struct SummaryTable: Sendable {
  /// Sentences generated from the data, the most important first.
  public let headlines: [String]
  /// What probes say, the group with most mechanisms first; empty without probes.
  public let probes: [ProbeSummary]
  /// Figures by mechanism over the headline group; nil without whole calls.
  public let mechanisms: TextTable?
  /// Medians and ratios by round-trip time, or by loss rate where there is one round-trip time;
  /// empty where neither varies.
  public let byNetwork: [TextTable]
  /// Mean milliseconds an episode by cause; nil without whole calls.
  public let causes: TextTable?
  /// SIP INFO beside PLI in each situation of the plan; nil where it names none.
  public let situations: TextTable?
  /// What repair costs without loss and gains with it; nil where no group has both.
  public let costs: TextTable?
  /// The groups of calls that no table speaks of.
  public let otherGroups: [String]

  /// - Parameters:
  ///   - results: with at least one call or probe (checked); see `ResultSet.headlineGroup`.
  ///   - seed: of the bootstrap's resamples.
  public init(_ results: ResultSet, seed: UInt64 = 1) {
    let comparison = Comparison(results, seed: seed)
    probes = ProbeGroup.all(results.probes, seed: seed).enumerated().map {
      ProbeSummary($1, isFirst: $0 == 0)
    }
    precondition(
      comparison != nil || !probes.isEmpty, "a summary needs a call or a probe that did not fail")
    headlines = Headlines.sentences(probes, comparison, failures: results.failures.count)
    mechanisms = comparison.map(Self.mechanismTable)
    byNetwork = comparison.map(Self.networkTables) ?? []
    causes = comparison.map(Self.causeTable)
    situations = SituationTable(results, seed: seed)?.table
    costs = CostTable(results, seed: seed)?.table
    let costGroups = CostTable.groups(of: results)
    otherGroups = results.groups.filter { group in
      group != results.headlineGroup && !costGroups.contains(group)
        && !results.calls(in: group).contains { $0.conditions.situation != nil }
    }
  }

  /// Everything as text for a terminal or a file.
  ///
  /// - Parameter usesColour: whether ANSI escape sequences may be used.
  public func text(usesColour: Bool) -> String {
    let sentences = headlines.flatMap { TextTable.wrapped($0, width: 96) }.joined(separator: "\n")
    let tables =
      [mechanisms].compactMap { $0 } + byNetwork
      + [causes, situations, costs].compactMap { $0 }
    let probed = probes.map { summary in
      summary.tables.map { $0.text(usesColour: usesColour) }.joined(separator: "\n") + "\n"
        + TextTable.wrapped(summary.control, width: 96).joined(separator: "\n") + "\n\n"
    }.joined()
    let text =
      sentences + "\n\n" + probed
      + tables.map { $0.text(usesColour: usesColour) }.joined(separator: "\n")
    guard let rest = otherGroupsSentence else { return text }
    return text + "\n" + TextTable.wrapped(rest, width: 96).joined(separator: "\n") + "\n"
  }

  /// Where else calls are; nil where the tables speak of all of them.
  var otherGroupsSentence: String? {
    guard !otherGroups.isEmpty else { return nil }
    let names = otherGroups.joined(separator: ", ")
    return
      "Each table is of one group alone. Not in them, but in the CSV files, and in plots where "
      + "they vary what a plot shows: \(names)."
  }

  private static func mechanismTable(_ comparison: Comparison) -> TextTable {
    let reference = comparison.reference?.style
    var headings = [
      "mechanism", "epi-\nsodes", "open\nat end", "recovery p50\nms [95 % CI]",
      "recovery p95\nms [95 % CI]", "within\n500 ms", "broken\ntime", "key\n/min",
      "media\nkbit/s",
    ]
    if let reference { headings.append("p50 over that\nof \(reference.title)") }
    let rows = comparison.entries.map { entry -> [String] in
      let sample = entry.sample
      func text(_ value: Double?, decimals: Int) -> String {
        value.map { FixedPoint.text($0, decimals: decimals) } ?? "–"
      }
      var row = [
        entry.style.name, String(sample.episodes), String(sample.censored),
        FigureText.estimate(entry.p50, FigureText.milliseconds),
        FigureText.estimate(entry.p95, FigureText.milliseconds),
        sample.episodes == 0
          ? "–" : FigureText.percent(sample.curve.shareRepaired(within: 500)) + " %",
        entry.broken.value.map { FigureText.percent($0, decimals: 2) + " %" } ?? "too few",
        text(sample.keyFramesPerMinute, decimals: 1),
        text(sample.mediaKilobitsPerSecond, decimals: 0),
      ]
      if let reference {
        row.append(
          entry.style == reference
            ? "1" : FigureText.estimate(entry.ratio, FigureText.ratio))
      }
      return row
    }
    return TextTable(
      title: "Recovery by mechanism: \(comparison.networks)", headings: headings, rows: rows,
      note: "Episodes open at the call's end count as censored (Kaplan-Meier). Intervals: 95 %, "
        + "bootstrap over seeds; ratios over pairs of calls that met the same network. "
        + "\"too few\": not enough seeds or episodes to tell.")
  }

  private static func networkTables(_ comparison: Comparison) -> [TextTable] {
    guard let axis = comparison.axis else { return [] }
    let values = axis.values(of: ResultSet.damaged(comparison.entries.flatMap(\.sample.calls)))
    func table(
      _ title: String, entries: [Comparison.Entry], _ cell: (Comparison.Entry, Double) -> String
    ) -> TextTable {
      TextTable(
        title: "\(title) by \(axis.title)",
        headings: ["mechanism"] + values.map { axis.label($0) },
        rows: entries.map { entry in [entry.style.name] + values.map { cell(entry, $0) } }, note: ""
      )
    }
    let medians = table("Median recovery, ms [95 % CI],", entries: comparison.entries) {
      let sample = $0.sample(where: axis, is: $1)
      return FigureText.estimate(
        sample.recovery(0.5, seed: comparison.seed), FigureText.milliseconds)
    }
    guard let reference = comparison.reference, comparison.entries.count > 1 else {
      return [medians]
    }
    let others = comparison.entries.filter { $0.style != reference.style }
    let ratios = table("Median recovery over that of \(reference.style.name)", entries: others) {
      let sample = $0.sample(where: axis, is: $1)
      return FigureText.estimate(
        sample.ratio(to: reference.sample(where: axis, is: $1), seed: comparison.seed),
        FigureText.ratio)
    }
    return [medians, ratios]
  }

  private static func causeTable(_ comparison: Comparison) -> TextTable {
    CauseTable.make(
      "Where the time goes: mean ms an episode by cause",
      comparison.entries.map { ($0.style.name, $0.sample.episodes, $0.sample.meanCauses) },
      note: "Every instant of an episode has one cause; episodes open at the end count up to there."
    )
  }
}

extension Cause {
  /// The cause as legends and tables name it.
  var title: String {
    switch self {
    case .notNoticed: "not noticed yet"
    case .periodicKeyFrame: "periodic key frame"
    case .rtcpTick: "RTCP timing rules"
    case .requestLimit: "INFO request limit"
    case .requestOnNetwork: "request on network"
    case .tcp: "SIP transport"
    case .proxy: "SIP proxies"
    case .asleep: "asleep"
    case .requestLost: "request lost"
    case .encoderWait: "encoder wait"
    case .repairOnNetwork: "repair on network"
    case .repairDamaged: "repair damaged"
    case .playout: "playout buffer"
    case .repairInVain: "repair in vain"
    }
  }
}
