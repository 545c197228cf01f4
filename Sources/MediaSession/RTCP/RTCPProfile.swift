import SimulationKernel

/// The RTP profile, which sets RTCP's timing.
public enum RTCPProfile: String, CaseIterable, Sendable {
  /// With early feedback and without the five seconds between reports (RFC 4585).
  case avpf
  /// Without F: feedback waits for the regular packet, and reports are at least 5 s apart before
  /// randomisation (RFC 3550 section 6.3.1).
  case avp

  /// Tmin before the first regular packet: 2.5 s (RFC 3550 section 6.3.1), or 1 s in groups and
  /// nothing between two (RFC 4585 section 3.5.1).
  func initialMinimum(isPointToPoint: Bool) -> SimDuration {
    switch self {
    case .avpf: isPointToPoint ? .zero : .seconds(1)
    case .avp: .milliseconds(2_500)
    }
  }

  /// Tmin after it: 5 s (RFC 3550 section 6.2), or nothing (RFC 4585 section 3.5.3).
  var laterMinimum: SimDuration {
    switch self {
    case .avpf: .zero
    case .avp: .seconds(5)
    }
  }
}

/// When feedback may go before the regular packet.
public enum EarlyFeedback: String, CaseIterable, Sendable {
  /// One early packet between two regular times, dithered in groups (RFC 4585 section 3.5.2).
  case rfc4585
  /// Linphone's: one early packet in a session, without dithering; allow_early is not set again.
  case once
  /// At once, whatever was sent before: no timing rule at all (libwebrtc, PJSIP, FreeSWITCH).
  case immediate
  /// Never: feedback waits for the regular packet ("Regular RTCP mode", RFC 4585 section 3.3).
  case off
}
