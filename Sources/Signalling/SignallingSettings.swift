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

  /// How the connections stand when the call begins.
  public enum Connection: String, CaseIterable, Sendable {
    /// Up, and long used.
    case warm
    /// The first message opens them, hop by hop.
    case cold
    /// Warm, until the NAT between the receiver and its first neighbour forgets the connection:
    /// from then on all that either end sends on it vanishes.
    case halfDead = "half-dead"
  }

  /// What one hop has of its own; nil is as it derives from the media path. Both ways alike.
  public struct HopOverride: Hashable, Sendable {
    public var roundTrip: SimDuration?
    public var loss: LossModel?
    /// The inner nil is infinitely fast.
    public var rate: Bitrate??
    public var queueLimit: SimDuration?

    public init() {}
  }

  /// How a proxy's time for a message varies.
  public enum ProcessingDistribution: String, CaseIterable, Sendable {
    case constant
    /// As service times of queueing theory's M/M/1: many short ones, a few long ones.
    case exponential
  }

  /// The receiver changes its network, and has another address from then on.
  public struct NetworkSwitch: Hashable, Sendable {
    /// How the first proxy named itself in Record-Route (RFC 3261 section 20.30).
    public enum RecordRoute: String, CaseIterable, Sendable {
      /// By an address that cannot be reached from the new network.
      case address
      /// By a name that the DNS leads to an address that can.
      case name
    }

    /// When in the call.
    public var time: SimDuration
    public var recordRoute: RecordRoute

    public init(time: SimDuration, recordRoute: RecordRoute) {
      self.time = time
      self.recordRoute = recordRoute
    }
  }

  public var transport = Transport.tls13
  /// Proxies between the user agents; n proxies make n + 1 hops. 0...8.
  public var proxies = 1
  public var placement = Placement.onPath
  /// Time a proxy takes for a message, or its mean. 0.37 ms was measured for an unloaded Kamailio
  /// with TLS.
  public var proxyProcessing = SimDuration.microseconds(370)
  public var proxyProcessingDistribution = ProcessingDistribution.constant
  /// Whose rules the five below were set to before single ones were changed; nil where to none's.
  /// Results name it; it has no effect of its own. See `adopt`.
  public var policy: Policy?
  /// At least this long between two INFO requests of one user agent.
  /// FreeSWITCH 0.5 s, PJSIP 3 s, Linphone 5 s.
  public var minimumRequestInterval = SimDuration.milliseconds(500)
  /// An INFO leaves so long after damage was noticed, where nothing else holds it back.
  public var requestDelay = SimDuration.zero
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
  /// The mean time between requests of the sender's user agent for a picture of its own, in a call
  /// with video both ways; nil where it makes none. A request that comes while one of these waits for
  /// its response is answered 491, whatever `answers` say.
  public var oppositeRequests: SimDuration?
  /// What the server of a TLS connection, the end nearer the sender, proves who it is with.
  public var certificate = TLSProfile.Certificate.ecdsa
  /// TLS handshakes resume an earlier session.
  public var resumesSessions = false
  /// The constants of every connection.
  public var tcp = TCPProfile.linux
  /// Processor time of a TLS handshake at each end; nil is that of the `TLSProfile`.
  public var tlsProcessing: SimDuration?

  // The receiver's connection, hop 0.
  public var connection = Connection.warm
  /// When in the call a half-dead connection loses its NAT binding.
  public var natDrop = SimDuration.zero
  /// A user agent closes a connection on which a request has waited so long for its answer while
  /// nothing else came; at most Timer F, 32 s, which it is in user agents that do so.
  public var giveUp = SimDuration.seconds(32)
  /// A look-up in the DNS before a connection that takes a lost one's place.
  public var nameLookUp = SimDuration.milliseconds(50)
  public var networkSwitch: NetworkSwitch?

  // What else is on the way.
  /// In place of what derives from the media path: empty, one for all hops, or one a hop from the
  /// receiver's side.
  public var hops: [HopOverride] = []
  public var load: SignallingLoad?
  /// The least that a header line of its own takes.
  public static let leastExtraOctets = 13
  /// Octets of another header that the INFO carries: none, or at least `leastExtraOctets`.
  public var extraOctets = 0
  /// Whether signalling and media wait in one queue on the access links (`AccessLinks`).
  public var sharesAccessLinks = false
  /// The share of fragments that routers of the first and the last hop drop, beside the links' loss;
  /// of datagrams that fit the MTU none. 0...1.
  public var fragmentLoss = 0.0
  /// The share of requests in clear text that a NAT router with a SIP application-level gateway
  /// breaks on the first hop. 0...1.
  public var gatewayBreakage = 0.0
  /// The media sender's user agent sleeps; nil where it does not.
  public var mobile: MobileSettings?

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
