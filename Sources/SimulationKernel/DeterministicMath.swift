/// Logarithms and the exponential function with the same bits on every machine.
///
/// A C library's `log` and `exp` may differ in the last bit from one library, version or
/// processor to the next, and one bit is enough to print another digit or to take another branch.
/// These use IEEE 754 addition, subtraction, multiplication and division and bit operations alone,
/// which the standard defines exactly. Their relative error is below 1e-14 (absolute error where a
/// logarithm is near zero), a few units in the last place.
public enum DeterministicMath {
  /// The natural logarithm; -infinity for 0, not a number below 0.
  public static func ln(_ value: Double) -> Double {
    guard value > 0 else { return value == 0 ? -.infinity : .nan }
    guard value < .infinity else { return .infinity }
    let (fraction, exponent) = split(value)
    return Double(exponent) * ln2High + (Double(exponent) * ln2Low + lnNearOne(fraction))
  }

  /// The decimal logarithm; -infinity for 0, not a number below 0.
  public static func log10(_ value: Double) -> Double {
    ln(value) * 0.434_294_481_903_251_8  // 1 / ln 10
  }

  /// e to the power of `value`; infinity above the range of `Double`, 0 below it.
  public static func exp(_ value: Double) -> Double {
    guard value == value else { return .nan }
    if value > 709.782_712_893_384 { return .infinity }
    if value < -745.14 { return 0 }
    // value = power * ln 2 + rest, |rest| <= ln(2) / 2.
    let power = (value * 1.442_695_040_888_963_4).rounded()  // 1 / ln 2
    let rest = (value - power * ln2High) - power * ln2Low
    // The Taylor series; its 15th term is below 1e-18 here.
    var sum = 1.0
    var divisor = 14.0
    while divisor >= 1 {
      sum = 1 + sum * rest / divisor
      divisor -= 1
    }
    // In two steps, because 2^power alone may lie outside the range of normal numbers.
    let half = Int(power) / 2
    return sum * powerOfTwo(half) * powerOfTwo(Int(power) - half)
  }

  /// ln 2 in two parts; the first has 21 trailing zero bits, so that its product with any exponent
  /// is exact.
  private static let ln2High = Double(bitPattern: 0x3FE6_2E42_FEE0_0000)
  private static let ln2Low = 1.908_214_929_270_587_7e-10

  /// A positive finite number as fraction * 2^exponent, the fraction within sqrt(1/2)...sqrt(2).
  private static func split(_ value: Double) -> (fraction: Double, exponent: Int) {
    var bits = value.bitPattern
    var exponent = 0
    if bits >> 52 == 0 {  // A subnormal number: make it normal.
      bits = (value * 0x1p54).bitPattern
      exponent = -54
    }
    exponent += Int(bits >> 52) - 1023
    var fraction = Double(bitPattern: bits & 0x000F_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000)
    if fraction > 1.414_213_562_373_095_1 {
      fraction *= 0.5
      exponent += 1
    }
    return (fraction, exponent)
  }

  /// ln(x) = 2 artanh((x - 1) / (x + 1)), whose series converges fast near 1: the square of the
  /// quotient is below 0.0295 for x within sqrt(1/2)...sqrt(2).
  private static func lnNearOne(_ x: Double) -> Double {
    let quotient = (x - 1) / (x + 1)
    let square = quotient * quotient
    var sum = 0.0
    var divisor = 25.0
    while divisor >= 3 {
      sum = (sum + 1 / divisor) * square
      divisor -= 2
    }
    return 2 * quotient + 2 * quotient * sum
  }

  /// 2 to a power within -1022...1023.
  private static func powerOfTwo(_ power: Int) -> Double {
    Double(bitPattern: UInt64(power + 1023) << 52)
  }
}
