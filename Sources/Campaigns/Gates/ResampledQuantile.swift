import Results

/// A quantile of times, some of which are censored, as a function of how often each seed stands in a
/// resample (Kaplan and Meier, 1958).
///
/// Times fall on the grid of frames, and resamples of a quantile on a grid may all be alike where another
/// sample would give the next point of it. So each resample has a second figure, interpolated between the
/// points of the grid, whose spread is what the quantile would have without it.
struct ResampledQuantile {
  private struct Step {
    var time: Double
    var events: Range<Int>
    var censorings: Range<Int>
  }

  private let share: Double
  private var clusters: [Int] = []
  private var steps: [Step] = []

  /// - Parameter share: above 0 and below 1.
  init(_ share: Double, of observations: [Observation]) {
    self.share = share
    let sorted = observations.sorted { a, b in
      a.value != b.value ? a.value < b.value : (!a.isCensored && b.isCensored)
    }
    clusters = sorted.map(\.cluster)
    var position = 0
    while position < sorted.count {
      let time = sorted[position].value
      let begin = position
      while position < sorted.count, sorted[position].value == time, !sorted[position].isCensored {
        position += 1
      }
      let middle = position
      while position < sorted.count, sorted[position].value == time { position += 1 }
      steps.append(
        Step(time: time, events: begin..<middle, censorings: middle..<position))
    }
  }

  /// The earliest time by which the share was reached, and the same between that time and the one before;
  /// nil where it is not reached.
  func value(_ multiplicities: [Int]) -> (onGrid: Double, between: Double)? {
    var atRisk = 0
    for cluster in clusters { atRisk += multiplicities[cluster] }
    guard atRisk > 0 else { return nil }
    func count(_ range: Range<Int>) -> Int {
      var sum = 0
      for index in range { sum += multiplicities[clusters[index]] }
      return sum
    }
    var (surviving, former) = (1.0, 0.0)
    for step in steps {
      let events = count(step.events)
      if events > 0 {
        let next = surviving * Double(atRisk - events) / Double(atRisk)
        if next <= 1 - share + GateFigures.rounding {
          let part = (surviving - (1 - share)) / (surviving - next)
          return (step.time, former + (step.time - former) * min(max(part, 0), 1))
        }
        (surviving, former) = (next, step.time)
      }
      atRisk -= events + count(step.censorings)
    }
    return nil
  }
}
