import SimulationKernel

/// RTP's video clock: 90 kHz (RFC 7741 section 4.1).
enum MediaClock {
  /// The time that so many of its units take.
  static func duration(_ units: Int64) -> SimDuration {
    SimDuration(nanoseconds: units * 100_000 / 9)
  }

  /// Its units in a time, to the nearest.
  static func units(_ duration: SimDuration) -> Int64 {
    let tenths = duration.nanoseconds * 9 / 10_000
    return (tenths + (tenths < 0 ? -5 : 5)) / 10
  }
}
