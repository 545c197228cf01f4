import SimulationKernel

/// The tables of a group's probes.
struct ProbeTables {
  let group: ProbeGroup
  /// Of the group's entries.
  private let figures: [ProbeSample.Figures]

  init(_ group: ProbeGroup) {
    self.group = group
    figures = group.entries.map { $0.sample.figures(seed: group.seed) }
  }

  private var seed: UInt64 { group.seed }
  private var limitText: String { FigureText.trimmed(group.limit / 1_000) }

  var all: [TextTable] {
    [recovery, shares] + [paired].compactMap { $0 } + byRoundTrip
      + [byRoad, effects].compactMap { $0 }
      + [causes]
  }

  /// For a group that does not stand first: what it has to say of the comparison.
  var brief: [TextTable] { [recovery, paired, effects].compactMap { $0 } }

  private var recovery: TextTable {
    let rows = zip(group.entries, figures).map { entry, figures in
      [entry.style.name, String(entry.sample.count), String(entry.sample.censored)]
        + figures.quantiles.map { FigureText.estimate($0, FigureText.milliseconds) }
        + [FigureText.estimate(entry.sample.restrictedMean(seed: seed), FigureText.milliseconds)]
    }
    return TextTable(
      title: "Recovery by mechanism, from probes: \(group.description)",
      headings: [
        "mechanism", "probes", "open",
        "p50, ms\n[95 % CI]", "p90, ms\n[95 % CI]", "p95, ms\n[95 % CI]",
        "mean, ms\n[95 % CI]",
      ], rows: rows,
      note: "Time from a loss to the repair. Probes still open at the horizon count as censored "
        + "(Kaplan-Meier); in means each time is cut at \(limitText) s. Intervals: 95 %, bootstrap over "
        + "seeds. \"too few\": not enough seeds or probes to tell.")
  }

  private var shares: TextTable {
    let rows = zip(group.entries, figures).map { entry, figures in
      [entry.style.name]
        + figures.shares.map { share in
          if case .tooFewToTell(let reason) = share, reason.contains("not followed") { return "–" }
          return FigureText.estimate(share, Self.percent)
        }
    }
    return TextTable(
      title: "Share repaired within a time, % [95 % CI], from probes",
      headings: ["mechanism"] + ProbeSample.limits.map { "\(FigureText.trimmed($0)) ms" },
      rows: rows,
      note: "Where all seeds agree the interval is Clopper and Pearson's, with seeds as the trials."
    )
  }

  private var paired: TextTable? {
    guard let reference = group.reference else { return nil }
    let name = reference.style.title
    return TextTable(
      title: "The same loss, over \(name): paired ratios and differences [95 % CI]",
      headings: [
        "mechanism", "pairs", "mean over\nits mean", "p50 over\nits p50", "mean\ndifference, ms",
        "sooner\nthan it, %", "later\nthan it, %",
      ],
      rows: group.others.map { entry in
        let pairs = group.pairs(entry)
        return [
          entry.style.name, String(pairs.count),
          ratio(pairs),
          FigureText.estimate(pairs.medianRatio(seed: seed), FigureText.ratio),
          difference(pairs),
          FigureText.estimate(pairs.shareFaster(seed: seed), Self.percent),
          FigureText.estimate(pairs.shareSlower(seed: seed), Self.percent),
        ]
      },
      note:
        "Each pair is one loss, in the same call on the same channel, under either mechanism. A "
        + "ratio below 1, and a difference below 0, is faster than \(name). What is neither sooner nor "
        + "later was repaired at the same time, or not before the horizon.")
  }

  private func ratio(_ pairs: ProbePairs) -> String {
    pairs.areAllAlike
      ? "\(FigureText.ratio(1)), all alike"
      : FigureText.estimate(pairs.meanRatio(seed: seed), FigureText.ratio)
  }

  private func difference(_ pairs: ProbePairs) -> String {
    pairs.areAllAlike
      ? "\(Self.difference(0)), all alike"
      : FigureText.estimate(pairs.meanDifference(seed: seed), Self.difference)
  }

  private var byRoundTrip: [TextTable] {
    let levels = group.levels(.roundTrip)
    guard levels.count > 1 else { return [] }
    func table(
      _ title: String, _ entries: [ProbeGroup.Entry],
      _ cell: (ProbeGroup.Entry, ProbeFactor.Level) -> String
    ) -> TextTable {
      TextTable(
        title: "\(title) by round-trip time, from probes",
        headings: ["mechanism"] + levels.map { "\($0.label) ms" },
        rows: entries.map { entry in [entry.style.name] + levels.map { cell(entry, $0) } })
    }
    let medians = table("Median recovery, ms [95 % CI],", group.entries) { entry, level in
      FigureText.estimate(
        group.sample(entry, .roundTrip, level).median(seed: seed), FigureText.milliseconds)
    }
    guard let reference = group.reference else { return [medians] }
    return [
      medians,
      table("Mean recovery over that of \(reference.style.title) [95 % CI]", group.others) {
        ratio(group.pairs($0, at: [(.roundTrip, $1)]))
      },
    ]
  }

  /// The subject's ratio by round-trip time and proxies; nil where there is one number of these.
  private var byRoad: TextTable? {
    guard let subject = group.subject, let reference = group.reference else { return nil }
    let proxies = group.levels(.proxies, of: subject)
    guard proxies.count > 1 else { return nil }
    let trips = group.levels(.roundTrip, of: subject)
    return TextTable(
      title:
        "\(subject.style.title)'s mean recovery over that of \(reference.style.title) [95 % CI] by "
        + "SIP proxies and round-trip time, from probes",
      headings: ["proxies"] + trips.map { "\($0.label) ms" },
      rows: proxies.map { count in
        [count.title]
          + trips.map { trip in
            let pairs = group.pairs(subject, at: [(.proxies, count), (.roundTrip, trip)])
            return pairs.count == 0
              ? "–" : ratio(pairs)
          }
      })
  }

  /// What of the plan makes a difference to the subject's advantage; nil where nothing varies.
  private var effects: TextTable? {
    guard let subject = group.subject, let reference = group.reference else { return nil }
    let rows = ProbeFactor.allCases.flatMap { factor -> [[String]] in
      let levels = group.levels(factor, of: subject)
      guard levels.count > 1 else { return [] }
      return levels.map { level in
        let pairs = group.pairs(subject, at: [(factor, level)])
        return [
          level.title, String(pairs.count),
          ratio(pairs),
          difference(pairs),
          FigureText.estimate(pairs.shareFaster(seed: seed), Self.percent),
        ]
      }
    }
    guard !rows.isEmpty else { return nil }
    return TextTable(
      title:
        "\(subject.style.title) over \(reference.style.title) by condition [95 % CI], from probes",
      headings: [
        "condition", "pairs", "mean over\nits mean", "mean\ndifference, ms", "sooner\nthan it, %",
      ], rows: rows,
      note:
        "Each row takes all pairs under one value, whatever else varies. Where intervals of two "
        + "rows overlap widely, the data do not tell the two conditions apart.")
  }

  private var causes: TextTable {
    CauseTable.make(
      "Where the time goes, from probes: mean ms a probe by cause",
      group.entries.map { ($0.style.name, $0.sample.count, $0.meanCauses) },
      note:
        "Every instant from the loss to the repair has one cause; probes open at the horizon count "
        + "up to there.")
  }

  private static func percent(_ share: Double) -> String { FigureText.percent(share) }

  /// Three digits, as `FigureText.milliseconds`, with a sign.
  private static func difference(_ value: Double) -> String {
    let text = FixedPoint.text(abs(value), decimals: abs(value) >= 100 ? 0 : 1)
    return value < 0 && text.contains { $0 != "0" && $0 != "." } ? "-\(text)" : text
  }
}

/// What a group's probes say.
public struct ProbeSummary: Sendable {
  /// The plan's group.
  public let group: String
  /// Sentences generated from the data, the most important first.
  public let headlines: [String]
  public let tables: [TextTable]
  /// What comparisons of a mechanism with itself come to; one line.
  public let control: String

  init(_ group: ProbeGroup, isFirst: Bool) {
    self.group = group.name
    headlines = ProbeHeadlines(group).sentences
    let tables = ProbeTables(group)
    self.tables = isFirst ? tables.all : tables.brief
    control = ProbeControl(group).sentence
  }
}
