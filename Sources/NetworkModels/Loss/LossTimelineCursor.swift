import SimulationKernel

/// Where a timeline of losses is at a time.
struct LossTimelineCursor: Sendable {
  private let timeline: LossTimeline
  /// The first spell that may not be over yet, of the present repetition.
  private var next = 0
  private var repetition: Int64 = 0

  init(_ timeline: LossTimeline) {
    self.timeline = timeline
  }

  mutating func isLost(at time: SimTime) -> Bool {
    let period = timeline.period.nanoseconds
    let now = time.nanoseconds / period
    if now != repetition { (repetition, next) = (now, 0) }
    let within = SimTime(nanoseconds: time.nanoseconds - now * period)
    let spells = timeline.spells
    while next < spells.count, spells[next].upperBound <= within { next += 1 }
    return next < spells.count && spells[next].lowerBound <= within
  }
}
