/// Identifiers of SIP made from numbers, so that a run is the same every time.
///
/// Different numbers make different identifiers; they look as scattered as those of real user
/// agents, and are about as long.
public enum SIPIdentifier {
  /// A Via branch with the cookie that RFC 3261 section 8.1.1.7 prescribes.
  public static func branch(_ number: UInt64) -> String {
    "z9hG4bK" + scattered(number, salt: 1)
  }

  /// A tag of From or To, of the 32 bits that RFC 3261 section 19.3 asks for.
  public static func tag(_ number: UInt32) -> String {
    // A bijection of 32 bits: shifted exclusive-ors and an odd factor.
    var value = (number ^ (number >> 16)) &* 0x9E37_79B1
    value ^= value >> 15
    return hexadecimal(UInt64(value), digits: 8)
  }

  /// A Call-ID within a host.
  public static func call(_ number: UInt64, host: String) -> String {
    scattered(number, salt: 3) + "@" + host
  }

  // A bijection of 64 bits for each salt, in 16 hexadecimal digits.
  private static func scattered(_ number: UInt64, salt: UInt64) -> String {
    var value = number ^ (salt &* 0x9E37_79B9_7F4A_7C15)
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    value ^= value >> 31
    return hexadecimal(value, digits: 16)
  }

  private static func hexadecimal(_ value: UInt64, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: digits - text.utf8.count) + text
  }
}
