import NetworkModels
import SimulationKernel

/// The road a SIP INFO takes from the receiver's user agent to the sender's.
public struct SignallingSettings: Hashable, Sendable {
  public enum Transport: String, CaseIterable, Sendable {
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

  public var transport = Transport.tls13
  /// Proxies between the user agents; n proxies make n + 1 hops. 0...8.
  public var proxies = 1
  public var placement = Placement.onPath
  /// Time a proxy takes for a message. 0.37 ms was measured for an unloaded Kamailio with TLS.
  public var proxyProcessing = SimDuration.microseconds(370)
  /// At least this long between two INFO requests of one user agent.
  /// FreeSWITCH 0.5 s, PJSIP 3 s, Linphone 5 s.
  public var minimumRequestInterval = SimDuration.milliseconds(500)
  /// A valid key frame clears the interval (Linphone).
  public var keyFrameClearsInterval = true
  /// Connections are up before the call; otherwise the first INFO sets them up, hop by hop.
  public var isWarm = true
  /// Processor time of a TLS handshake at each end.
  public var tlsProcessing = SimDuration.milliseconds(1)

  public init() {}
}
