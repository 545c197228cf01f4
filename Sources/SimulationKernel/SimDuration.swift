/// A span of simulated time, in whole nanoseconds; may be negative.
public struct SimDuration: Comparable, Hashable, Sendable {
  /// The span in nanoseconds.
  public var nanoseconds: Int64

  public static let zero = SimDuration(nanoseconds: 0)

  @inlinable public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// A span of whole seconds.
  @inlinable public static func seconds(_ value: Int64) -> SimDuration {
    SimDuration(nanoseconds: value * 1_000_000_000)
  }

  /// A span of whole milliseconds.
  @inlinable public static func milliseconds(_ value: Int64) -> SimDuration {
    SimDuration(nanoseconds: value * 1_000_000)
  }

  /// A span of whole microseconds.
  @inlinable public static func microseconds(_ value: Int64) -> SimDuration {
    SimDuration(nanoseconds: value * 1_000)
  }

  /// The span in milliseconds, for output only.
  @inlinable public var inMilliseconds: Double { Double(nanoseconds) / 1e6 }

  /// The span in seconds, for output only.
  @inlinable public var inSeconds: Double { Double(nanoseconds) / 1e9 }

  @inlinable public static func < (a: Self, b: Self) -> Bool { a.nanoseconds < b.nanoseconds }
  @inlinable public static func + (a: Self, b: Self) -> Self {
    Self(nanoseconds: a.nanoseconds + b.nanoseconds)
  }
  @inlinable public static func - (a: Self, b: Self) -> Self {
    Self(nanoseconds: a.nanoseconds - b.nanoseconds)
  }
  @inlinable public static func * (a: Self, factor: Int64) -> Self {
    Self(nanoseconds: a.nanoseconds * factor)
  }
  @inlinable public static func / (a: Self, divisor: Int64) -> Self {
    Self(nanoseconds: a.nanoseconds / divisor)
  }
  @inlinable public static func += (a: inout Self, b: Self) { a = a + b }
  @inlinable public static func -= (a: inout Self, b: Self) { a = a - b }
}
