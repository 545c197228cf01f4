/// One measured span, or a lower bound of it.
public struct Observation: Hashable, Sendable {
  /// Non-negative; in whatever unit all observations of a sample share.
  public var value: Double
  /// True where observation ended at `value` before what was waited for happened.
  public var isCensored: Bool
  /// What the observation has its chance from, a call or a seed: those of one cluster are not
  /// independent.
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
