/// A unit that a number in a file may have, as a multiple of the smallest unit of its kind.
public struct QuantityUnit: Hashable, Sendable {
  /// What units of one kind measure, and can be converted into each other.
  public enum Kind: Hashable, Sendable {
    /// The smallest unit is the nanosecond.
    case duration
    /// The smallest unit is the bit per second.
    case bitrate
    case octets
    /// Percent; no other unit, and any fraction of it.
    case share
    /// No unit, or `fps`; any fraction.
    case number
  }

  public let kind: Kind
  /// How many smallest units it is.
  public let scale: Int64

  /// The unit of a name as files write it; nil for an unknown one.
  public init?(_ name: some StringProtocol) {
    switch name {
    case "ns": (kind, scale) = (.duration, 1)
    case "us", "µs", "μs": (kind, scale) = (.duration, 1_000)
    case "ms": (kind, scale) = (.duration, 1_000_000)
    case "s": (kind, scale) = (.duration, 1_000_000_000)
    case "min": (kind, scale) = (.duration, 60_000_000_000)
    case "h": (kind, scale) = (.duration, 3_600_000_000_000)
    case "B": (kind, scale) = (.octets, 1)
    case "kB": (kind, scale) = (.octets, 1_000)
    case "MB": (kind, scale) = (.octets, 1_000_000)
    case "%": (kind, scale) = (.share, 1)
    case "", "fps": (kind, scale) = (.number, 1)
    default:
      switch name.lowercased() {
      case "bps", "bit/s": (kind, scale) = (.bitrate, 1)
      case "kbps", "kbit/s": (kind, scale) = (.bitrate, 1_000)
      case "mbps", "mbit/s": (kind, scale) = (.bitrate, 1_000_000)
      case "gbps", "gbit/s": (kind, scale) = (.bitrate, 1_000_000_000)
      default: return nil
      }
    }
  }

  /// Decimals that a number in this unit may have and still be whole in the smallest one; nil where
  /// any number of them is.
  public var decimals: Int? {
    guard kind != .share, kind != .number else { return nil }
    var (count, rest) = (0, scale)
    while rest % 10 == 0 { (count, rest) = (count + 1, rest / 10) }
    return count
  }
}
