/// Decimal text of fixed length behind the point: the same octets on every machine and locale.
public enum FixedPoint {
  /// `value` counts units of 10^-decimals: `text(1_500, decimals: 3)` is "1.500".
  ///
  /// - Parameter decimals: within 0...18.
  public static func text(_ value: Int64, decimals: Int) -> String {
    var octets: [UInt8] = []
    append(value, decimals: decimals, to: &octets)
    return String(decoding: octets, as: UTF8.self)
  }

  /// `value` with `decimals` digits behind the point, halves rounded away from zero.
  ///
  /// - Parameter value: finite, and below 2^63 in units of 10^-decimals (checked).
  public static func text(_ value: Double, decimals: Int) -> String {
    text(scaled(value, decimals: decimals), decimals: decimals)
  }

  /// `value` in units of 10^-decimals, halves rounded away from zero.
  static func scaled(_ value: Double, decimals: Int) -> Int64 {
    precondition(value.isFinite, "only finite numbers are written, not \(value)")
    var factor = 1.0
    for _ in 0..<decimals { factor *= 10 }
    return Int64((value * factor).rounded(.toNearestOrAwayFromZero))
  }

  /// Appends the text of `value` units of 10^-decimals.
  public static func append(_ value: Int64, decimals: Int, to octets: inout [UInt8]) {
    if value < 0 { octets.append(UInt8(ascii: "-")) }
    appendUnsigned(value.magnitude, decimals: decimals, to: &octets)
  }

  /// Appends the digits of `value` with a point before the last `decimals` of them.
  static func appendUnsigned(_ value: UInt64, decimals: Int, to octets: inout [UInt8]) {
    let begin = octets.count
    var rest = value
    var written = 0
    repeat {
      if written == decimals, decimals > 0 { octets.append(UInt8(ascii: ".")) }
      octets.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
      written += 1
    } while rest > 0 || written <= decimals
    octets[begin...].reverse()
  }
}

/// `a * b / c` rounded to the nearest integer, halves up, without overflow between.
///
/// - Parameters: all non-negative, `c` positive, and the quotient below 2^63 (checked).
func roundedQuotient(_ a: Int64, _ b: Int64, over c: Int64) -> Int64 {
  precondition(a >= 0 && b >= 0 && c > 0, "a quotient of counts needs a positive divisor")
  let divisor = UInt64(c)
  var (high, low) = UInt64(a).multipliedFullWidth(by: UInt64(b))
  let (sum, carries) = low.addingReportingOverflow(divisor / 2)
  low = sum
  if carries { high += 1 }
  return Int64(divisor.dividingFullWidth((high, low)).quotient)
}
