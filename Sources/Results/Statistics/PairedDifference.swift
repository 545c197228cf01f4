/// The difference of two mechanisms' means where both met the same networks.
///
/// A cluster is a pair of calls, one of each mechanism. Pairs are drawn together, so that what the
/// network did to both cancels.
public enum PairedDifference {
  /// The mean of the first values minus that of the second.
  ///
  /// - Parameters: one value of each a pair.
  public static func ofMeans(
    _ first: [Double], minus second: [Double], seed: UInt64,
    resamples: Int = Bootstrap.defaultResamples
  ) -> Estimate {
    precondition(first.count == second.count, "each pair has both values")
    return Bootstrap.mean(zip(first, second).map { $0 - $1 }, seed: seed, resamples: resamples)
  }
}

extension Bootstrap {
  /// The mean of one value a cluster.
  public static func mean(
    _ values: [Double], seed: UInt64, resamples: Int = defaultResamples
  ) -> Estimate {
    ratio(
      of: values, over: [Double](repeating: 1, count: values.count), seed: seed,
      resamples: resamples)
  }
}
