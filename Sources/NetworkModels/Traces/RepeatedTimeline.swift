import SimulationKernel

/// A place in a timeline that begins again at its end, and moves forward only.
struct RepeatedTimeline: Sendable {
  private let period: Int64
  private var repetition: Int64 = 0
  /// The index of what holds now, within the present repetition.
  private(set) var place = 0

  init(period: SimDuration) {
    self.period = period.nanoseconds
  }

  /// Goes to an instant, not before any earlier one: forward over the places that `isBehind` it.
  ///
  /// - Returns: the instant within the period.
  mutating func advance(to time: SimTime, while isBehind: (Int, SimTime) -> Bool) -> SimTime {
    let round = time.nanoseconds / period
    if round != repetition { (repetition, place) = (round, 0) }
    let within = SimTime(nanoseconds: time.nanoseconds - round * period)
    while isBehind(place, within) { place += 1 }
    return within
  }
}
