/// What a metric of a gate is measured in.
public enum MetricUnit: String, CaseIterable, Decodable, Sendable {
  case milliseconds = "ms"
  /// 0...1; a file writes percent.
  case share
  case decibels = "dB"
  /// An SSIM, at most 1.
  case similarity = "ssim"
  case kilobitsPerSecond = "kbit/s"

  /// A value as the table shows it.
  public func text(_ value: Double) -> String {
    guard value.isFinite else { return "never" }
    switch self {
    case .milliseconds: return FixedPoint.text(value, decimals: 0) + " ms"
    case .share: return FixedPoint.text(value * 100, decimals: 2) + " %"
    case .decibels: return FixedPoint.text(value, decimals: 2) + " dB"
    case .similarity: return FixedPoint.text(value, decimals: 4)
    case .kilobitsPerSecond: return FixedPoint.text(value, decimals: 0) + " kbit/s"
    }
  }

  /// What no value can be beyond.
  public var range: ClosedRange<Double> {
    switch self {
    case .share: 0...1
    case .similarity: -1...1
    case .milliseconds, .kilobitsPerSecond: 0...(.infinity)
    case .decibels: -Double.infinity...(.infinity)
    }
  }
}
