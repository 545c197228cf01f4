/// VP8's three reference buffers (RFC 6386 section 9.7), in libvpx's bits.
public struct VP8References: OptionSet, Hashable, Sendable, CustomStringConvertible {
  public let rawValue: Int

  public init(rawValue: Int) {
    self.rawValue = rawValue
  }

  public static let last = VP8References(rawValue: 1)
  public static let golden = VP8References(rawValue: 2)
  public static let altref = VP8References(rawValue: 4)
  public static let all: VP8References = [.last, .golden, .altref]

  /// Names joined with "+", such as "last+golden"; empty for none. Costs no allocation.
  public var description: String {
    switch rawValue & 7 {
    case 1: "last"
    case 2: "golden"
    case 3: "last+golden"
    case 4: "altref"
    case 5: "last+altref"
    case 6: "golden+altref"
    case 7: "last+golden+altref"
    default: ""
    }
  }
}
