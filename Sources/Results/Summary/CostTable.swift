import SimulationKernel

/// What a way of repair costs while nothing is lost, beside what it gains where something is: a row for
/// each mechanism, over the groups that have both.
struct CostTable {
  private struct Row {
    var style: MechanismStyle
    var without: CallSample
    var with: CallSample
  }

  private let rows: [Row]
  private let seed: UInt64
  private let groups: [String]

  /// nil where no group has calls of a mechanism both without and with loss. A call that the plan makes
  /// twice, in two groups, counts once.
  init?(_ results: ResultSet, seed: UInt64) {
    var calls: [ResultSet.Call] = []
    var seen: Set<CallConditions> = []
    func isNew(_ call: ResultSet.Call) -> Bool {
      var identity = call.conditions
      (identity.run, identity.group) = (0, "")
      return seen.insert(identity).inserted
    }
    for group in results.groups {
      let own = results.calls(in: group)
      let hasBoth =
        own.contains { $0.conditions.lossRate == 0 } && own.contains { $0.conditions.lossRate > 0 }
      if hasBoth { calls += own.filter(isNew) }
    }
    rows = results.mechanisms(of: calls).compactMap { style in
      let own = calls.filter { $0.conditions.mechanism == style.name }
      let without = own.filter { $0.conditions.lossRate == 0 }
      let with = own.filter { $0.conditions.lossRate > 0 }
      guard !without.isEmpty, !with.isEmpty else { return nil }
      return Row(style: style, without: CallSample(without), with: CallSample(with))
    }
    guard !rows.isEmpty else { return nil }
    self.seed = seed
    groups = ResultSet.distinct(calls.map(\.conditions.group))
  }

  /// The groups it speaks of.
  static func groups(of results: ResultSet) -> [String] {
    CostTable(results, seed: 1)?.groups ?? []
  }

  var table: TextTable {
    TextTable(
      title: "What repair costs without loss, and gains with it",
      headings: [
        "mechanism", "no loss:\nmedia\nkbit/s", "key\n/min", "PSNR\ndB",
        "over none\ndB [95 % CI]", "SSIM", "with loss:\nmedia\nkbit/s", "broken\ntime",
        "PSNR\nshown\ndB", "over none\ndB [95 % CI]", "SSIM\nshown",
      ],
      rows: rows.map(cells),
      note: "Groups \(groups.joined(separator: ", ")): loss "
        + "\(FigureText.range(losses)) %, \(seeds) seeds. The encoder aims at one rate whatever it "
        + "must send, so that key frames and renewed references show as a picture that is worse "
        + "without any loss; retransmissions come on top. Means over calls; differences over pairs of "
        + "calls that met the same network, with 95 % intervals (bootstrap over seeds) from "
        + "\(Bootstrap.minimumClusters) seeds on. Where all pairs are alike there is none: the seed "
        + "changed nothing, and the difference is that of one call and its video.")
  }

  private var losses: [Double] {
    rows.flatMap { $0.with.calls }.compactMap { NetworkAxis.loss.value(of: $0.conditions) }
  }

  private var seeds: Int {
    ResultSet.distinct(rows.flatMap { $0.without.calls }.map(\.conditions.seed)).count
  }

  private func cells(_ row: Row) -> [String] {
    func text(_ value: Double?, decimals: Int) -> String {
      value.map { FixedPoint.text($0, decimals: decimals) } ?? "–"
    }
    return [
      row.style.name, text(row.without.mediaKilobitsPerSecond, decimals: 0),
      text(row.without.keyFramesPerMinute, decimals: 1),
      text(Self.mean(row.without) { $0.meanEncodedPSNR }, decimals: 2),
      difference(row, \.without) { $0.meanEncodedPSNR },
      text(Self.mean(row.without) { $0.meanEncodedSSIM }, decimals: 4),
      text(row.with.mediaKilobitsPerSecond, decimals: 0),
      row.with.brokenShare(seed: seed).value.map { FigureText.percent($0) + " %" } ?? "too few",
      text(Self.mean(row.with) { $0.meanShownPSNR }, decimals: 2),
      difference(row, \.with) { $0.meanShownPSNR },
      text(Self.mean(row.with) { $0.meanShownSSIM }, decimals: 4),
    ]
  }

  /// Against the calls without requests that met the same network: with an interval where there are
  /// pairs enough for one, by itself where there are fewer, and where they are all alike. Without loss
  /// a seed often changes nothing, and an interval of no width would claim to know of other video what
  /// five copies of one call cannot tell.
  private func difference(
    _ row: Row, _ sample: (Row) -> CallSample, _ value: (CallTotals) -> Double
  ) -> String {
    guard row.style.name != "none" else { return "0" }
    guard let none = rows.first(where: { $0.style.name == "none" }) else { return "–" }
    func figure(_ call: ResultSet.Call) -> Double? { call.run.outcome.map { value($0.totals) } }
    func text(_ value: Double) -> String { FixedPoint.text(value, decimals: 2) }
    let pairs = sample(row).pairedFigures(with: sample(none), of: figure)
    let areAlike = pairs.allSatisfy {
      ($0.first, $0.second) == (pairs[0].first, pairs[0].second)
    }
    let estimate = sample(row).difference(from: sample(none), of: figure, seed: seed)
    if estimate.value != nil, !areAlike { return FigureText.estimate(estimate, text) }
    return pairs.isEmpty
      ? "–" : text(pairs.map { $0.first - $0.second }.reduce(0, +) / Double(pairs.count))
  }

  private static func mean(_ sample: CallSample, _ value: (CallTotals) -> Double) -> Double? {
    let values = sample.calls.compactMap { $0.run.outcome.map { value($0.totals) } }
    return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
