import NetworkModels
import SimulationKernel

/// What a hop of the signalling path is made of.
struct HopSettings: Sendable {
  var transport: SignallingSettings.Transport
  var links: HopLinks
  var tcp = TCPProfile.linux
  var tls: TLSProfile?
  /// What is sent on the first connection from this instant on vanishes.
  var bindingEnds: SimTime?
  /// A look-up before a connection that takes a lost one's place.
  var nameLookUp = SimDuration.zero
  /// The connection is up and has long been used; its round-trip time is that of a message of so
  /// many octets on the TCP stream and its acknowledgement. nil where the first message opens it.
  var warmedBy: Int?

  /// Both ends of all hops read one clock, as in namespaces of one machine: their timers fire at
  /// the same edges.
  var sharesClock = false

  /// The stream of a host's chance.
  func hostName(hop: Int, end: Int) -> String {
    sharesClock ? "sip.host" : "sip.hop\(hop).host\(end)"
  }

  /// Propagation and serialization of so many octets on the TCP stream, with headers; of an
  /// acknowledgement where there are none.
  func undisturbed(_ octets: Int, over link: LinkSettings) -> SimDuration {
    guard let rate = link.rate else { return link.oneWayDelay }
    let header = 52  // IPv4, TCP and timestamps
    let (full, rest) = octets.quotientAndRemainder(dividingBy: tcp.maximumSegmentSize)
    var time = rate.duration(ofOctets: tcp.maximumSegmentSize + header) * Int64(full)
    if rest > 0 || full == 0 { time += rate.duration(ofOctets: rest + header) }
    return link.oneWayDelay + time
  }

  /// The round trip of a message and its acknowledgement where nothing else is under way.
  func roundTrip(of octets: Int) -> SimDuration {
    undisturbed(octets, over: links.towardsSender) + undisturbed(0, over: links.towardsReceiver)
  }
}
