import SimulationKernel

/// Smoothed round-trip time and its variation, and the timeout that follows (RFC 6298 section 2).
public struct RoundTripEstimator: Hashable, Sendable {
  /// nil before the first sample.
  public private(set) var smoothed: SimDuration?
  public private(set) var variation = SimDuration.zero
  /// The least sample so far.
  public private(set) var minimum: SimDuration?

  public init() {}

  /// The estimate of a connection on which `roundTrip` has long been steady.
  public init(settledAt roundTrip: SimDuration) {
    smoothed = roundTrip
    minimum = roundTrip
  }

  public mutating func add(_ sample: SimDuration) {
    minimum = min(minimum ?? sample, sample)
    guard let before = smoothed else {
      smoothed = sample
      variation = sample / 2  // RFC 6298 section 2.2
      return
    }
    let deviation = sample > before ? sample - before : before - sample
    // RFC 6298 section 2.3: the variation first, beta 1/4 and alpha 1/8.
    variation = (variation * 3 + deviation) / 4
    smoothed = (before * 7 + sample) / 8
  }

  /// The retransmission timeout, without backing off.
  public func timeout(_ profile: TCPProfile) -> SimDuration {
    guard let smoothed else { return profile.initialTimeout }
    let timeout = smoothed + max(profile.minimumVariance, variation * 4)
    return min(max(profile.roundedUp(timeout), profile.minimumTimeout), profile.maximumTimeout)
  }

  /// The wait before a tail loss probe with `outstanding` segments under way.
  ///
  /// RFC 8985 section 7.2, with the kernel's allowances: 200 ms for a delayed acknowledgement of
  /// a lone segment, two ticks otherwise.
  func probeTimeout(_ profile: TCPProfile, outstanding: Int) -> SimDuration {
    guard let smoothed else { return profile.initialTimeout }
    let allowance = outstanding == 1 ? profile.minimumVariance : profile.tick * 2
    return profile.roundedUp(smoothed * 2 + allowance)
  }
}
