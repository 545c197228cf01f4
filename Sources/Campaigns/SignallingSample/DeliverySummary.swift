import Results
import SimulationKernel

/// A distribution of times; what never came to its end counts as infinitely late.
public struct DeliverySummary: Sendable {
  /// In milliseconds.
  private var delays: [Double] = []

  public init() {}

  public mutating func add(_ delay: SimDuration?) {
    delays.append(delay?.inMilliseconds ?? .infinity)
  }

  public var count: Int { delays.count }

  /// The figures that are told of a distribution.
  public struct Figures: Equatable, Sendable {
    public var count: Int
    /// Of `shares`.
    public var quantiles: [Double]
    public var maximum: Double
    public var mean: Double
    /// Within a second, 0...1.
    public var withinSecond: Double
    public var undelivered: Int

    public static let shares = [0.5, 0.75, 0.9, 0.95, 0.99]
  }

  /// A quantile is the smallest time that at least its share does not exceed.
  ///
  /// - Precondition: at least one time was added.
  public func figures() -> Figures {
    let sorted = delays.sorted()
    func quantile(_ share: Double) -> Double {
      sorted[max(Int((share * Double(count)).rounded(.up)) - 1, 0)]
    }
    return Figures(
      count: count, quantiles: Figures.shares.map(quantile), maximum: sorted[count - 1],
      mean: sorted.reduce(0, +) / Double(count),
      withinSecond: Double(sorted.reduce(0) { $0 + ($1 <= 1_000 ? 1 : 0) }) / Double(count),
      undelivered: sorted.reduce(0) { $0 + ($1.isFinite ? 0 : 1) })
  }

  /// - Parameters:
  ///   - title: what was sampled.
  ///   - rows: names and distributions, the one that matters most last.
  static func table(title: String, rows: [(name: String, summary: DeliverySummary)]) -> TextTable {
    let headings =
      ["", "n"] + Figures.shares.map { "p\(Int($0 * 100)),\nms" }
      + ["max,\nms", "mean,\nms", "within\n1 s, %"]
    let figures = rows.map { ($0.name, $0.summary.figures()) }
    let cells = figures.map { name, figures in
      [name, "\(figures.count)"]
        + (figures.quantiles + [figures.maximum, figures.mean]).map(milliseconds)
        + [FixedPoint.text(figures.withinSecond * 100, decimals: 2)]
    }
    let lost = figures.last?.1.undelivered ?? 0
    return TextTable(
      title: title, headings: headings, rows: cells,
      note: lost > 0 ? "\(lost) never arrived, and count as infinitely late." : "")
  }

  private static func milliseconds(_ value: Double) -> String {
    value.isFinite ? FixedPoint.text(value, decimals: 1) : "never"
  }
}
