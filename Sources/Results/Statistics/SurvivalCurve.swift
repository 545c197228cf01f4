/// One measured span, or a lower bound of it.
public struct Observation: Hashable, Sendable {
  /// Non-negative; in whatever unit all observations of a sample share.
  public var value: Double
  /// True where observation ended at `value` before what was waited for happened.
  public var isCensored: Bool
  /// The call the observation comes from: observations of one cluster are not independent.
  /// Within 0 ..< the number of clusters.
  public var cluster: Int

  public init(value: Double, isCensored: Bool, cluster: Int) {
    self.value = value
    self.isCensored = isCensored
    self.cluster = cluster
  }
}

/// The share of episodes still unrepaired after a time, estimated from observations some of which
/// are censored (Kaplan and Meier, 1958).
///
/// An observation censored at a time counts as at risk at that time. Behind the last observation
/// the curve stays where it is: if that observation was censored, it never comes down to 0.
public struct SurvivalCurve: Sendable, Equatable {
  /// A point where the curve falls: from `time` on the share is `surviving`.
  public struct Step: Sendable, Equatable {
    public var time: Double
    public var surviving: Double
  }

  /// The falls in ascending order of time.
  public let steps: [Step]
  public let count: Int
  public let censored: Int

  public init(_ observations: [Observation]) {
    self = SurvivalSample(observations).curve()
  }

  init(steps: [Step], count: Int, censored: Int) {
    self.steps = steps
    self.count = count
    self.censored = censored
  }

  /// The share not repaired after `time`, within 0...1.
  public func surviving(after time: Double) -> Double {
    var low = 0
    var high = steps.count
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].time <= time { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 1 : steps[low - 1].surviving
  }

  /// The share repaired within `time`, within 0...1.
  public func shareRepaired(within time: Double) -> Double { 1 - surviving(after: time) }

  /// The earliest observed time by which a share of at least `p` was repaired; nil where the curve
  /// does not come down so far.
  ///
  /// The inverse of the empirical distribution, without interpolation or averaging (type 1 of
  /// Hyndman and Fan, 1996); without censoring it is the ceil(n p)-th smallest value.
  /// - Parameter p: above 0, at most 1.
  public func quantile(_ p: Double) -> Double? {
    precondition(p > 0 && p <= 1, "a quantile's share lies within 0...1, not \(p)")
    return steps.first { $0.surviving <= 1 - p + SurvivalSample.tolerance }?.time
  }

  /// The mean of the times, each cut at `horizon`: the area below the curve up to there.
  public func restrictedMean(upTo horizon: Double) -> Double {
    var area = 0.0
    var time = 0.0
    var surviving = 1.0
    for step in steps where step.time < horizon {
      area += surviving * (step.time - time)
      time = step.time
      surviving = step.surviving
    }
    return area + surviving * (horizon - time)
  }

  /// The mean; nil where the curve does not come down to 0, since the mean is unknown then.
  public var mean: Double? {
    guard let last = steps.last, last.surviving <= SurvivalSample.tolerance else { return nil }
    return restrictedMean(upTo: last.time)
  }
}

/// Observations sorted once, so that many resamples of their clusters cost one pass each.
public struct SurvivalSample: Sendable {
  /// Shares are quotients of counts: what differs by less than this is the same share.
  static let tolerance = 1e-12

  private let sorted: [Observation]

  public init(_ observations: [Observation]) {
    // Events come before censorings of the same time, which are still at risk there.
    sorted = observations.sorted { a, b in
      a.value != b.value ? a.value < b.value : (!a.isCensored && b.isCensored)
    }
  }

  public var count: Int { sorted.count }
  public var censored: Int { sorted.count { $0.isCensored } }
  /// How many clusters have an observation.
  var clustersObserved: Int { Set(sorted.map(\.cluster)).count }

  /// The curve of the sample.
  public func curve() -> SurvivalCurve {
    var steps: [SurvivalCurve.Step] = []
    let once = [Int](repeating: 1, count: (sorted.map(\.cluster).max() ?? -1) + 1)
    walk(multiplicities: once) { time, surviving in
      steps.append(.init(time: time, surviving: surviving))
      return true
    }
    return SurvivalCurve(steps: steps, count: count, censored: censored)
  }

  /// `SurvivalCurve.quantile` of a resample in which cluster c stands `multiplicities[c]` times.
  public func quantile(_ p: Double, multiplicities: [Int]) -> Double? {
    var result: Double?
    walk(multiplicities: multiplicities) { time, surviving in
      if surviving > 1 - p + Self.tolerance { return true }
      result = time
      return false
    }
    return result
  }

  /// `SurvivalCurve.shareRepaired` of a resample; nil where the resample holds no observation.
  public func shareRepaired(within limit: Double, multiplicities: [Int]) -> Double? {
    guard sorted.contains(where: { multiplicities[$0.cluster] > 0 }) else { return nil }
    var share = 0.0
    walk(multiplicities: multiplicities) { time, surviving in
      if time > limit { return false }
      share = 1 - surviving
      return true
    }
    return share
  }

  /// Calls `step` at each fall of the curve until it returns false.
  private func walk(multiplicities: [Int], step: (Double, Double) -> Bool) {
    var atRisk = 0
    for observation in sorted { atRisk += multiplicities[observation.cluster] }
    var surviving = 1.0
    var position = 0
    while position < sorted.count {
      let time = sorted[position].value
      var events = 0
      var censorings = 0
      while position < sorted.count, sorted[position].value == time {
        let weight = multiplicities[sorted[position].cluster]
        if sorted[position].isCensored { censorings += weight } else { events += weight }
        position += 1
      }
      if events > 0 {
        surviving *= Double(atRisk - events) / Double(atRisk)
        guard step(time, surviving) else { return }
      }
      atRisk -= events + censorings
    }
  }
}
