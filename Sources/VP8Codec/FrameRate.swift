import SimulationKernel

/// Frames per second as a ratio, so that 30000/1001 is exact.
public struct FrameRate: Hashable, Sendable, CustomStringConvertible {
  /// Frames in `denominator` seconds; both positive.
  public let numerator: Int
  public let denominator: Int

  /// - Parameters: both positive (checked).
  public init(_ numerator: Int, per denominator: Int = 1) {
    precondition(
      numerator > 0 && denominator > 0,
      "a frame rate is positive, not \(numerator)/\(denominator)")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// When frame `index` (from 0) is captured after the first, rounded down to a nanosecond; exact
  /// for any index, so that no error accumulates.
  public func captureTime(ofFrame index: Int64) -> SimDuration {
    let product = index.multipliedFullWidth(by: Int64(denominator) * 1_000_000_000)
    return SimDuration(nanoseconds: Int64(numerator).dividingFullWidth(product).quotient)
  }

  /// Frames captured within a call of this length: those whose capture time is before its end.
  public func frameCount(within duration: SimDuration) -> Int {
    guard duration > .zero else { return 0 }
    let product = duration.nanoseconds.multipliedFullWidth(by: Int64(numerator))
    var count = (Int64(denominator) * 1_000_000_000).dividingFullWidth(product).quotient
    while captureTime(ofFrame: count) < duration { count += 1 }
    while count > 0 && captureTime(ofFrame: count - 1) >= duration { count -= 1 }
    return Int(count)
  }

  /// "25" or "30000/1001".
  public var description: String {
    denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)"
  }
}
