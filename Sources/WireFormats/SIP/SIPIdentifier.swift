/// Identifiers of SIP made from numbers, so that a run is the same every time.
///
/// Different numbers make different identifiers; they look as scattered as those of real user
/// agents, and are as long.
public enum SIPIdentifier {
  /// A Via branch with the cookie that RFC 3261 section 8.1.1.7 prescribes.
  public static func branch(_ number: UInt64) -> String {
    "z9hG4bK" + scattered(number, salt: 1)
  }

  /// A tag of From or To.
  public static func tag(_ number: UInt64) -> String {
    scattered(number, salt: 2)
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
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
