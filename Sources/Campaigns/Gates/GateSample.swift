import Results

/// The calls that a gate looks at, by seed: what happens on one channel is not independent, so that
/// resamples draw seeds, and of each all its calls.
struct GateSample {
  struct Member {
    var call: ResultSet.Call
    /// The position of its seed.
    var cluster: Int
  }

  /// How many seeds there are, those without an episode included.
  let clusters: Int
  let members: [Member]
  /// The same seeds' calls with the baseline's settings; empty without a baseline.
  let baseline: [Member]
  /// Whether the baseline's settings are the very same: its calls are equal then, not only those seen.
  var isOfEquals = false

  /// - Parameters:
  ///   - numbers: a seed's calls count where it is among these.
  init(_ calls: [ResultSet.Call], baseline: [ResultSet.Call] = [], seeds: [UInt64]) {
    var positions: [UInt64: Int] = [:]
    for seed in seeds { positions[seed] = positions[seed] ?? positions.count }
    func clustered(_ calls: [ResultSet.Call]) -> [Member] {
      calls.compactMap { call in
        positions[call.conditions.seed].map { Member(call: call, cluster: $0) }
      }
    }
    clusters = positions.count
    members = clustered(calls)
    self.baseline = clustered(baseline)
  }
}

/// A metric as a function of how often each seed stands in a resample.
struct MetricStatistic {
  /// nil where the resample leaves it undefined, infinite for "not reached".
  let value: (_ multiplicities: [Int]) -> Double?
  /// The same without the grid on which it lies; nil where there is none.
  var smooth: ((_ multiplicities: [Int]) -> Double?)?
  /// How many seeds speak of it where all say 0 or all say 1: resamples show no spread then. nil elsewhere.
  var unanimousSeeds: Int?
}

extension Metric {
  /// The metric over some calls, or why they are too few for it.
  func statistic(
    of members: [GateSample.Member], clusters: Int
  ) -> Result<MetricStatistic, Shortage> {
    func ratio(
      _ above: (ResultSet.Call, CallTotals) -> Double?,
      _ below: (ResultSet.Call, CallTotals) -> Double
    ) -> Result<MetricStatistic, Shortage> {
      var totals = [(above: Double, below: Double)](repeating: (0, 0), count: clusters)
      for member in members {
        guard let outcome = member.call.run.outcome,
          let numerator = above(member.call, outcome.totals)
        else { continue }
        totals[member.cluster].above += numerator
        totals[member.cluster].below += below(member.call, outcome.totals)
      }
      return quotient(totals)
    }
    switch self {
    case .recoveryQuantile(let share):
      let episodes = members.flatMap { member in
        member.call.episodes.map { Observation($0, cluster: member.cluster) }
      }
      return quantile(share, of: episodes, "episodes")
    case .largestRenderIntervalQuantile(let share):
      let intervals = members.compactMap { member in
        member.call.run.outcome.map {
          Observation(
            value: $0.totals.largestRenderInterval.inMilliseconds, isCensored: false,
            cluster: member.cluster)
        }
      }
      return quantile(share, of: intervals, "calls")
    case .recoveryMean:
      let open = members.reduce(0) { $0 + $1.call.episodes.count { $0.isCensored } }
      // Without the length of the open episodes it is unknown, and leaving them out flatters.
      guard open == 0 else {
        return .failure(Shortage("\(open) episodes still open at the end, the mean is unknown"))
      }
      return ratio(
        { call, _ in call.episodes.reduce(0) { $0 + $1.duration.inMilliseconds } },
        { call, _ in Double(call.episodes.count) })
    case .repairedWithin(let limit):
      return repaired(within: limit.inMilliseconds, members)
    case .falseRepairs:
      return ratio(
        { call, _ in Double(call.episodes.count { $0.falseRepair }) },
        { call, _ in Double(call.episodes.count) })
    case .freezeRatio: return ratio({ $1.freezeTime.inSeconds }, { $1.duration.inSeconds })
    case .brokenRatio: return ratio({ $1.brokenTime.inSeconds }, { $1.duration.inSeconds })
    case .largestRenderInterval:
      return ratio({ $1.largestRenderInterval.inMilliseconds }, { _, _ in 1 })
    case .latency:
      return ratio({ $1.meanLatency.inMilliseconds * Double($1.frames) }, { Double($1.frames) })
    case .shownPSNR: return ratio({ $1.meanShownPSNR * Double($1.frames) }, { Double($1.frames) })
    case .shownSSIM: return ratio({ $1.meanShownSSIM * Double($1.frames) }, { Double($1.frames) })
    case .bitrate: return ratio({ Double($1.mediaOctets) * 8 / 1_000 }, { $1.duration.inSeconds })
    case .usualBitrate:
      return ratio({ $1.usualMediaRate.map { Double($0) / 1_000 } }, { _, _ in 1 })
    }
  }

  /// Why there is no figure, half a sentence.
  struct Shortage: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
  }

  private func quotient(
    _ totals: [(above: Double, below: Double)]
  ) -> Result<MetricStatistic, Shortage> {
    let telling = totals.filter { $0.below > 0 }
    guard !telling.isEmpty else {
      return .failure(Shortage(isOfEpisodes ? "no episodes" : "no call tells of it"))
    }
    let isUnanimous =
      unit == .share
      && (telling.allSatisfy { $0.above == 0 } || telling.allSatisfy { $0.above == $0.below })
    return .success(
      MetricStatistic(
        value: { multiplicities in
          var (above, below) = (0.0, 0.0)
          for (cluster, count) in multiplicities.enumerated() where count > 0 {
            above += Double(count) * totals[cluster].above
            below += Double(count) * totals[cluster].below
          }
          return below > 0 ? above / below : nil
        }, unanimousSeeds: isUnanimous ? telling.count : nil))
  }

  private func episodes(_ members: [GateSample.Member]) -> SurvivalSample {
    SurvivalSample(
      members.flatMap { member in
        member.call.episodes.map { Observation($0, cluster: member.cluster) }
      })
  }

  private func quantile(
    _ share: Double, of sample: [Observation], _ kind: String
  ) -> Result<MetricStatistic, Shortage> {
    // The small allowance keeps 60 episodes enough for p95 although 60 * (1 - 0.95) < 3 in binary.
    let rarer = min(share, 1 - share)
    let needed = Int((Bootstrap.minimumBeyondQuantile / rarer - 1e-6).rounded(.up))
    guard sample.count >= needed else {
      return .failure(Shortage("\(sample.count) \(kind), at least \(needed) needed"))
    }
    let quantile = ResampledQuantile(share, of: sample)
    return .success(
      MetricStatistic(
        value: { quantile.value($0)?.onGrid ?? .infinity },
        smooth: { quantile.value($0)?.between ?? .infinity }))
  }

  private func repaired(
    within limit: Double, _ members: [GateSample.Member]
  ) -> Result<MetricStatistic, Shortage> {
    let sample = episodes(members)
    guard sample.count > 0 else { return .failure(Shortage("no episodes")) }
    let share = sample.curve().shareRepaired(within: limit)
    let telling = Set(members.filter { !$0.call.episodes.isEmpty }.map(\.cluster)).count
    return .success(
      MetricStatistic(
        value: { sample.shareRepaired(within: limit, multiplicities: $0) },
        unanimousSeeds: share == 0 || share == 1 ? telling : nil))
  }
}
