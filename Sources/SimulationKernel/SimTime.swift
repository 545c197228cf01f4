/// An instant of simulated time: whole nanoseconds since the simulation began.
public struct SimTime: Comparable, Hashable, Sendable {
  /// Nanoseconds since the beginning of the simulation.
  public var nanoseconds: Int64

  public static let zero = SimTime(nanoseconds: 0)
  /// Later than any instant a simulation reaches.
  public static let distantFuture = SimTime(nanoseconds: .max)

  @inlinable public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// Milliseconds since the beginning, for output only.
  @inlinable public var inMilliseconds: Double { Double(nanoseconds) / 1e6 }

  @inlinable public static func < (a: Self, b: Self) -> Bool { a.nanoseconds < b.nanoseconds }
  @inlinable public static func + (t: Self, d: SimDuration) -> Self {
    Self(nanoseconds: t.nanoseconds + d.nanoseconds)
  }
  @inlinable public static func - (t: Self, d: SimDuration) -> Self {
    Self(nanoseconds: t.nanoseconds - d.nanoseconds)
  }
  @inlinable public static func - (a: Self, b: Self) -> SimDuration {
    SimDuration(nanoseconds: a.nanoseconds - b.nanoseconds)
  }
  @inlinable public static func += (t: inout Self, d: SimDuration) { t = t + d }
}
