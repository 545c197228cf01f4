import SimulationKernel

/// Figures as tables and sentences show them.
public enum FigureText {
  /// Three digits are enough to compare: none behind the point from 100 on.
  public static func milliseconds(_ value: Double) -> String {
    guard value.isFinite else { return "∞" }
    return FixedPoint.text(value, decimals: value >= 100 ? 0 : 1)
  }

  /// "1,240 ms", "53.8 ms": as `milliseconds`, with thousands set apart.
  public static func grouped(_ span: SimDuration) -> String {
    let text = milliseconds(span.inMilliseconds)
    guard span.inMilliseconds >= 1_000 else { return text + " ms" }
    var digits = text
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
      place -= 3
    }
    return digits + " ms"
  }

  public static func ratio(_ value: Double) -> String {
    value.isFinite ? FixedPoint.text(value, decimals: value >= 10 ? 1 : 2) : "∞"
  }

  public static func percent(_ share: Double, decimals: Int = 1) -> String {
    FixedPoint.text(share * 100, decimals: decimals)
  }

  /// As many decimals as needed, at most 4: "1", "0.25".
  public static func trimmed(_ value: Double) -> String {
    var text = FixedPoint.text(value, decimals: 4)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  /// "295 [280, 312]", "not reached [280, ∞]", "not reached" where no resample did, "too few".
  public static func estimate(_ estimate: Estimate, _ figure: (Double) -> String) -> String {
    switch estimate {
    case .tooFewToTell: "too few"
    case .measured(.infinity, let interval) where interval.lower == .infinity: "not reached"
    case .measured(let value, let interval):
      (value.isFinite ? figure(value) : "not reached") + " " + Self.interval(interval, figure)
    }
  }

  public static func interval(_ interval: Interval, _ figure: (Double) -> String) -> String {
    "[\(figure(interval.lower)), \(figure(interval.upper))]"
  }

  /// "20–200" or "100" of numbers with few decimals.
  public static func range(_ values: [Double]) -> String {
    guard let least = values.min(), let greatest = values.max() else { return "" }
    return least == greatest ? trimmed(least) : "\(trimmed(least))–\(trimmed(greatest))"
  }
}
