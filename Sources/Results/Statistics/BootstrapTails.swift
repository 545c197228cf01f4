import SimulationKernel

/// How far out among the resamples the ends of a 95 % interval lie.
///
/// The plain percentiles 2.5 and 97.5 are too narrow where clusters are few: they know nothing of
/// Student's t, and resamples vary by (n - 1) / n of what they should. Percentiles moved out by both
/// hold the truth about as often as they say ("expanded percentile interval", Hesterberg, 2015).
enum BootstrapTails {
  /// The share of resamples beyond each end: 0.1 % for 5 clusters, 2.5 % for very many.
  ///
  /// - Parameter clusters: at least 2 (checked).
  static func share(clusters: Int) -> Double {
    precondition(clusters >= 2, "\(clusters) clusters have no spread")
    let count = Double(clusters)
    return upperTail(studentQuantile(degrees: count - 1) * (count / (count - 1)).squareRoot())
  }

  /// Student's t at 97.5 %: the expansion in powers of 1/degrees (Abramowitz and Stegun, 26.7.5),
  /// within 0.001 of the exact value from 4 degrees of freedom on.
  static func studentQuantile(degrees: Double) -> Double {
    let z = 1.959_963_984_540_054
    func polynomial(_ coefficients: [Double]) -> Double {
      coefficients.reversed().reduce(0) { $0 * z * z + $1 } * z
    }
    let terms = [
      polynomial([1, 1]) / 4,
      polynomial([3, 16, 5]) / 96,
      polynomial([-15, 17, 19, 3]) / 384,
      polynomial([-945, -1_920, 1_482, 776, 79]) / 92_160,
    ]
    return z + terms.reversed().reduce(0) { ($0 + $1) / degrees }
  }

  /// The share of a normal distribution above `z` >= 0, within 1e-7 (Abramowitz and Stegun, 26.2.17).
  static func upperTail(_ z: Double) -> Double {
    let t = 1 / (1 + 0.231_641_9 * z)
    let coefficients = [
      0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429,
    ]
    let sum = coefficients.reversed().reduce(0) { ($0 + $1) * t }
    return DeterministicMath.exp(-z * z / 2) / (2 * Double.pi).squareRoot() * sum
  }
}
