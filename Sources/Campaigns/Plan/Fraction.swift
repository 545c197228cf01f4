import Configuration
import SimulationKernel

/// A rational number; its denominator is positive.
struct Fraction {
  var numerator: Int128
  var denominator: Int128

  init(numerator: Int128, denominator: Int128) {
    (self.numerator, self.denominator) = (numerator, denominator)
  }

  /// A positive number within 10^-9 and 10^22, to 15 significant digits.
  private init(_ number: Double) {
    var exponent = 0
    while exponent < 22, number >= Double(powerOfTen(exponent + 1)) { exponent += 1 }
    if number < 1 {
      while exponent > -9, number * Double(powerOfTen(-exponent)) < 1 { exponent -= 1 }
    }
    let places = max(0, 14 - exponent)
    denominator = powerOfTen(places)
    numerator = Int128((number * Double(denominator)).rounded())
  }

  var number: Double { Double(numerator) / Double(denominator) }

  /// The `index`-th of `count` equal parts of the way to another number.
  func towards(_ other: Fraction, _ index: Int, of count: Int) -> Fraction {
    let common = max(denominator, other.denominator)
    let mine = numerator * (common / denominator)
    let its = other.numerator * (common / other.denominator)
    return Fraction(
      numerator: mine * Int128(count - index) + its * Int128(index),
      denominator: common * Int128(count))
  }

  /// The same in equal ratios instead of equal differences, with the same bits on every machine.
  func towardsByRatio(_ other: Fraction, _ index: Int, of count: Int) -> Fraction {
    let (first, last) = (DeterministicMath.ln(number), DeterministicMath.ln(other.number))
    let share = Double(index) / Double(count)
    return Fraction(DeterministicMath.exp(first + (last - first) * share))
  }

  /// Rounded to a number of significant digits, halves away from zero, with at most `decimals`.
  func rounded(to digits: Int, decimals: Int) -> DecimalNumber {
    guard numerator != 0 else { return DecimalNumber(mantissa: 0, decimals: 0) }
    let places = min(decimals, digits - 1 - exponent)
    let raised = places > 0 ? numerator * powerOfTen(places) : numerator
    let divisor = places < 0 ? denominator * powerOfTen(-places) : denominator
    var (quotient, rest) = raised.quotientAndRemainder(dividingBy: divisor)
    if rest.magnitude * 2 >= divisor.magnitude { quotient += numerator.signum() }
    return DecimalNumber(
      mantissa: places < 0 ? quotient * powerOfTen(-places) : quotient, decimals: max(0, places))
  }

  /// Of the first significant digit: 2 of 365, -1 of 0.25; the number is not 0.
  private var exponent: Int {
    var exponent = 0
    var whole = numerator.magnitude / denominator.magnitude
    guard whole == 0 else {
      while whole >= 10 { (whole, exponent) = (whole / 10, exponent + 1) }
      return exponent
    }
    var raised = numerator.magnitude
    while raised < denominator.magnitude { (raised, exponent) = (raised * 10, exponent - 1) }
    return exponent
  }

  func equals(_ decimal: DecimalNumber) -> Bool {
    numerator * powerOfTen(decimal.decimals) == decimal.mantissa * denominator
  }
}

/// `mantissa * 10^-decimals`.
struct DecimalNumber {
  var mantissa: Int128
  /// 0 or above.
  var decimals: Int

  var number: Double { Double(mantissa) / Double(powerOfTen(decimals)) }

  /// Without needless zeros: `65`, `0.5`, `-8`.
  var text: String {
    let power = powerOfTen(decimals).magnitude
    let (whole, rest) = mantissa.magnitude.quotientAndRemainder(dividingBy: power)
    let sign = mantissa < 0 ? "-" : ""
    guard rest > 0 else { return "\(sign)\(whole)" }
    // The leading 1 keeps the zeros behind the point.
    var fraction = "\(rest + power)".dropFirst()
    while fraction.last == "0" { fraction.removeLast() }
    return "\(sign)\(whole).\(fraction)"
  }
}
