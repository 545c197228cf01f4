import SimulationKernel

/// Where a timeline of losses is at a time.
struct LossTimelineCursor: Sendable {
  private let spells: [Range<SimTime>]
  /// At the first spell that is not over.
  private var cursor: RepeatedTimeline

  init(_ timeline: LossTimeline) {
    spells = timeline.spells
    cursor = RepeatedTimeline(period: timeline.period)
  }

  mutating func isLost(at time: SimTime) -> Bool {
    let within = cursor.advance(to: time) { [spells] place, time in
      place < spells.count && spells[place].upperBound <= time
    }
    return cursor.place < spells.count && spells[cursor.place].lowerBound <= within
  }
}
