import Results
import SimulationKernel

/// What was measured for a gate, or why there is nothing.
enum GateMeasurement: Sendable, Equatable {
  case measured(GateFigures)
  /// Half a sentence.
  case tooFewToTell(String)
}

/// A metric, its bound, and how sure the difference between the two is.
struct GateFigures: Sendable, Equatable {
  /// The metric's value.
  let value: Double
  /// The same with the baseline's settings; nil where the bound needs none.
  let baseline: Double?
  let bound: Double
  /// The value minus the bound; where both are equal but for rounding it is 0.
  let difference: Double
  /// What 95 % of the resamples of the difference make up.
  let resampled: Interval
  let seeds: Int
  /// Seeds that all said 0 or all said 1, for the metric and for the baseline: see `MetricStatistic`.
  var unanimous: Int?
  var unanimousBaseline: Int?
  /// Seeds of which each said the same of either settings, for a share: see `difference(tail:)`.
  var agreeing: Int?
  /// How the bound grows with the baseline.
  var factor = 1.0

  /// The difference's interval, which the truth is below, and above, with a probability of `tail` each.
  ///
  /// The ends of the 95 % interval are moved out in proportion, as Student's t distribution has it: few
  /// resamples lie so far out.
  func difference(tail: Double) -> Interval {
    let stretch =
      StudentTail.quantile(tail: tail, degrees: seeds - 1)
      / StudentTail.quantile(tail: GateLevels.risk, degrees: seeds - 1)
    func moved(_ end: Double) -> Double {
      guard end.isFinite else { return end }
      let moved = difference + (end - difference) * stretch
      return abs(moved) < Self.rounding ? 0 : moved
    }
    var interval = Interval(lower: moved(resampled.lower), upper: moved(resampled.upper))
    // Of pairs that all agree no resample knows how much others differ: as much as a share can.
    if let agreeing {
      widen(&interval, from: 0, by: max(1, factor), seeds: agreeing, tail)
      widen(&interval, from: 0, by: -max(1, factor), seeds: agreeing, tail)
      return interval
    }
    // A seed in which something is seen may show it throughout, and so may one of the baseline.
    if let own = unanimous { widen(&interval, from: value, by: 1, seeds: own, tail) }
    if let other = unanimousBaseline, let baseline {
      widen(&interval, from: baseline, by: -factor, seeds: other, tail)
    }
    return interval
  }

  /// By the exact limit of Clopper and Pearson (1934): none of n seeds differs with a probability of
  /// `tail` if a share of 1 - tail^(1/n) of all seeds do.
  private func widen(
    _ interval: inout Interval, from share: Double, by direction: Double, seeds: Int, _ tail: Double
  ) {
    let room = 1 - DeterministicMath.exp(DeterministicMath.ln(tail) / Double(seeds))
    let change = (share == 0 ? room : -room) * direction
    if change > 0 { interval.upper += change } else { interval.lower += change }
  }

  /// The metric's interval as far as it is uncertain against the bound, within what a value can be.
  func interval(tail: Double, of unit: MetricUnit) -> Interval {
    let difference = difference(tail: tail)
    func end(_ value: Double) -> Double {
      min(max(bound + value, unit.range.lowerBound), unit.range.upperBound)
    }
    return Interval(lower: end(difference.lower), upper: end(difference.upper))
  }

  static let rounding = 1e-9
}

extension Gate {
  /// Measures the gate's metric against its bound; pairs of calls with one seed are drawn together.
  ///
  /// - Parameter target: the codec's target bitrate in kbit/s.
  func measure(_ sample: GateSample, target: Double, seed: UInt64) -> GateMeasurement {
    let difference: GateDifference
    switch self.difference(in: sample, target: target) {
    case .success(let statistics): difference = statistics
    case .failure(let shortage): return .tooFewToTell(shortage.reason)
    }
    guard let interval = difference.interval(seed: seed) else {
      return .tooFewToTell(
        sample.clusters < Bootstrap.minimumClusters
          ? "\(sample.clusters) calls, at least \(Bootstrap.minimumClusters) needed"
          : "undefined in too many resamples")
    }
    let exact = difference.value - difference.level
    let rounded = abs(exact) < GateFigures.rounding ? 0 : exact
    // Settings that are equal in each pair seen may differ in the next.
    let agree =
      bound.needsBaseline && !sample.isOfEquals
      && interval.upper - interval.lower < GateFigures.rounding
    if agree, metric.unit != .share, rounded == 0 {
      return .tooFewToTell(
        "equal in all \(sample.clusters) pairs, which does not show that they are equal in others")
    }
    return .measured(
      GateFigures(
        value: difference.value, baseline: difference.baseline, bound: difference.level,
        difference: rounded, resampled: interval, seeds: sample.clusters,
        unanimous: difference.own.unanimousSeeds,
        unanimousBaseline: difference.other?.unanimousSeeds,
        agreeing: agree && metric.unit == .share ? sample.clusters : nil, factor: factor))
  }

  /// The metric of either side, where both have a finite one.
  private func difference(
    in sample: GateSample, target: Double
  ) -> Result<GateDifference, Metric.Shortage> {
    let own: MetricStatistic
    var other: MetricStatistic?
    switch metric.statistic(of: sample.members, clusters: sample.clusters) {
    case .success(let statistic): own = statistic
    case .failure(let shortage): return .failure(shortage)
    }
    if bound.needsBaseline {
      switch metric.statistic(of: sample.baseline, clusters: sample.clusters) {
      case .success(let statistic): other = statistic
      case .failure(let shortage):
        return .failure(.init("of the baseline: \(shortage.reason)"))
      }
    }
    let once = [Int](repeating: 1, count: sample.clusters)
    guard let value = own.value(once), value.isFinite else {
      return .failure(.init("not reached: too many episodes still open at the end"))
    }
    let baseline = other?.value(once)
    guard baseline?.isFinite ?? true, let level = level(baseline: baseline, target: target) else {
      return .failure(
        .init("of the baseline: not reached, too many episodes still open at the end"))
    }
    return .success(
      GateDifference(
        own: own, other: other, clusters: sample.clusters, value: value, baseline: baseline,
        level: level
      ) { self.level(baseline: $0, target: target) })
  }

  private var factor: Double {
    switch bound {
    case .fixed: 1
    case .baseline(let factor, _), .target(let factor, _): factor
    }
  }

  private func level(baseline: Double?, target: Double) -> Double? {
    switch bound {
    case .fixed(let level): level
    case .baseline(let factor, let offset): baseline.map { factor * $0 + offset }
    case .target(let factor, let offset): factor * target + offset
    }
  }
}

/// How far a metric lies from its bound, in resamples.
private struct GateDifference {
  let own: MetricStatistic
  /// The baseline's; nil where the bound needs none.
  let other: MetricStatistic?
  let clusters: Int
  let value: Double
  let baseline: Double?
  let level: Double
  /// The bound beside a baseline.
  let levelBeside: (_ baseline: Double?) -> Double?

  /// What 95 % of the resamples make up; nil where there is no interval.
  func interval(seed: UInt64) -> Interval? {
    guard let plain = resampled(own.value, other?.value, seed) else { return nil }
    let once = [Int](repeating: 1, count: clusters)
    guard let smooth = own.smooth, let center = difference(smooth(once), other?.smooth?(once)),
      center.isFinite, let spread = resampled(smooth, other?.smooth, seed)
    else { return plain }
    // As wide as without the grid, around the value on it.
    return Interval(
      lower: min(plain.lower, value - level + spread.lower - center),
      upper: max(plain.upper, value - level + spread.upper - center))
  }

  private func resampled(
    _ own: ([Int]) -> Double?, _ other: (([Int]) -> Double?)?, _ seed: UInt64
  ) -> Interval? {
    Bootstrap.interval(clusters: clusters, seed: seed) { difference(own($0), other?($0)) }
  }

  private func difference(_ own: Double?, _ other: Double?) -> Double? {
    guard let own, let level = levelBeside(other) else { return nil }
    let difference = own - level
    return difference.isNaN ? nil : difference
  }
}
