import SimulationKernel

/// The probes of one mechanism under some conditions, and what they estimate. Clusters are seeds.
struct ProbeSample {
  /// Recovery times in ms and shares repaired, with intervals.
  struct Figures {
    var quantiles: [Estimate]
    var shares: [Estimate]

    var median: Estimate { quantiles[0] }
  }

  /// Of `Figures`.
  static let quantiles = [0.5, 0.9, 0.95]
  /// Of `Figures`, in ms.
  static let limits = [100.0, 250, 500, 1_000]

  let seeds: Int
  /// To which times are cut for a mean, in ms.
  let limit: Double
  private let observations: [Observation]
  private let survival: SurvivalSample

  /// - Parameters:
  ///   - times: in ms, with the seed of the call.
  ///   - limit: no longer than any censored time, so that each time cut there is known.
  init(times: [(value: Double, isCensored: Bool, seed: UInt64)], limit: Double) {
    var clusters = SeedClusters()
    observations = times.map {
      Observation(
        value: $0.value, isCensored: $0.isCensored, cluster: clusters.position(of: $0.seed))
    }
    seeds = clusters.count
    survival = SurvivalSample(observations)
    self.limit = limit
  }

  init(_ calls: [ProbeResults.Call], limit: Double) {
    self.init(
      times: calls.flatMap { call in
        call.followed.map {
          ($0.duration.inMilliseconds, $0.isCensored, call.conditions.seed)
        }
      }, limit: limit)
  }

  var count: Int { survival.count }
  var censored: Int { survival.censored }
  var curve: SurvivalCurve { survival.curve() }

  /// All quantiles and shares, of the same resamples.
  func figures(seed: UInt64, resamples: Int = Bootstrap.defaultResamples) -> Figures {
    let intervals = Bootstrap.intervals(
      Self.quantiles.count + Self.limits.count, clusters: seeds, resamples: resamples, seed: seed
    ) { multiplicities in
      let figures = survival.figures(
        quantiles: Self.quantiles, limits: Self.limits, multiplicities: multiplicities)
      // A quantile that a resample does not reach is far, not unknown.
      return figures.enumerated().map { $0 < Self.quantiles.count ? $1 ?? .infinity : $1 }
    }
    let curve = curve
    let quantiles = Self.quantiles.enumerated().map { index, p -> Estimate in
      if let reason = survival.shortage(quantile: p, of: "probes") { return .tooFewToTell(reason) }
      guard let interval = intervals[index] else {
        return .tooFewToTell(Bootstrap.fewClusters(seeds))
      }
      return .measured(curve.quantile(p) ?? .infinity, interval)
    }
    let shares = Self.limits.enumerated().map { index, time -> Estimate in
      guard count > 0 else { return .tooFewToTell("no probes") }
      guard time <= limit else { return .tooFewToTell("probes were not followed so long") }
      guard let interval = intervals[Self.quantiles.count + index] else {
        return .tooFewToTell(Bootstrap.fewClusters(seeds))
      }
      let share = curve.shareRepaired(within: time)
      return .measured(share, Bootstrap.unanimous(share, clusters: seeds) ?? interval)
    }
    return Figures(quantiles: quantiles, shares: shares)
  }

  /// The median recovery time in ms.
  func median(seed: UInt64) -> Estimate {
    guard survival.shortage(quantile: 0.5, of: "probes") == nil else {
      return .tooFewToTell("\(count) probes")
    }
    return survival.estimatedQuantile(0.5, clusters: seeds, seed: seed)
  }

  /// The mean of the times in ms, each cut at `limit`.
  func restrictedMean(seed: UInt64) -> Estimate {
    Bootstrap.mean(
      observations.map { min($0.value, limit) }, clusters: observations.map(\.cluster), seed: seed)
  }
}
