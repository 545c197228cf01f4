/// A decimal number and the unit behind it, exact: `digits * 10^-decimals`.
struct DecimalQuantity {
  var digits: Int64
  var decimals: Int
  var unit: Substring

  /// Parses `12`, `0.37ms`, `1.5 Mbps`; nil where it is anything else or has over 18 digits.
  init?(_ text: String) {
    var digits: Int64 = 0
    var decimals = 0
    var count = 0
    var hasPoint = false
    var rest = Substring(text)
    while let character = rest.utf8.first {
      if character == UInt8(ascii: "."), !hasPoint, count > 0 {
        hasPoint = true
      } else if character >= UInt8(ascii: "0"), character <= UInt8(ascii: "9") {
        count += 1
        guard count <= 18 else { return nil }
        digits = digits * 10 + Int64(character - UInt8(ascii: "0"))
        if hasPoint { decimals += 1 }
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    guard count > 0, !hasPoint || decimals > 0 else { return nil }
    if rest.first == " " { rest = rest.dropFirst() }
    self.digits = digits
    self.decimals = decimals
    self.unit = rest
  }

  /// Parses a number with a unit of a kind, and tells the unit's scale; nil where it is anything else.
  static func with(
    _ kind: QuantityUnit.Kind, _ text: String
  ) -> (quantity: DecimalQuantity, scale: Int64)? {
    guard let quantity = DecimalQuantity(text), let unit = QuantityUnit(quantity.unit),
      unit.kind == kind
    else { return nil }
    return (quantity, unit.scale)
  }

  /// The quantity in a unit that is `scale` smallest units; nil where it is not whole or too large.
  func wholeUnits(of scale: Int64) -> Int64? {
    var (value, overflow) = digits.multipliedReportingOverflow(by: scale)
    if overflow { return nil }
    for _ in 0..<decimals {
      guard value % 10 == 0 else { return nil }
      value /= 10
    }
    return value
  }

  /// The quantity as the nearest floating-point number.
  var number: Double {
    var power = 1.0
    for _ in 0..<decimals { power *= 10 }
    // Both operands are exact up to 2^53 and 10^22, and division rounds correctly.
    return Double(digits) / power
  }
}
