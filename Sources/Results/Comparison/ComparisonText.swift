/// A comparison as tables and sentences.
extension ResultComparison {
  /// More conditions than this are listed only where something changed.
  static let listedConditions = 24

  /// Everything for the terminal.
  public func text(usesColour: Bool) -> String {
    var parts = TextTable.wrapped(pairing.joined(separator: " "), width: 96)
    for section in overall {
      parts += ["", table(section).text(usesColour: usesColour).trimmedEnd]
    }
    if let table = conditionTable { parts += ["", table.text(usesColour: usesColour).trimmedEnd] }
    parts.append("")
    for headline in headlines { parts += TextTable.wrapped(headline, width: 96) }
    return parts.joined(separator: "\n") + "\n"
  }

  func table(_ section: Section) -> TextTable {
    let what =
      section.isOfProbes
      ? (isPaired ? "pairs of probes" : "probes")
      : (isPaired ? "pairs of calls" : "calls")
    return TextTable(
      title: (conditions.isEmpty ? "" : "Over ") + "\(section.name): \(section.count) \(what), "
        + "\(section.seeds) \(section.seeds == 1 ? "seed" : "seeds")",
      headings: ["", "A", "B", "change [95 % CI]", "p", "verdict"],
      rows: section.lines.map { line in
        [
          line.metric.heading, line.first.map(line.metric.text) ?? "–",
          line.second.map(line.metric.text) ?? "–", line.changeText,
          line.p.map { FixedPoint.text($0, decimals: 3) } ?? "–", line.verdict.rawValue,
        ]
      }, note: section == overall.last ? note : "")
  }

  private var note: String {
    "× is B over A, signed figures are B minus A. Intervals: bootstrap over seeds. p: how often chance "
      + "makes so large a change in this line or one with a smaller one, were A and B alike (sides swapped "
      + "by seed); "
      + "a verdict needs \(FigureText.trimmed(errorRate)). An interval away from none without a verdict "
      + "is what some lines have by chance."
  }

  private var errorRate: Double {
    conditions.isEmpty ? Self.errorRate : Self.errorRate / 2
  }

  /// The conditions that are told one by one.
  var listed: [Section] {
    conditions.count <= Self.listedConditions ? conditions : conditions.filter(\.hasChanged)
  }

  var conditionTable: TextTable? {
    guard !listed.isEmpty else { return nil }
    let left = conditions.count - listed.count
    return TextTable(
      title: "By condition",
      headings: [
        "condition", "pairs", "recovery,\nmedian", "broken\ntime, pp", "PSNR\nshown, dB",
        "media\nkbit/s",
        "verdict",
      ],
      rows: listed.map { section in
        [
          section.name + (section.isOfProbes ? ", probes" : ""), "\(section.count)",
          section.text(of: .recoveryMedian), section.text(of: .brokenRatio),
          section.text(of: .shownPSNR), section.text(of: .bitrate), section.verdictText,
        ]
      },
      note: left > 0
        ? "\(left) other conditions show no difference, or have too few seeds to tell." : "")
  }

  /// Whether a regression is certain, and of how many conditions what is known.
  var verdictSentence: String {
    let sentence =
      hasRegressed
      ? "A regression from A to B is certain." : "No regression from A to B is certain."
    guard !conditions.isEmpty else { return sentence }
    func count(_ verdict: Verdict) -> Int {
      conditions.count { $0.lines.contains { $0.verdict == verdict } }
    }
    let (worse, better) = (count(.worse), count(.better))
    let close = conditions.count { section in
      !section.lines.contains { $0.verdict == .worse || $0.verdict == .better }
    }
    return sentence
      + " Of \(conditions.count) conditions \(worse) \(worse == 1 ? "is" : "are") worse, "
      + "\(better) better and \(close) too close to tell."
  }

  /// What got better or worse, and what it costs, a sentence each.
  public var headlines: [String] {
    var headlines: [String] = []
    for (verdict, word) in [
      (Verdict.worse, "Worse"), (.better, "Better"), (.costsMore, "Costs more"),
      (.costsLess, "Costs less"),
    ] {
      let parts = overall.compactMap { $0.changes(verdict, withFigures: true) }
      let places = conditions.filter { $0.lines.contains { $0.verdict == verdict } }
      guard !parts.isEmpty || !places.isEmpty else { continue }
      var sentence = "\(word): "
      sentence += parts.isEmpty ? "" : "over all " + parts.joined(separator: "; ")
      if !places.isEmpty {
        let named = places.prefix(6).map {
          "\($0.name) (\($0.changes(verdict, withFigures: false) ?? ""))"
        }
        let more = places.count > 6 ? " and \(places.count - 6) more" : ""
        sentence += (parts.isEmpty ? "" : "; ") + "in " + named.joined(separator: ", ") + more
      }
      headlines.append(sentence + ".")
    }
    if !headlines.isEmpty { return headlines }
    if (overall + conditions).contains(where: { $0.lines.contains { $0.verdict != .tooFew } }) {
      return ["No difference seen."]
    }
    let seeds = overall.map(\.seeds).max() ?? 0
    return [
      seeds < seedsNeeded
        ? "Too few to tell: \(seeds) \(seeds == 1 ? "seed" : "seeds"), at least \(seedsNeeded) needed."
        : "Too few losses to tell."
    ]
  }

  /// For a swap to be rare enough, and for an interval.
  private var seedsNeeded: Int {
    (Bootstrap.minimumClusters...20).first {
      (isPaired ? SwapTest.smallestOfSigns($0) : SwapTest.smallestOfSplits($0, $0)) <= errorRate
    } ?? 20
  }
}

extension ResultComparison.Line {
  /// `×0.740 [0.600, 0.850]`, `-1.20 [-2.00, -0.40]`.
  var changeText: String {
    guard case .measured(let value, let interval) = change else { return "too few" }
    let figure = (metric.isRatio ? "×" : "") + metric.changeText(value)
    return "\(figure) [\(metric.changeText(interval.lower)), \(metric.changeText(interval.upper))]"
  }
}

extension ResultComparison.Section {
  var hasChanged: Bool {
    lines.contains { $0.verdict != .noDifference && $0.verdict != .tooFew }
  }

  func text(of metric: ComparisonMetric) -> String {
    guard let line = lines.first(where: { $0.metric == metric }) else { return "–" }
    return line.changeText
  }

  /// `worse: broken time, PSNR; costs more: bitrate`.
  var verdictText: String {
    let verdicts: [ResultComparison.Verdict] = [.worse, .better, .costsMore, .costsLess]
    let parts = verdicts.compactMap { verdict in
      changes(verdict, withFigures: false).map { "\(verdict.rawValue): \($0)" }
    }
    if !parts.isEmpty { return parts.joined(separator: "; ") }
    return lines.allSatisfy { $0.verdict == .tooFew }
      ? ResultComparison.Verdict.tooFew.rawValue : ResultComparison.Verdict.noDifference.rawValue
  }

  /// The metrics of a verdict; nil where there are none.
  func changes(_ verdict: ResultComparison.Verdict, withFigures: Bool) -> String? {
    let lines = lines.filter { $0.verdict == verdict }
    guard !lines.isEmpty else { return nil }
    return lines.map { $0.metric.words + (withFigures ? " \($0.changeText)" : "") }
      .joined(separator: ", ") + (withFigures && isOfProbes ? " (probes)" : "")
  }
}

extension String {
  /// Without the line ends behind it.
  fileprivate var trimmedEnd: String {
    var rest = self[...]
    while rest.last == "\n" { rest.removeLast() }
    return String(rest)
  }
}
