import SimulationKernel

/// RTCP bandwidth and timing (RFC 4585 section 3).
public struct RTCPSettings: Hashable, Sendable {
  public var profile = RTCPProfile.avpf
  /// All members of the session, 2 or more. The call simulates one sender and one receiver; further
  /// receivers are silent and only have their share of the RTCP bandwidth.
  public var participants = 2
  /// Session bandwidth from which the RTCP share derives; nil: the codec's target bitrate.
  public var sessionBandwidth: Bitrate?
  /// Share of the session bandwidth for RTCP, in parts per thousand. 50 is RFC 3550's 5 %.
  public var bandwidthPerMille = 50
  /// T_rr_interval (RFC 4585 section 3.4): minimum between regular reports; zero is off. AVPF only.
  public var trrInterval = SimDuration.zero
  /// T_max_fb_delay (RFC 4585 section 3.4): feedback that would wait longer is dropped. AVPF only.
  public var maximumFeedbackDelay = SimDuration.milliseconds(500)
  /// Whether feedback may go before the regular packet. AVPF only.
  public var earlyFeedback = EarlyFeedback.rfc4585
  /// Whether NACK goes at once, whatever holds for other feedback (oRTP). AVPF only.
  public var sendsNACKAtOnce = false
  /// Regular times fall on the next multiple of this, as an endpoint's timer finds them; zero: at
  /// once.
  public var timerGranularity = SimDuration.zero
  /// SDES TOOL (RFC 3550 section 6.5.6) beside CNAME; nil: none.
  public var tool: String?
  /// Whether early and minimal packets go without report and CNAME (RFC 5506).
  public var isReducedSize = false

  public init() {}

  /// The bandwidth of RTCP as a whole; at least 1 bit/s.
  public func bandwidth(ofSession session: Bitrate) -> Bitrate {
    Bitrate(bitsPerSecond: max(1, session.bitsPerSecond * Int64(bandwidthPerMille) / 1000))
  }

  /// The group as one end of the call sees it; one member sends.
  public func membership(isSender: Bool) -> RTCPMembership {
    RTCPMembership(members: participants, isSender: isSender)
  }
}
