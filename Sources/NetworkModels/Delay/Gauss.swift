import SimulationKernel

/// The standard normal distribution, by arithmetic that is the same on every machine.
enum Gauss {
  /// The value below which this share lies, 0...1; bounded at 1e-300 and its complement.
  ///
  /// P. J. Acklam's rational approximation (2003), whose relative error is below 1.15e-9.
  static func value(ofRank rank: Double) -> Double {
    let p = min(max(rank, 1e-300), 1 - 0x1p-53)
    if p < 0.02425 { return tail((-2 * DeterministicMath.ln(p)).squareRoot()) }
    if p > 1 - 0.02425 { return -tail((-2 * DeterministicMath.ln(1 - p)).squareRoot()) }
    let q = p - 0.5
    let r = q * q
    let above =
      (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r
        + 1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239e+00) * q
    let below =
      ((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r
        + 6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1
    return above / below
  }

  private static func tail(_ q: Double) -> Double {
    let above =
      ((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q
        - 2.549732539343734e+00) * q + 4.374664141464968e+00) * q + 2.938163982698783e+00
    let below =
      (((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q
        + 3.754408661907416e+00) * q + 1
    return above / below
  }

  /// The share that lies below a value.
  ///
  /// Abramowitz and Stegun 26.2.17, whose error is below 7.5e-8.
  static func rank(of value: Double) -> Double {
    let x = value.magnitude
    let t = 1 / (1 + 0.2316419 * x)
    let polynomial =
      ((((1.330274429 * t - 1.821255978) * t + 1.781477937) * t - 0.356563782) * t + 0.319381530)
      * t
    let density = 0.398_942_280_401_432_7 * DeterministicMath.exp(-x * x / 2)
    let above = density * polynomial
    return value < 0 ? above : 1 - above
  }
}
