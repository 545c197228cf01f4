import SimulationKernel

/// What one seed of one side contributed under some conditions.
struct ComparisonUnit {
  struct Time: Equatable {
    /// In ms.
    var value: Double
    var isCensored: Bool
  }

  var seed: UInt64
  var times: [Time] = []
  var totals = ComparisonTotals()
}

/// Two sides under some conditions, and by how much the second differs.
///
/// The units of both sides stand behind each other, the first side's first. Weights say how often each
/// belongs to a side: that serves the sides themselves, resamples of seeds, and sides that were swapped.
struct ComparisonSample {
  let metrics: [ComparisonMetric]
  /// Whether both sides have the same seeds, in the same order: units of one seed are drawn together.
  let isPaired: Bool
  /// How many units each side has.
  let counts: (first: Int, second: Int)
  /// By unit.
  let seeds: [UInt64]
  /// To which times are cut for means, in ms: as far as both sides were observed.
  let limit: Double
  /// The longest time of all, in ms.
  private let longest: Double
  private let survival: SurvivalSample
  private let totals: [ComparisonTotals]
  private let observations: (first: Int, second: Int)

  /// - Parameters:
  ///   - first: one unit a seed, as `second`.
  ///   - isPaired: the seeds of both are the same (checked).
  init(
    metrics: [ComparisonMetric], first: [ComparisonUnit], second: [ComparisonUnit], isPaired: Bool
  ) {
    precondition(!isPaired || first.map(\.seed) == second.map(\.seed), "pairs share their seeds")
    self.metrics = metrics
    self.isPaired = isPaired
    counts = (first.count, second.count)
    let units = first + second
    seeds = units.map(\.seed)
    totals = units.map(\.totals)
    observations = (
      first.reduce(0) { $0 + $1.times.count }, second.reduce(0) { $0 + $1.times.count }
    )
    survival = SurvivalSample(
      units.enumerated().flatMap { cluster, unit in
        unit.times.map {
          Observation(value: $0.value, isCensored: $0.isCensored, cluster: cluster)
        }
      })
    limit = Self.limit(first, second)
    longest = units.flatMap(\.times).map(\.value).max() ?? 0
  }

  private static func limit(_ first: [ComparisonUnit], _ second: [ComparisonUnit]) -> Double {
    let sides = [first, second].map { $0.flatMap(\.times) }
    let longest = sides.joined().map(\.value).max() ?? 0
    let known = sides.map { times -> Double in
      let last = times.map(\.value).max() ?? .infinity
      // Where all that lasted longest was repaired, the rest of the curve is 0.
      return times.contains { $0.isCensored && $0.value == last } ? last : .infinity
    }
    return min(longest, known.min() ?? longest)
  }

  /// A side's figures by metric; nil where it has none.
  func figures(_ weights: [Int]) -> [Double?] {
    var sum = ComparisonTotals()
    for (unit, weight) in weights.enumerated() where weight > 0 && unit < totals.count {
      sum.add(totals[unit], times: weight)
    }
    let recovery =
      survival.count == 0
      ? nil : survival.medianAndMean(upTo: limit, multiplicities: weights)
    return metrics.map { metric in
      switch metric {
      case .recoveryMedian: recovery?.median
      case .recoveryMean: recovery?.mean
      default: sum.value(metric)
      }
    }
  }

  /// The changes from one side to the other by metric; nil where they are undefined.
  func changes(_ first: [Int], _ second: [Int]) -> [Double?] {
    zip(metrics, zip(figures(first), figures(second))).map { metric, sides in
      guard let a = sides.0, let b = sides.1 else { return nil }
      if !metric.isRatio { return b - a }
      if a == .infinity || a <= 0 { return nil }
      return b / a
    }
  }

  /// How large the changes are, as the swap test compares them: a median that was not reached counts as
  /// the longest time there is, and quotients by their logarithms. nil where they are undefined.
  func sizes(_ first: [Int], _ second: [Int]) -> [Double?] {
    zip(metrics, zip(figures(first), figures(second))).map { metric, sides in
      guard let a = sides.0, let b = sides.1 else { return nil }
      guard metric.isRatio else { return abs(b - a) }
      let (above, below) = metric == .recoveryMedian ? (min(b, longest), min(a, longest)) : (b, a)
      guard above > 0, below > 0 else { return nil }
      return abs(DeterministicMath.ln(above / below))
    }
  }

  var firstWeights: [Int] { ones(counts.first) + zeros(counts.second) }
  var secondWeights: [Int] { zeros(counts.first) + ones(counts.second) }

  private func ones(_ count: Int) -> [Int] { [Int](repeating: 1, count: count) }
  private func zeros(_ count: Int) -> [Int] { [Int](repeating: 0, count: count) }

  /// The changes with their 95 % intervals, by metric.
  func estimates(seed: UInt64) -> [Estimate] {
    let changes = changes(firstWeights, secondWeights)
    let intervals = Bootstrap.stratifiedIntervals(
      metrics.count, strata: isPaired ? [counts.first] : [counts.first, counts.second],
      resamples: Bootstrap.defaultResamples, seed: seed
    ) { multiplicities in
      isPaired
        ? self.changes(
          multiplicities + zeros(counts.second), zeros(counts.first) + multiplicities)
        : self.changes(
          Array(multiplicities[..<counts.first]) + zeros(counts.second),
          zeros(counts.first) + multiplicities[counts.first...])
    }
    return metrics.indices.map { index in
      if let reason = shortage(metrics[index]) { return .tooFewToTell(reason) }
      guard let change = changes[index] else {
        return .tooFewToTell("the first side's median was not reached")
      }
      guard let interval = intervals[index] else {
        return .tooFewToTell(Bootstrap.fewClusters(min(counts.first, counts.second)))
      }
      return .measured(change, interval)
    }
  }

  /// Why a metric has no change; nil where it may have one.
  private func shortage(_ metric: ComparisonMetric) -> String? {
    let fewest = min(observations.first, observations.second)
    switch metric {
    case .recoveryMedian where fewest < 6: return "\(fewest) losses, at least 6 needed"
    case .recoveryMean where fewest < 1: return "no losses"
    default: return nil
    }
  }
}
