/// What a validation's calls say beside its gates.
struct ValidationTables {
  let cells: ValidationCells
  /// Of the bootstrap's resamples.
  let seed: UInt64

  /// Recovery by network and side, and what was seen and what it cost.
  var figures: [TextTable] {
    let samples = cells.all.map { ($0.label, CallSample($0.calls)) }
    return [
      TextTable(
        title: "Recovery by network",
        headings: [
          "network", "calls", "epi-\nsodes", "open\nat end", "recovery p50\nms [95 % CI]",
          "recovery p95\nms [95 % CI]", "within\n500 ms",
        ], rows: samples.map { recovery($0, $1) },
        note:
          "All calls that were run, however many a gate's verdict is from. Episodes open at the "
          + "call's end count as censored (Kaplan-Meier). Intervals: 95 %, bootstrap over seeds, each for "
          + "itself: where there is a baseline, the gates compare pairs, which tell more. \"too few\": "
          + "not enough seeds or episodes to tell."),
      TextTable(
        title: "What was seen, and what it cost",
        headings: [
          "network", "time frozen\n% [95 % CI]", "time broken\n% [95 % CI]", "PSNR\nshown, dB",
          "key frames\n/min", "media\nkbit/s",
        ], rows: samples.map { cost($0, $1) },
        note:
          "Frozen by libwebrtc's rule. Where no call was frozen, the interval is that of calls that "
          + "are."),
    ]
  }

  private func recovery(_ label: String, _ sample: CallSample) -> [String] {
    [
      label, "\(sample.calls.count)", "\(sample.episodes)", "\(sample.censored)",
      FigureText.estimate(sample.recovery(0.5, seed: seed), FigureText.milliseconds),
      FigureText.estimate(sample.recovery(0.95, seed: seed), FigureText.milliseconds),
      sample.episodes == 0
        ? "–" : FigureText.percent(sample.curve.shareRepaired(within: 500)) + " %",
    ]
  }

  private func cost(_ label: String, _ sample: CallSample) -> [String] {
    func number(_ value: Double?, decimals: Int) -> String {
      value.map { FixedPoint.text($0, decimals: decimals) } ?? "–"
    }
    func share(_ estimate: Estimate) -> String {
      FigureText.estimate(estimate) { FigureText.percent($0, decimals: 2) }
    }
    let totals = sample.calls.compactMap { $0.run.outcome?.totals }
    let frames = totals.reduce(0.0) { $0 + Double($1.frames) }
    let psnr = totals.reduce(0.0) { $0 + $1.meanShownPSNR * Double($1.frames) }
    return [
      label, share(sample.freezeShare(seed: seed)), share(sample.brokenShare(seed: seed)),
      number(frames > 0 ? psnr / frames : nil, decimals: 2),
      number(sample.keyFramesPerMinute, decimals: 1),
      number(sample.mediaKilobitsPerSecond, decimals: 0),
    ]
  }

  /// The mean episode by cause, and beside it the mean of the slowest tenth.
  var causes: [TextTable] {
    let columns = cells.all.map { ($0.label, Self.episodes($0.calls)) }
    guard columns.contains(where: { !$0.1.isEmpty }) else { return [] }
    return [
      CauseTable.make(
        "Where the time goes: mean ms an episode by cause",
        columns.map { ($0, $1.count, Self.means($1)) },
        note:
          "Every instant of an episode has one cause; episodes open at the end count up to there."),
      CauseTable.make(
        "The tail: the same of the slowest tenth",
        columns.map { label, episodes in
          let tail = Self.slowest(episodes)
          return (label, tail.count, Self.means(tail))
        },
        note:
          "Of each column the longest episodes, one in ten and at least one: what grows here against "
          + "the table above makes the 95th percentile."),
    ]
  }

  private static func episodes(_ calls: [ResultSet.Call]) -> [EpisodeRecord] {
    calls.flatMap(\.episodes)
  }

  private static func slowest(_ episodes: [EpisodeRecord]) -> [EpisodeRecord] {
    let order = episodes.indices.sorted {
      let (a, b) = (episodes[$0].duration, episodes[$1].duration)
      return a != b ? a > b : $0 < $1
    }
    return order.prefix((episodes.count + 9) / 10).map { episodes[$0] }
  }

  /// In ms, by cause.
  private static func means(_ episodes: [EpisodeRecord]) -> [Double] {
    Cause.allCases.map { cause in
      episodes.isEmpty
        ? 0
        : episodes.reduce(0.0) { $0 + $1.causes[cause.rawValue].inMilliseconds }
          / Double(episodes.count)
    }
  }
}
