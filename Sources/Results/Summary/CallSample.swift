import SimulationKernel

/// Calls under the same heading, and what they estimate together.
///
/// Clusters are seeds: calls of one seed under several conditions meet the same channel.
struct CallSample {
  let calls: [ResultSet.Call]
  /// How many seeds the calls have.
  let seeds: Int
  private let survival: SurvivalSample
  /// The cluster of each call.
  private let clusters: [Int]

  init(_ calls: [ResultSet.Call]) {
    self.calls = calls
    var seeds = SeedClusters()
    clusters = calls.map { seeds.position(of: $0.conditions.seed) }
    self.seeds = seeds.count
    survival = SurvivalSample(
      zip(calls, clusters).flatMap { call, cluster in
        call.episodes.map { Observation($0, cluster: cluster) }
      })
  }

  var episodes: Int { survival.count }
  var censored: Int { survival.censored }
  var curve: SurvivalCurve { survival.curve() }

  /// A quantile of the recovery time in milliseconds.
  func recovery(_ p: Double, seed: UInt64) -> Estimate {
    survival.estimatedQuantile(p, clusters: seeds, seed: seed)
  }

  /// The share of call time without the exact, current picture on screen.
  func brokenShare(seed: UInt64) -> Estimate {
    Bootstrap.share(
      of: totals { Double($0.brokenTime.nanoseconds) },
      over: totals { Double($0.duration.nanoseconds) }, seed: seed)
  }

  /// The share of call time that is frozen by libwebrtc's rule.
  func freezeShare(seed: UInt64) -> Estimate {
    Bootstrap.share(
      of: totals { Double($0.freezeTime.nanoseconds) },
      over: totals { Double($0.duration.nanoseconds) }, seed: seed)
  }

  var keyFramesPerMinute: Double? {
    quotient(totals { Double($0.keyFrames) }, totals { $0.duration.inSeconds / 60 })
  }

  var mediaKilobitsPerSecond: Double? {
    quotient(totals { Double($0.mediaOctets) * 8 / 1_000 }, totals { $0.duration.inSeconds })
  }

  /// Mean milliseconds an episode by cause, censored episodes up to the call's end.
  var meanCauses: [Double] {
    var sums = [Int64](repeating: 0, count: Cause.allCases.count)
    for call in calls {
      for episode in call.episodes {
        for (cause, span) in episode.causes.enumerated() { sums[cause] += span.nanoseconds }
      }
    }
    return sums.map { episodes == 0 ? 0 : Double($0) / 1e6 / Double(episodes) }
  }

  /// By seed.
  private func totals(_ value: (CallTotals) -> Double) -> [Double] {
    var sums = [Double](repeating: 0, count: seeds)
    for (call, cluster) in zip(calls, clusters) {
      if let outcome = call.run.outcome { sums[cluster] += value(outcome.totals) }
    }
    return sums
  }

  /// The mean of a figure over the calls that have one.
  func mean(of figure: (ResultSet.Call) -> Double?, seed: UInt64) -> Estimate {
    let known = zip(calls, clusters).compactMap { call, cluster in
      figure(call).map { (value: $0, cluster: cluster) }
    }
    return Bootstrap.mean(known.map(\.value), clusters: known.map(\.cluster), seed: seed)
  }

  private func quotient(_ above: [Double], _ below: [Double]) -> Double? {
    let divisor = below.reduce(0, +)
    return divisor > 0 ? above.reduce(0, +) / divisor : nil
  }

  /// What two calls must share to be compared as a pair: the network and the picture, not the
  /// mechanism or its road.
  struct Pair: Hashable {
    var roundTrip: SimDuration
    var lossRate: Double
    var meanBurst: SimDuration?
    var relayRoundTrip: SimDuration?
    var relayLossRate: Double?
    var source: String
    var seed: UInt64

    init(_ conditions: CallConditions) {
      roundTrip = conditions.roundTrip
      lossRate = conditions.lossRate
      meanBurst = conditions.meanBurst
      relayRoundTrip = conditions.relayRoundTrip
      relayLossRate = conditions.relayLossRate
      source = conditions.source
      seed = conditions.seed
    }
  }

  /// This sample's quantile, the median where not said otherwise, over the reference's, calls paired
  /// by network and seed; calls without a counterpart are left out.
  func ratio(to reference: CallSample, quantile: Double = 0.5, seed: UInt64) -> Estimate {
    let own = Set(calls.map { Pair($0.conditions) })
    let pairs = ResultSet.distinct(reference.calls.map { Pair($0.conditions) })
      .filter { own.contains($0) }
    var seeds = SeedClusters()
    var positions: [Pair: Int] = [:]
    for pair in pairs { positions[pair] = seeds.position(of: pair.seed) }
    func observations(_ sample: CallSample) -> [Observation] {
      sample.calls.flatMap { call -> [Observation] in
        guard let cluster = positions[Pair(call.conditions)] else { return [] }
        return call.episodes.map { Observation($0, cluster: cluster) }
      }
    }
    return PairedRatio.estimate(
      observations(self), over: observations(reference), clusters: seeds.count,
      quantile: quantile, seed: seed)
  }
}
