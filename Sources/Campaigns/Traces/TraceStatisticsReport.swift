import NetworkModels
import Results
import SimulationKernel

/// A trace's statistics as tables.
public enum TraceStatisticsReport {
  /// Lengths of bursts that share a row.
  private static let classes = [
    1...1, 2...2, 3...3, 4...4, 5...5, 6...10, 11...20, 21...50, 51...100, 101...Int.max,
  ]

  /// One table, or several with empty lines between.
  public static func text(_ file: TraceFile, usesColour: Bool) -> String {
    tables(file).map { $0.text(usesColour: usesColour) }.joined(separator: "\n")
  }

  static func tables(_ file: TraceFile) -> [TextTable] {
    let name = "\(file.path) (\(file.format.rawValue))"
    switch file.trace {
    case .rate(let timeline): return [rateTable(RateStatistics(timeline), timeline, name)]
    case .packets(let trace):
      let losses = LossStatistics(trace)
      var tables = [lossTable(losses, name)]
      if losses.bursts > 0 { tables.append(burstTable(losses)) }
      if !losses.autocorrelation.isEmpty { tables.append(autocorrelationTable(losses)) }
      if let delays = DelayStatistics(trace) { tables.append(delayTable(delays)) }
      return tables
    }
  }

  private static func lossTable(_ losses: LossStatistics, _ name: String) -> TextTable {
    let gap = losses.meanGap.map { FixedPoint.text($0, decimals: 1) } ?? "–"
    return TextTable(
      title: "Losses of \(name)", headings: ["figure", "value", "unit"],
      rows: [
        ["packets", "\(losses.packets)", ""],
        ["duration", FixedPoint.text(losses.duration.inSeconds, decimals: 1), "s"],
        ["lost", "\(losses.lost)", ""],
        ["loss rate", FigureText.percent(losses.rate, decimals: 3), "%"],
        ["bursts", "\(losses.bursts)", ""],
        ["mean burst", FixedPoint.text(losses.meanBurst, decimals: 2), "packets"],
        ["mean burst", FigureText.milliseconds(losses.meanBurstTime.inMilliseconds), "ms"],
        ["longest burst", "\(losses.longestBurst)", "packets"],
        ["longest burst", FigureText.milliseconds(losses.longestBurstTime.inMilliseconds), "ms"],
        ["mean gap between bursts", gap, "packets"],
      ])
  }

  private static func burstTable(_ losses: LossStatistics) -> TextTable {
    let rows = classes.compactMap { range -> [String]? in
      let count = losses.burstLengths.filter { range.contains($0.length) }
        .reduce(0) { $0 + $1.count }
      guard count > 0 else { return nil }
      let share = Double(count) / Double(losses.bursts)
      return [range.text, "\(count)", FigureText.percent(share)]
    }
    return TextTable(
      title: "Lengths of bursts", headings: ["packets", "bursts", "% of bursts"], rows: rows)
  }

  private static func autocorrelationTable(_ losses: LossStatistics) -> TextTable {
    TextTable(
      title: "Autocorrelation of loss", headings: ["lag, packets", "correlation"],
      rows: losses.autocorrelation.enumerated().map {
        ["\($0 + 1)", FixedPoint.text($1, decimals: 4)]
      },
      note: "0 where losses know nothing of each other.")
  }

  private static func delayTable(_ delays: DelayStatistics) -> TextTable {
    func row(_ name: String, _ delay: SimDuration) -> [String] {
      [name, FigureText.milliseconds(delay.inMilliseconds)]
    }
    return TextTable(
      title: "Delay above the least, of \(delays.packets) packets", headings: ["figure", "ms"],
      rows: [
        row("median", delays.percentile(0.5)), row("90th percentile", delays.percentile(0.9)),
        row("95th percentile", delays.percentile(0.95)),
        row("99th percentile", delays.percentile(0.99)), row("largest", delays.largest),
        row("jitter (RFC 3550), mean", delays.meanJitter),
        row("jitter (RFC 3550), last", delays.lastJitter),
      ])
  }

  private static func rateTable(
    _ rates: RateStatistics, _ timeline: RateTimeline, _ name: String
  ) -> TextTable {
    var note = ""
    if case .opportunities = timeline {
      let window = FigureText.trimmed(RateStatistics.window(of: rates.period).inMilliseconds)
      note = "Lowest, highest and the share without any are those of \(window) ms each."
    }
    return TextTable(
      title: "Rate of \(name)", headings: ["figure", "value", "unit"],
      rows: [
        ["lines", "\(rates.entries)", ""],
        ["period", FixedPoint.text(rates.period.inSeconds, decimals: 3), "s"],
        ["mean", rates.mean.kilobitsText, "kbit/s"],
        ["lowest", rates.least.kilobitsText, "kbit/s"],
        ["highest", rates.greatest.kilobitsText, "kbit/s"],
        ["time without any", FigureText.percent(rates.silentShare, decimals: 2), "%"],
      ], note: note)
  }
}

extension Bitrate {
  /// In kbit/s with one decimal.
  var kilobitsText: String { FixedPoint.text(Double(bitsPerSecond) / 1_000, decimals: 1) }
}

extension ClosedRange<Int> {
  fileprivate var text: String {
    if lowerBound == upperBound { return "\(lowerBound)" }
    return upperBound == .max ? "\(lowerBound) and more" : "\(lowerBound)–\(upperBound)"
  }
}
