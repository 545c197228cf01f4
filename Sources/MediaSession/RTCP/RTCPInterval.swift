import SimulationKernel

/// The RTCP transmission interval of one participant of a two-party session (RFC 3550 section 6.3).
public struct RTCPInterval: Sendable {
  /// RFC 3550 section 6.3.1: e - 3/2, which makes up for timer reconsideration's lower rate.
  static let reconsiderationCompensation = 1.21828
  /// The two ends of the call. With one sender among two members (more than a quarter), RFC 3550
  /// section 6.3.1 gives every member an equal share of the whole RTCP bandwidth.
  static let members = 2

  private let octetsPerSecond: Double
  /// avg_rtcp_size (RFC 3550 section 6.3.3): UDP and IP headers included, in octets.
  public private(set) var averageOctets: Double

  /// - Parameters:
  ///   - bandwidth: of RTCP as a whole, both ends.
  ///   - firstPacketOctets: probable size of the first packet, the average's first value.
  public init(bandwidth: Bitrate, firstPacketOctets: Int) {
    octetsPerSecond = Double(bandwidth.bitsPerSecond) / 8
    averageOctets = Double(firstPacketOctets)
  }

  /// Counts a compound packet, sent or received (RFC 3550 section 6.3.3).
  public mutating func count(packetOctets: Int) {
    averageOctets += (Double(packetOctets) - averageOctets) / 16
  }

  /// The deterministic interval Td, with Tmin = 0 between two participants (RFC 4585 section 3.4).
  public var deterministic: SimDuration {
    let seconds = averageOctets * Double(Self.members) / octetsPerSecond
    return SimDuration(nanoseconds: Int64(seconds * 1e9))
  }

  /// T_rr: the interval randomised over 0.5...1.5 and compensated.
  ///
  /// - Parameter unit: a uniform draw from [0, 1).
  public func randomized(unit: Double) -> SimDuration {
    let factor = (0.5 + unit) / Self.reconsiderationCompensation
    return SimDuration(nanoseconds: Int64(Double(deterministic.nanoseconds) * factor))
  }
}
