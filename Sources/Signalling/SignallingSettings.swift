import NetworkModels
import SimulationKernel
import WireFormats

/// The road a SIP INFO takes from the receiver's user agent to the sender's.
public struct SignallingSettings: Hashable, Sendable {
  public enum Transport: String, CaseIterable, Sendable {
    case udp
    case tcp
    case tls12 = "tls1.2"
    case tls13 = "tls1.3"
  }
  /// Where proxies stand, which decides the delay of a hop.
  public enum Placement: String, CaseIterable, Sendable {
    /// On the media's own way: the hops share the media path's round-trip time evenly.
    case onPath = "on-path"
    /// Elsewhere: every hop has the media path's round-trip time.
    case detour
  }

  /// How the sender's user agent answers an INFO.
  public enum Answer: String, CaseIterable, Sendable {
    /// It does what the INFO asks for.
    case ok = "200"
    /// It knows no such dialog; the receiver's user agent asks no more.
    case callDoesNotExist = "481"
    /// Something else is pending in the dialog; the receiver's user agent asks again after a while.
    case requestPending = "491"
  }

  public var transport = Transport.tls13
  /// Proxies between the user agents; n proxies make n + 1 hops. 0...8.
  public var proxies = 1
  public var placement = Placement.onPath
  /// Time a proxy takes for a message. 0.37 ms was measured for an unloaded Kamailio with TLS.
  public var proxyProcessing = SimDuration.microseconds(370)
  /// Whose rules the five below were set to before single ones were changed; nil where to none's.
  /// Results name it; it has no effect of its own. See `adopt`.
  public var policy: Policy?
  /// At least this long between two INFO requests of one user agent.
  /// FreeSWITCH 0.5 s, PJSIP 3 s, Linphone 5 s.
  public var minimumRequestInterval = SimDuration.milliseconds(500)
  /// A valid key frame clears the interval (Linphone).
  public var keyFrameClearsInterval = true
  public var repetition = Repetition.untilRepaired
  public var outstanding = Outstanding.any
  /// How long a request that was refused by 491 waits before it is made again, without regard to the
  /// interval; nil where it is not, and only the interval counts. 0 to 1 s is Linphone's; RFC 3261
  /// section 14.1 has 2.1 to 4 s, or 0 to 2 s for the side that is not the Call-ID's owner, for a
  /// re-INVITE, whose offers collide.
  public var retryAfter491: ClosedRange<SimDuration>? = .zero ... .seconds(1)
  /// The answers to the first requests, one each; the last one is that to all that follow. Not empty.
  public var answers = [Answer.ok]
  /// Connections are up before the call; otherwise the first INFO sets them up, hop by hop.
  public var isWarm = true
  /// What the server of a TLS connection, the end nearer the sender, proves who it is with.
  public var certificate = TLSProfile.Certificate.ecdsa
  /// TLS handshakes resume an earlier session.
  public var resumesSessions = false
  /// Processor time of a TLS handshake at each end; nil is that of the `TLSProfile`.
  public var tlsProcessing: SimDuration?

  public init() {}
}

extension SignallingSettings.Transport {
  /// Whether the transactions must send messages again.
  var reliability: TransportReliability { self == .udp ? .unreliable : .reliable }

  /// As Vias and URIs name it.
  public var name: SIPTransport {
    switch self {
    case .udp: .udp
    case .tcp: .tcp
    case .tls12, .tls13: .tls
    }
  }
}

extension SignallingSettings.Answer {
  var status: SIPStatus {
    switch self {
    case .ok: .ok
    case .callDoesNotExist: .callDoesNotExist
    case .requestPending: .requestPending
    }
  }
}
