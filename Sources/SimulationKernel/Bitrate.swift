/// A rate in bits per second.
public struct Bitrate: Comparable, Hashable, Sendable {
  /// Bits per second; positive.
  public var bitsPerSecond: Int64

  @inlinable public init(bitsPerSecond: Int64) {
    self.bitsPerSecond = bitsPerSecond
  }

  /// Kilobits (1,000 bits) per second.
  @inlinable public static func kilobitsPerSecond(_ value: Int64) -> Bitrate {
    Bitrate(bitsPerSecond: value * 1_000)
  }

  /// How long `octets` take at this rate, rounded up to the next nanosecond.
  @inlinable public func duration(ofOctets octets: Int) -> SimDuration {
    let bits = Int64(octets) * 8
    let (quotient, remainder) = bits.quotientAndRemainder(dividingBy: bitsPerSecond)
    return SimDuration(
      nanoseconds: quotient * 1_000_000_000
        + (remainder * 1_000_000_000 + bitsPerSecond - 1) / bitsPerSecond)
  }

  @inlinable public static func < (a: Self, b: Self) -> Bool { a.bitsPerSecond < b.bitsPerSecond }
}
