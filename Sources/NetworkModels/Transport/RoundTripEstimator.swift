import SimulationKernel

/// Smoothed round-trip time and its variation, and the timeout that follows (RFC 6298 section 2).
///
/// Linux keeps the variation differently from the RFC's formula (`Rule.linux`), and is slower to
/// forget a late sample: a connection that once waited for an answer that was lost has longer
/// timeouts for a dozen messages.
public struct RoundTripEstimator: Hashable, Sendable {
  public enum Rule: Hashable, Sendable {
    /// RFC 6298 section 2.3: a smoothed deviation, four times of which is added.
    case rfc6298
    /// tcp_rtt_estimator: what is added is the largest deviation of a round trip, at least the
    /// profile's minimum, and falls by a quarter of the difference a round trip. A sample below the
    /// estimate raises the deviation by an eighth of what one above it does.
    case linux
  }

  /// nil before the first sample.
  public private(set) var smoothed: SimDuration?
  /// What is added to it for the timeout: four times RFC 6298's RTTVAR.
  public private(set) var addend = SimDuration.zero
  /// The least sample so far.
  public private(set) var minimum: SimDuration?
  private var rule: Rule
  /// Four times the smoothed deviation.
  private var deviation = SimDuration.zero
  /// The largest of them in the present round trip, which ends when this octet is acknowledged.
  private var largestDeviation = SimDuration.zero
  private var roundEnd: Int64 = 0

  public init(_ profile: TCPProfile) { rule = profile.roundTripRule }

  /// The estimate of a connection on which `roundTrip` has long been steady.
  public init(settledAt roundTrip: SimDuration, _ profile: TCPProfile) {
    self.init(profile)
    smoothed = roundTrip
    minimum = roundTrip
    addend = profile.minimumVariance
    largestDeviation = profile.minimumVariance
  }

  /// Takes a sample in.
  ///
  /// - Parameters:
  ///   - acknowledged: the first octet not acknowledged yet.
  ///   - next: the next octet to be sent.
  public mutating func add(
    _ sample: SimDuration, acknowledged: Int64, next: Int64, _ profile: TCPProfile
  ) {
    minimum = min(minimum ?? sample, sample)
    guard let before = smoothed else {
      smoothed = sample
      deviation = sample * 2  // RFC 6298 section 2.2: RTTVAR = R/2
      addend = max(deviation, profile.minimumVariance)
      largestDeviation = addend
      roundEnd = next
      return
    }
    let difference = sample - before
    // RFC 6298 section 2.3: the variation first, beta 1/4 and alpha 1/8.
    smoothed = (before * 7 + sample) / 8
    switch rule {
    case .rfc6298:
      let size = difference < .zero ? .zero - difference : difference
      deviation = (deviation * 3) / 4 + size
      addend = max(deviation, profile.minimumVariance)
    case .linux:
      addLikeLinux(difference, acknowledged: acknowledged, next: next, profile)
    }
  }

  private mutating func addLikeLinux(
    _ difference: SimDuration, acknowledged: Int64, next: Int64, _ profile: TCPProfile
  ) {
    var change: SimDuration
    if difference < .zero {
      change = .zero - difference - deviation / 4
      if change > .zero { change = change / 8 }
    } else {
      change = difference - deviation / 4
    }
    deviation += change
    if deviation > largestDeviation {
      largestDeviation = deviation
      addend = max(addend, largestDeviation)
    }
    guard acknowledged > roundEnd else { return }
    if largestDeviation < addend { addend = addend - (addend - largestDeviation) / 4 }
    roundEnd = next
    largestDeviation = profile.minimumVariance
  }

  /// The retransmission timeout, without backing off.
  public func timeout(_ profile: TCPProfile) -> SimDuration {
    guard let smoothed else { return profile.initialTimeout }
    return min(
      max(profile.roundedUp(smoothed + addend), profile.minimumTimeout), profile.maximumTimeout)
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
