import SimulationKernel

/// The same losses under two mechanisms, and what they say of one against the other.
///
/// Clusters are seeds: a resample draws calls with all their pairs under all conditions.
struct ProbePairs {
  /// The time from one loss to its repair under each mechanism, in ms.
  struct Pair: Equatable {
    var first: Double
    var firstIsCensored: Bool
    var second: Double
    var secondIsCensored: Bool
    /// Identifies the call.
    var seed: UInt64
  }

  let pairs: [Pair]
  let seeds: Int
  /// To which times are cut for a mean, in ms; no longer than any censored one.
  let limit: Double
  private let clusters: [Int]

  init(_ pairs: [Pair], limit: Double) {
    var seeds = SeedClusters()
    clusters = pairs.map { seeds.position(of: $0.seed) }
    self.pairs = pairs
    self.limit = limit
    self.seeds = seeds.count
  }

  var count: Int { pairs.count }

  /// Whether no pair shows any difference. Resamples know none then, which is not to say that there is
  /// none: intervals without width would claim that.
  var areAllAlike: Bool {
    !pairs.isEmpty && pairs.allSatisfy { min($0.first, limit) == min($0.second, limit) }
  }

  /// The mean of the first mechanism's times over that of the second's, each time cut at `limit`.
  func meanRatio(seed: UInt64, resamples: Int = Bootstrap.defaultResamples) -> Estimate {
    Bootstrap.ratio(
      of: totals { min($0.first, limit) }, over: totals { min($0.second, limit) }, seed: seed,
      resamples: resamples)
  }

  /// The mean of the pairs' differences in ms, first minus second, each time cut at `limit`.
  func meanDifference(seed: UInt64, resamples: Int = Bootstrap.defaultResamples) -> Estimate {
    PairedDifference.ofMeans(
      pairs.map { min($0.first, limit) }, minus: pairs.map { min($0.second, limit) },
      clusters: clusters, seed: seed, resamples: resamples)
  }

  /// The Kaplan-Meier median of the first mechanism's times over that of the second's.
  func medianRatio(seed: UInt64, resamples: Int = Bootstrap.defaultResamples) -> Estimate {
    PairedRatio.estimate(
      zip(pairs, clusters).map {
        Observation(value: $0.first, isCensored: $0.firstIsCensored, cluster: $1)
      },
      over: zip(pairs, clusters).map {
        Observation(value: $0.second, isCensored: $0.secondIsCensored, cluster: $1)
      }, clusters: seeds, seed: seed, resamples: resamples)
  }

  /// The share of pairs in which the first mechanism repaired sooner.
  func shareFaster(seed: UInt64) -> Estimate { share(seed: seed, where: \.isFirstSooner) }

  /// The share of pairs in which the second did. The rest were repaired at the same time, by the same
  /// frame, or by neither before the horizon.
  func shareSlower(seed: UInt64) -> Estimate { share(seed: seed, where: \.isSecondSooner) }

  private func share(seed: UInt64, where isTrue: (Pair) -> Bool) -> Estimate {
    Bootstrap.share(
      of: totals { isTrue($0) ? 1 : 0 }, over: totals { _ in 1 }, seed: seed)
  }

  /// By seed.
  private func totals(_ value: (Pair) -> Double) -> [Double] {
    ClusterTotals(pairs.map(value), clusters: clusters).sums
  }
}

extension ProbePairs.Pair {
  init(_ first: ProbeResults.Followed, _ second: ProbeResults.Followed, seed: UInt64) {
    self.init(
      first: first.duration.inMilliseconds, firstIsCensored: first.isCensored,
      second: second.duration.inMilliseconds, secondIsCensored: second.isCensored, seed: seed)
  }

  /// Whether the first is known to be repaired before the second.
  var isFirstSooner: Bool {
    !firstIsCensored && (secondIsCensored ? second >= first : second > first)
  }

  /// Whether the second is known to be repaired before the first.
  var isSecondSooner: Bool {
    !secondIsCensored && (firstIsCensored ? first >= second : first > second)
  }
}
