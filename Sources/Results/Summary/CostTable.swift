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

  /// nil where no group has calls of a mechanism both without and with loss.
  init?(_ results: ResultSet, seed: UInt64) {
    var calls: [ResultSet.Call] = []
    for group in results.groups {
      let own = results.calls(in: group)
      let hasBoth =
        own.contains { $0.conditions.lossRate == 0 } && own.contains { $0.conditions.lossRate > 0 }
      if hasBoth { calls += own }
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
        "mechanism", "no loss:\nmedia kbit/s", "key\n/min", "PSNR\ndB", "over\nnone, dB", "SSIM",
        "with loss:\nmedia kbit/s", "broken\ntime", "PSNR\nshown, dB", "SSIM\nshown",
      ],
      rows: rows.map(cells),
      note: "Groups \(groups.joined(separator: ", ")): loss "
        + "\(FigureText.range(losses)) %, \(seeds) seeds. The encoder aims at one rate whatever it "
        + "must send, so that key frames and renewed references show as a picture that is worse "
        + "without any loss; retransmissions come on top. Means over calls.")
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
    let psnr = Self.mean(row.without) { $0.meanEncodedPSNR }
    let none = rows.first { $0.style.name == "none" }
      .flatMap { Self.mean($0.without) { $0.meanEncodedPSNR } }
    let difference = psnr.flatMap { psnr in none.map { psnr - $0 } }
    return [
      row.style.name, text(row.without.mediaKilobitsPerSecond, decimals: 0),
      text(row.without.keyFramesPerMinute, decimals: 1), text(psnr, decimals: 2),
      text(difference, decimals: 2),
      text(Self.mean(row.without) { $0.meanEncodedSSIM }, decimals: 4),
      text(row.with.mediaKilobitsPerSecond, decimals: 0),
      row.with.brokenShare(seed: seed).value.map { FigureText.percent($0) + " %" } ?? "too few",
      text(Self.mean(row.with) { $0.meanShownPSNR }, decimals: 2),
      text(Self.mean(row.with) { $0.meanShownSSIM }, decimals: 4),
    ]
  }

  private static func mean(_ sample: CallSample, _ value: (CallTotals) -> Double) -> Double? {
    let values = sample.calls.compactMap { $0.run.outcome.map { value($0.totals) } }
    return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
