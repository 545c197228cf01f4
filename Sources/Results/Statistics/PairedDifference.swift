/// The difference of two mechanisms' means where both met the same networks.
///
/// A cluster is a seed with its pairs of calls, one of each mechanism. Both sides of a pair are drawn
/// together, so that what the network did to both cancels.
public enum PairedDifference {
  /// The mean of the first values minus that of the second.
  ///
  /// - Parameters:
  ///   - first: one value a pair, as `second`.
  ///   - clusters: the cluster of each pair, from 0 on; nil: each pair is one.
  public static func ofMeans(
    _ first: [Double], minus second: [Double], clusters: [Int]? = nil, seed: UInt64,
    resamples: Int = Bootstrap.defaultResamples
  ) -> Estimate {
    precondition(first.count == second.count, "each pair has both values")
    return Bootstrap.mean(
      zip(first, second).map { $0 - $1 }, clusters: clusters, seed: seed, resamples: resamples)
  }
}

extension Bootstrap {
  /// The mean of some values.
  ///
  /// - Parameter clusters: the cluster of each value, from 0 on; nil: each is one.
  public static func mean(
    _ values: [Double], clusters: [Int]? = nil, seed: UInt64, resamples: Int = defaultResamples
  ) -> Estimate {
    let totals = ClusterTotals(values, clusters: clusters ?? Array(values.indices))
    return ratio(of: totals.sums, over: totals.counts, seed: seed, resamples: resamples)
  }
}

/// Sums and numbers of values by cluster.
struct ClusterTotals {
  private(set) var sums: [Double]
  private(set) var counts: [Double]

  /// - Parameter clusters: the cluster of each value, from 0 on.
  init(_ values: [Double], clusters: [Int]) {
    precondition(values.count == clusters.count, "each value has a cluster")
    sums = [Double](repeating: 0, count: (clusters.max() ?? -1) + 1)
    counts = sums
    for (value, cluster) in zip(values, clusters) {
      sums[cluster] += value
      counts[cluster] += 1
    }
  }
}

/// Seeds by the order of their first appearance: the clusters of what they made.
struct SeedClusters {
  private var positions: [UInt64: Int] = [:]

  var count: Int { positions.count }

  /// The seed's cluster, from 0 on; a new one for a new seed.
  mutating func position(of seed: UInt64) -> Int {
    if let position = positions[seed] { return position }
    positions[seed] = positions.count
    return positions.count - 1
  }
}
