import SimulationKernel

/// How long repair took after losses at known places: what settings are held against each other by.
public struct ProbeTimes: Sendable {
  /// Where a loss was made.
  private struct Place: Hashable {
    var network: Int
    var seed: UInt64
    var probe: Probe
  }

  private var places: [Place] = []
  private var times: [ComparisonUnit.Time] = []

  public init() {}

  /// - Parameter network: tells networks apart.
  public mutating func add(_ call: ProbeResults.Call, network: Int) {
    for followed in call.followed {
      places.append(
        Place(network: network, seed: call.conditions.seed, probe: followed.probe))
      times.append(
        ComparisonUnit.Time(
          value: followed.duration.inMilliseconds, isCensored: followed.isCensored))
    }
  }

  public var count: Int { times.count }

  /// The shortest time after which observation ended before the repair, in ms; nil where all losses
  /// were repaired.
  public var shortestOpen: Double? { times.filter(\.isCensored).map(\.value).min() }

  /// The mean in ms, each time cut at a limit; nil without any.
  public func mean(upTo limit: Double) -> Double? {
    guard !times.isEmpty else { return nil }
    return times.reduce(0) { $0 + min($1.value, limit) } / Double(times.count)
  }

  /// Median and 95th percentile in ms with 95 % intervals (bootstrap over seeds).
  public func quantiles(seed: UInt64) -> (median: Estimate, p95: Estimate) {
    let sample = ProbeSample(
      times: zip(places, times).map { ($1.value, $1.isCensored, $0.seed) }, limit: .infinity)
    let quantiles = sample.figures(seed: seed).quantiles
    return (quantiles[0], quantiles[2])
  }

  /// The mean over another's for the losses that both have, each time cut at a limit in ms.
  public func meanRatio(to other: ProbeTimes, upTo limit: Double, seed: UInt64) -> Estimate {
    let positions = Dictionary(
      zip(other.places, other.times.indices), uniquingKeysWith: { first, _ in first })
    let pairs = zip(places, times).compactMap { place, time -> ProbePairs.Pair? in
      guard let position = positions[place] else { return nil }
      let reference = other.times[position]
      return ProbePairs.Pair(
        first: time.value, firstIsCensored: time.isCensored, second: reference.value,
        secondIsCensored: reference.isCensored, seed: place.seed)
    }
    return ProbePairs(pairs, limit: limit).meanRatio(seed: seed)
  }
}
