/// Observations sorted once, so that many resamples of their clusters cost one pass each.
public struct SurvivalSample: Sendable {
  /// Shares are quotients of counts: what differs by less than this is the same share.
  static let tolerance = 1e-12

  /// The different times, ascending.
  private var times: [Double] = []
  /// The cluster of each observation: by time, and at each time events before censorings, which are
  /// still at risk there.
  private let clusters: [Int32]
  /// Where, for each time, the events end in `clusters`, and where the censorings behind them.
  private var eventEnds: [Int] = []
  private var ends: [Int] = []
  /// How many observations each cluster has.
  private var counts: [Int]
  public let censored: Int

  public init(_ observations: [Observation]) {
    let sorted = observations.sorted { a, b in
      a.value != b.value ? a.value < b.value : (!a.isCensored && b.isCensored)
    }
    clusters = sorted.map { Int32($0.cluster) }
    counts = [Int](repeating: 0, count: Int(clusters.max() ?? -1) + 1)
    censored = sorted.count { $0.isCensored }
    for (position, observation) in sorted.enumerated() {
      counts[observation.cluster] += 1
      if times.last != observation.value {
        times.append(observation.value)
        eventEnds.append(position)
        ends.append(position)
      }
      ends[times.count - 1] = position + 1
      if !observation.isCensored { eventEnds[times.count - 1] = position + 1 }
    }
  }

  public var count: Int { clusters.count }
  /// How many clusters have an observation.
  var clustersObserved: Int { counts.count { $0 > 0 } }

  /// The curve of the sample.
  public func curve() -> SurvivalCurve {
    var steps: [SurvivalCurve.Step] = []
    walk(multiplicities: [Int](repeating: 1, count: counts.count)) { time, surviving in
      steps.append(.init(time: time, surviving: surviving))
      return true
    }
    return SurvivalCurve(steps: steps, count: count, censored: censored)
  }

  /// `SurvivalCurve.quantile` of a resample in which cluster c stands `multiplicities[c]` times.
  public func quantile(_ p: Double, multiplicities: [Int]) -> Double? {
    figures(quantiles: [p], limits: [], multiplicities: multiplicities)[0]
  }

  /// `SurvivalCurve.shareRepaired` of a resample; nil where the resample holds no observation.
  public func shareRepaired(within limit: Double, multiplicities: [Int]) -> Double? {
    figures(quantiles: [], limits: [limit], multiplicities: multiplicities)[0]
  }

  /// Several quantiles and, behind them, shares repaired within limits, of one resample in one pass.
  ///
  /// - Parameters:
  ///   - quantiles: ascending.
  ///   - limits: ascending.
  func figures(
    quantiles: [Double], limits: [Double], multiplicities: [Int]
  ) -> [Double?] {
    var reached: [Double?] = []
    var shares: [Double?] = []
    reached.reserveCapacity(quantiles.count + limits.count)
    var before = 1.0
    let isEmpty = walk(multiplicities: multiplicities) { time, surviving in
      while shares.count < limits.count, time > limits[shares.count] { shares.append(1 - before) }
      while reached.count < quantiles.count,
        surviving <= 1 - quantiles[reached.count] + Self.tolerance
      {
        reached.append(time)
      }
      before = surviving
      return reached.count < quantiles.count || shares.count < limits.count
    }
    while reached.count < quantiles.count { reached.append(nil) }
    while shares.count < limits.count { shares.append(isEmpty ? nil : 1 - before) }
    return reached + shares
  }

  /// The median of a resample and its mean with each time cut at a limit, in one pass.
  ///
  /// - Returns: nil where the resample holds no observation; the median is infinite where not reached.
  func medianAndMean(
    upTo limit: Double, multiplicities: [Int]
  ) -> (median: Double, mean: Double)? {
    var median = Double.infinity
    var area = 0.0
    var time = 0.0
    var before = 1.0
    let isEmpty = walk(multiplicities: multiplicities) { next, surviving in
      if median == .infinity, surviving <= 0.5 + Self.tolerance { median = next }
      if next < limit {
        area += before * (next - time)
        (time, before) = (next, surviving)
      }
      return median == .infinity || next < limit
    }
    return isEmpty ? nil : (median, area + before * (limit - time))
  }

  /// Calls `step` at each fall of the curve until it returns false.
  ///
  /// - Returns: whether the resample holds no observation.
  @discardableResult
  private func walk(multiplicities: [Int], step: (Double, Double) -> Bool) -> Bool {
    var atRisk = 0
    for (cluster, count) in counts.enumerated() { atRisk += multiplicities[cluster] * count }
    guard atRisk > 0 else { return true }
    var surviving = 1.0
    var position = 0
    clusters.withUnsafeBufferPointer { clusters in
      multiplicities.withUnsafeBufferPointer { multiplicities in
        func weight(upTo end: Int) -> Int {
          var sum = 0
          while position < end {
            sum += multiplicities[Int(clusters[position])]
            position += 1
          }
          return sum
        }
        for (index, time) in times.enumerated() {
          let events = weight(upTo: eventEnds[index])
          if events > 0 {
            surviving *= Double(atRisk - events) / Double(atRisk)
            guard step(time, surviving) else { return }
          }
          atRisk -= events + weight(upTo: ends[index])
        }
      }
    }
    return false
  }
}
