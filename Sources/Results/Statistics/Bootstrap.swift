import SimulationKernel

/// A confidence interval; the upper end is infinite where resamples did not reach a value.
public struct Interval: Equatable, Sendable {
  public var lower: Double
  public var upper: Double

  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }
}

/// A figure with its 95 % interval, or the reason why there is none.
public enum Estimate: Equatable, Sendable {
  /// The value is infinite where it was not reached (a quantile beyond the last repair).
  case measured(Double, Interval)
  /// The data do not carry an interval; the reason is half a sentence.
  case tooFewToTell(String)

  /// The measured value; nil where there are too few data.
  public var value: Double? {
    if case .measured(let value, _) = self { value } else { nil }
  }

  /// The interval; nil where there are too few data.
  public var interval: Interval? {
    if case .measured(_, let interval) = self { interval } else { nil }
  }
}

/// Percentile bootstrap over clusters (Efron, 1979): seeds are drawn with replacement, each with all
/// its calls, since what happens within one call, and in calls on the same channel, is not independent.
public enum Bootstrap {
  /// Fewer clusters than this carry no interval: their resamples repeat too few distinct values.
  public static let minimumClusters = 5
  /// So many observations are expected beyond a quantile before it is given an interval.
  public static let minimumBeyondQuantile = 3.0
  public static let defaultResamples = 1_000

  /// The interval that 95 % of a statistic's resamples make up, widened as `BootstrapTails` says.
  ///
  /// The same arguments give the same interval everywhere, and the same seed the same resamples,
  /// whatever the statistic.
  /// - Parameters:
  ///   - clusters: how many there are; each resample draws so many.
  ///   - statistic: its value where cluster c stands `multiplicities[c]` times; infinite for "not
  ///     reached", nil where the resample leaves it undefined.
  /// - Returns: nil where there are fewer than `minimumClusters`, or where more than 5 % of the
  ///   resamples leave the statistic undefined.
  public static func interval(
    clusters: Int, resamples: Int = defaultResamples, seed: UInt64,
    statistic: (_ multiplicities: [Int]) -> Double?
  ) -> Interval? {
    intervals(1, clusters: clusters, resamples: resamples, seed: seed) { [statistic($0)] }[0]
  }

  /// The intervals of several statistics of the same resamples, as many as `count` says.
  ///
  /// - Parameter statistics: as many values each time.
  static func intervals(
    _ count: Int, clusters: Int, resamples: Int = defaultResamples, seed: UInt64,
    statistics: (_ multiplicities: [Int]) -> [Double?]
  ) -> [Interval?] {
    stratifiedIntervals(
      count, strata: [clusters], resamples: resamples, seed: seed, statistics: statistics)
  }

  /// As `interval` where the clusters come in strata, each of which draws as many of its own as it has.
  ///
  /// - Parameter statistic: its value by the multiplicities of the first stratum, then the next.
  static func stratifiedInterval(
    _ strata: [Int], resamples: Int = defaultResamples, seed: UInt64,
    statistic: (_ multiplicities: [Int]) -> Double?
  ) -> Interval? {
    stratifiedIntervals(1, strata: strata, resamples: resamples, seed: seed) { [statistic($0)] }[0]
  }

  /// As `intervals` where the clusters come in strata.
  static func stratifiedIntervals(
    _ count: Int, strata: [Int], resamples: Int, seed: UInt64,
    statistics: (_ multiplicities: [Int]) -> [Double?]
  ) -> [Interval?] {
    precondition(resamples >= 40, "a 95 % interval needs at least 40 resamples, not \(resamples)")
    guard let fewest = strata.min(), fewest >= minimumClusters else {
      return [Interval?](repeating: nil, count: count)
    }
    var stream = RandomStream(seed: seed, name: "statistics.bootstrap")
    var multiplicities = [Int](repeating: 0, count: strata.reduce(0, +))
    var values = [[Double]](repeating: [], count: count)
    for _ in 0..<resamples {
      for cluster in multiplicities.indices { multiplicities[cluster] = 0 }
      var begin = 0
      for clusters in strata {
        for _ in 0..<clusters {
          multiplicities[begin + Int(stream.next(below: UInt64(clusters)))] += 1
        }
        begin += clusters
      }
      for (statistic, value) in statistics(multiplicities).enumerated() {
        if let value { values[statistic].append(value) }
      }
    }
    let tail = BootstrapTails.share(clusters: fewest)
    return values.map { values in
      guard values.count * 20 >= resamples * 19 else { return nil }
      let sorted = values.sorted()
      let outside = Int(Double(sorted.count) * tail)
      return Interval(lower: sorted[outside], upper: sorted[sorted.count - 1 - outside])
    }
  }

  /// The quotient of two totals over clusters, such as broken time over call time.
  ///
  /// - Parameters: one numerator and one denominator a cluster.
  public static func ratio(
    of numerators: [Double], over denominators: [Double], seed: UInt64,
    resamples: Int = defaultResamples
  ) -> Estimate {
    precondition(numerators.count == denominators.count, "each cluster has both totals")
    func quotient(_ multiplicities: [Int]?) -> Double? {
      var above = 0.0
      var below = 0.0
      for cluster in numerators.indices {
        let weight = Double(multiplicities.map { $0[cluster] } ?? 1)
        above += weight * numerators[cluster]
        below += weight * denominators[cluster]
      }
      return below > 0 ? above / below : nil
    }
    guard let value = quotient(nil) else { return .tooFewToTell("nothing to divide by") }
    guard
      let interval = interval(
        clusters: numerators.count, resamples: resamples, seed: seed, statistic: quotient)
    else { return .tooFewToTell(fewClusters(numerators.count)) }
    return .measured(value, interval)
  }

  /// A share over clusters: as `ratio` where each numerator lies within 0 and its denominator.
  ///
  /// Where every cluster has nothing, or every cluster has all, the resamples are all alike; the
  /// interval is that of `unanimous` then.
  public static func share(
    of numerators: [Double], over denominators: [Double], seed: UInt64,
    resamples: Int = defaultResamples
  ) -> Estimate {
    let estimate = ratio(of: numerators, over: denominators, seed: seed, resamples: resamples)
    let telling = zip(numerators, denominators).filter { $0.1 > 0 }
    guard let value = estimate.value, telling.allSatisfy({ $0.0 == value * $0.1 }) else {
      return estimate
    }
    return .measured(value, unanimous(value, clusters: telling.count) ?? estimate.interval!)
  }

  /// The interval of a share that is 0 in every cluster, or 1 in every cluster: the exact one of
  /// Clopper and Pearson (1934), with clusters as the trials. nil for any other share.
  ///
  /// Of n clusters none differs with a probability of 2.5 % if a share of 1 - 0.025^(1/n) of all
  /// clusters do, and a cluster that differs may do so throughout: its episodes are not independent.
  public static func unanimous(_ share: Double, clusters: Int) -> Interval? {
    let least = DeterministicMath.exp(DeterministicMath.ln(0.025) / Double(clusters))
    switch share {
    case 0: return Interval(lower: 0, upper: 1 - least)
    case 1: return Interval(lower: least, upper: 1)
    default: return nil
    }
  }

  static func fewClusters(_ count: Int) -> String {
    count < minimumClusters
      ? "\(count) \(count == 1 ? "seed" : "seeds"), at least \(minimumClusters) needed"
      : "undefined in too many resamples"
  }
}

extension SurvivalSample {
  /// A quantile with its interval.
  ///
  /// - Parameter clusters: how many there are, those without an observation included.
  public func estimatedQuantile(
    _ p: Double, clusters: Int, seed: UInt64, resamples: Int = Bootstrap.defaultResamples
  ) -> Estimate {
    if let reason = shortage(quantile: p) { return .tooFewToTell(reason) }
    let interval = Bootstrap.interval(clusters: clusters, resamples: resamples, seed: seed) {
      quantile(p, multiplicities: $0) ?? .infinity
    }
    guard let interval else { return .tooFewToTell(Bootstrap.fewClusters(clusters)) }
    return .measured(curve().quantile(p) ?? .infinity, interval)
  }

  /// The share repaired within a time, with its interval; where all or none are, that of
  /// `Bootstrap.unanimous`.
  public func estimatedShareRepaired(
    within limit: Double, clusters: Int, seed: UInt64,
    resamples: Int = Bootstrap.defaultResamples
  ) -> Estimate {
    guard count > 0 else { return .tooFewToTell("no episodes") }
    let interval = Bootstrap.interval(clusters: clusters, resamples: resamples, seed: seed) {
      shareRepaired(within: limit, multiplicities: $0)
    }
    guard let interval else { return .tooFewToTell(Bootstrap.fewClusters(clusters)) }
    let share = curve().shareRepaired(within: limit)
    let exact = Bootstrap.unanimous(share, clusters: clustersObserved)
    return .measured(share, exact ?? interval)
  }

  /// Why the observations do not carry a quantile; nil where they do.
  ///
  /// - Parameter kind: what they are observations of.
  func shortage(quantile p: Double, of kind: String = "episodes") -> String? {
    let rarer = min(p, 1 - p)
    // The small allowance keeps 60 episodes enough for p95 although 60 * (1 - 0.95) < 3 in binary.
    let needed = ((Bootstrap.minimumBeyondQuantile / rarer) - 1e-6).rounded(.up)
    guard rarer > 0, Double(count) >= needed else {
      let need = rarer > 0 ? "at least \(Int(needed)) needed" : "no number is enough"
      return "\(count) \(kind), \(need)"
    }
    return nil
  }
}

/// The quotient of two mechanisms' quantiles where both met the same networks.
///
/// A cluster is a seed with its pairs of calls, one of each mechanism, on the same networks. Both sides
/// of a pair are drawn together, so that what the network did to both cancels.
public enum PairedRatio {
  /// - Parameters:
  ///   - clusters: the number of seeds.
  ///   - p: the quantile; the median where not said otherwise.
  public static func estimate(
    _ numerator: [Observation], over denominator: [Observation], clusters: Int,
    quantile p: Double = 0.5, seed: UInt64, resamples: Int = Bootstrap.defaultResamples
  ) -> Estimate {
    let above = SurvivalSample(numerator)
    let below = SurvivalSample(denominator)
    if let reason = above.shortage(quantile: p) ?? below.shortage(quantile: p) {
      return .tooFewToTell(reason)
    }
    guard let divisor = below.curve().quantile(p), divisor > 0 else {
      return .tooFewToTell("the reference's quantile was not reached")
    }
    let interval = Bootstrap.interval(clusters: clusters, resamples: resamples, seed: seed) {
      guard let divisor = below.quantile(p, multiplicities: $0), divisor > 0 else { return nil }
      return (above.quantile(p, multiplicities: $0) ?? .infinity) / divisor
    }
    guard let interval else { return .tooFewToTell(Bootstrap.fewClusters(clusters)) }
    return .measured((above.curve().quantile(p) ?? .infinity) / divisor, interval)
  }
}
