import SimulationKernel

extension SimTime {
  /// The instant rounded to whole microseconds, halves up; monotonic.
  var roundedToMicroseconds: SimTime {
    SimTime(nanoseconds: roundedToThousands(nanoseconds))
  }
}

extension SimDuration {
  /// The span rounded to whole microseconds, halves up.
  var roundedToMicroseconds: SimDuration {
    SimDuration(nanoseconds: roundedToThousands(nanoseconds))
  }
}

private func roundedToThousands(_ value: Int64) -> Int64 {
  let shifted = value + 500
  let remainder = shifted % 1_000
  return shifted - (remainder < 0 ? remainder + 1_000 : remainder)
}

extension EpisodeRecord {
  /// The episode as the CSV files tell it: whole microseconds that still add up.
  ///
  /// The causes are laid end to end from `lost` and the instants between them are rounded, not the
  /// causes themselves; so they add up to `duration` exactly, and so does `end - lost`.
  public func roundedToMicroseconds() -> EpisodeRecord {
    var rounded = self
    var exact = lost
    for (position, span) in causes.enumerated() {
      let next = exact + span
      rounded.causes[position] = next.roundedToMicroseconds - exact.roundedToMicroseconds
      exact = next
    }
    precondition(exact == end, "an episode's causes add up to its duration")
    rounded.lost = lost.roundedToMicroseconds
    rounded.noticed = noticed?.roundedToMicroseconds
    rounded.feedbackReady = feedbackReady?.roundedToMicroseconds
    rounded.feedbackSent = feedbackSent?.roundedToMicroseconds
    rounded.feedbackReceived = feedbackReceived?.roundedToMicroseconds
    rounded.recoveryCaptured = recoveryCaptured?.roundedToMicroseconds
    rounded.recoveryArrived = recoveryArrived?.roundedToMicroseconds
    rounded.recovered = recovered?.roundedToMicroseconds
    rounded.end = end.roundedToMicroseconds
    rounded.frozen = frozen.roundedToMicroseconds
    return rounded
  }
}
