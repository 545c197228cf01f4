import SimulationKernel

/// The RTCP transmission interval of one participant (RFC 3550 section 6.3 and appendix A.7).
public struct RTCPInterval: Sendable {
  /// RFC 3550 section 6.3.1: e - 3/2, which makes up for timer reconsideration's lower rate.
  static let reconsiderationCompensation = 1.21828

  private let octetsPerSecond: Double
  private let groupSize: Int
  /// avg_rtcp_size (RFC 3550 section 6.3.3): UDP and IP headers included, in octets.
  public private(set) var averageOctets: Double
  /// Tmin, below which the deterministic interval does not go.
  public var minimum: SimDuration

  /// - Parameters:
  ///   - bandwidth: of RTCP as a whole, all participants.
  ///   - firstPacketOctets: probable size of the first packet, the average's first value.
  ///   - membership: who shares the bandwidth; the two ends of a one-way call by default.
  ///   - minimum: Tmin.
  public init(
    bandwidth: Bitrate, firstPacketOctets: Int,
    membership: RTCPMembership = RTCPMembership(members: 2, isSender: false),
    minimum: SimDuration = .zero
  ) {
    octetsPerSecond = Double(bandwidth.bitsPerSecond) / 8 * membership.groupFraction
    groupSize = membership.groupSize
    averageOctets = Double(firstPacketOctets)
    self.minimum = minimum
  }

  /// Counts a compound packet, sent or received (RFC 3550 section 6.3.3).
  public mutating func count(packetOctets: Int) {
    averageOctets += (Double(packetOctets) - averageOctets) / 16
  }

  /// The deterministic interval Td: the average packet of every participant of the group, one after
  /// the other, at the group's bandwidth; at least Tmin.
  public var deterministic: SimDuration {
    let seconds = averageOctets * Double(groupSize) / octetsPerSecond
    return max(minimum, SimDuration(nanoseconds: Int64(seconds * 1e9)))
  }

  /// T_rr: the interval randomised over 0.5...1.5 and compensated.
  ///
  /// - Parameter unit: a uniform draw from [0, 1).
  public func randomized(unit: Double) -> SimDuration {
    let factor = (0.5 + unit) / Self.reconsiderationCompensation
    return SimDuration(nanoseconds: Int64(Double(deterministic.nanoseconds) * factor))
  }
}
