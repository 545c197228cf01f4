import SimulationKernel

/// How a receiver can report, judged by its bandwidth (RFC 4585 section 3.3).
///
/// The mode is a diagnosis alone: the rules of transmission are the same in all of them.
public enum FeedbackMode: String, Sendable {
  /// Every event can be reported at once.
  case immediate
  /// Not every event, but often enough for the sender to adapt.
  case early
  /// Reports on single events come too late to be of use.
  case regular
}

/// How much feedback the RTCP bandwidth of one participant carries (RFC 4585 sections 3.3 and 3.6).
public struct FeedbackCapacity: Sendable {
  /// This participant's part of the RTCP bandwidth, in bit/s ("B").
  public let bitsPerSecond: Double
  /// Average size of an RTCP packet, UDP and IP headers included ("R").
  public let packetOctets: Double
  private let membership: RTCPMembership

  /// - Parameters:
  ///   - bandwidth: of RTCP as a whole, all participants.
  ///   - membership: who shares it.
  ///   - packetOctets: average size of an RTCP packet; positive.
  public init(bandwidth: Bitrate, membership: RTCPMembership, packetOctets: Double) {
    bitsPerSecond =
      Double(bandwidth.bitsPerSecond) * membership.groupFraction / Double(membership.groupSize)
    self.packetOctets = packetOctets
    self.membership = membership
  }

  /// Packets a second, the most events that can be reported one by one: B/R.
  public var packetsPerSecond: Double { bitsPerSecond / (packetOctets * 8) }

  /// The mean interval between two packets: R/B, that is T for N = 1.
  public var meanInterval: SimDuration {
    SimDuration(nanoseconds: Int64((packetOctets * 8e9 / bitsPerSecond).rounded()))
  }

  /// The mode for a rate of events: immediate while N <= B*T/R.
  ///
  /// The RFC leaves the border between early and regular mode to the application. Here it lies
  /// where even a lone event waits longer on average than feedback is of use: R/B above
  /// T_max_fb_delay.
  ///
  /// - Parameters:
  ///   - eventsPerSecond: what this participant would report.
  ///   - usefulFor: T_max_fb_delay.
  public func mode(eventsPerSecond: Double, usefulFor: SimDuration) -> FeedbackMode {
    if eventsPerSecond <= packetsPerSecond { return .immediate }
    return meanInterval <= usefulFor ? .early : .regular
  }

  /// The group-size threshold of immediate feedback, in members of this participant's group that
  /// all report at this rate (section 3.6.2's example), rounded down.
  public func largestImmediateGroup(eventsPerSecond: Double) -> Int {
    Int(packetsPerSecond * Double(membership.groupSize) / eventsPerSecond)
  }
}
