/// Which mechanism does best in one network, and which of the others cannot be told from it.
public struct MechanismRanking: Sendable, Equatable {
  /// What mechanisms are held to.
  public enum Measure: CaseIterable, Sendable {
    /// The share of call time without the exact, current picture on screen, 0...1.
    case brokenTime
    /// The recovery time within which 95 % of the episodes are repaired, in ms.
    case recoveryP95
    /// The mean PSNR of what was on screen, in dB.
    case shownPicture

    /// Whether more is better.
    public var prefersGreater: Bool { self == .shownPicture }
  }

  /// A mechanism whose figure is known.
  public struct Entry: Sendable, Equatable {
    /// As in the files.
    public var mechanism: String
    public var value: Double
    public var interval: Interval
    /// True of the best, and of those whose difference from it, pair by pair, may be chance.
    public var isAmongBest: Bool
  }

  /// A mechanism without a figure to rank it by.
  public struct Unranked: Sendable, Equatable {
    public var mechanism: String
    /// Half a sentence.
    public var reason: String
  }

  public let measure: Measure
  /// The best first; of equals the one that `MechanismStyle` knows first.
  public let entries: [Entry]
  public let unranked: [Unranked]

  /// Those that cannot be told from the best, the best first; empty where nothing could be ranked.
  public var best: [Entry] { entries.filter(\.isAmongBest) }
  /// Whether one mechanism is better than all others that could be ranked, and there are others.
  public var isClear: Bool { best.count == 1 && entries.count > 1 }
  /// The second of those ranked.
  public var runnerUp: Entry? { entries.count > 1 ? entries[1] : nil }

  /// - Parameters:
  ///   - samples: the calls of each mechanism on one network.
  ///   - seed: of the bootstrap's resamples.
  init(_ samples: [(style: MechanismStyle, sample: CallSample)], by measure: Measure, seed: UInt64)
  {
    self.measure = measure
    var ranked: [(sample: CallSample, entry: Entry)] = []
    var unranked: [Unranked] = []
    for (style, sample) in samples {
      switch sample.estimate(of: measure, seed: seed) {
      case .tooFewToTell(let reason):
        unranked.append(Unranked(mechanism: style.name, reason: reason))
      case .measured(let value, _) where !value.isFinite:
        unranked.append(Unranked(mechanism: style.name, reason: "not reached"))
      case .measured(let value, let interval):
        let entry = Entry(
          mechanism: style.name, value: value, interval: interval, isAmongBest: false)
        ranked.append((sample, entry))
      }
    }
    // Swift's sort is stable: equals stay in the order of the samples.
    ranked.sort {
      measure.prefersGreater ? $0.entry.value > $1.entry.value : $0.entry.value < $1.entry.value
    }
    for position in ranked.indices {
      ranked[position].entry.isAmongBest =
        position == 0
        || !ranked[position].sample.isTold(from: ranked[0].sample, by: measure, seed: seed)
    }
    entries = ranked.map(\.entry)
    self.unranked = unranked
  }
}

extension CallSample {
  /// A measure's figure with its interval.
  func estimate(of measure: MechanismRanking.Measure, seed: UInt64) -> Estimate {
    switch measure {
    case .brokenTime: brokenShare(seed: seed)
    case .recoveryP95: recovery(0.95, seed: seed)
    case .shownPicture: mean(of: \.shownPSNR, seed: seed)
    }
  }

  /// Whether a measure differs from another sample's beyond chance: the interval of the paired
  /// difference (of a quantile: of the paired quotient) leaves out that of equals.
  func isTold(
    from other: CallSample, by measure: MechanismRanking.Measure, seed: UInt64
  ) -> Bool {
    let (estimate, equal): (Estimate, Double)
    switch measure {
    case .brokenTime:
      (estimate, equal) = (difference(from: other, of: \.brokenShare, seed: seed), 0)
    case .shownPicture:
      (estimate, equal) = (difference(from: other, of: \.shownPSNR, seed: seed), 0)
    case .recoveryP95:
      (estimate, equal) = (ratio(to: other, quantile: 0.95, seed: seed), 1)
    }
    guard let interval = estimate.interval else { return false }
    return interval.lower > equal || interval.upper < equal
  }

  /// The mean over this sample's calls minus that over another's, paired by network and seed; calls
  /// without a counterpart are left out.
  func difference(
    from other: CallSample, of figure: (ResultSet.Call) -> Double?, seed: UInt64
  ) -> Estimate {
    var seeds = SeedClusters()
    let pairs = pairedFigures(with: other, of: figure)
    return PairedDifference.ofMeans(
      pairs.map(\.first), minus: pairs.map(\.second),
      clusters: pairs.map { seeds.position(of: $0.seed) }, seed: seed)
  }

  /// A figure of this sample and of another for each network and seed that both have; where a sample
  /// has several calls there, their mean.
  func pairedFigures(
    with other: CallSample, of figure: (ResultSet.Call) -> Double?
  ) -> [(seed: UInt64, first: Double, second: Double)] {
    let (own, theirs) = (means(of: figure), other.means(of: figure))
    return ResultSet.distinct(calls.map { Pair($0.conditions) }).compactMap { pair in
      guard let first = own[pair], let second = theirs[pair] else { return nil }
      return (pair.seed, first, second)
    }
  }

  private func means(of figure: (ResultSet.Call) -> Double?) -> [Pair: Double] {
    var values: [Pair: [Double]] = [:]
    for call in calls {
      if let value = figure(call) { values[Pair(call.conditions), default: []].append(value) }
    }
    return values.mapValues { $0.reduce(0, +) / Double($0.count) }
  }
}

extension ResultSet.Call {
  /// The share of the call without the exact, current picture on screen.
  fileprivate var brokenShare: Double? {
    run.outcome.map { $0.totals.brokenTime.inSeconds / $0.totals.duration.inSeconds }
  }

  fileprivate var shownPSNR: Double? { run.outcome?.totals.meanShownPSNR }
}
