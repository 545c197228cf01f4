import NetworkModels
import SimulationKernel
import WireFormats

/// What somebody who watches the signalling path's connections sees, for captures; kept only where
/// `SignallingPath.observations` is set.
///
/// Hops and ends count as in `SignallingEvent`: end 0 is nearer the receiver and opens.
public enum SignallingObservation: Sendable {
  /// Octets that an end wrote to its TCP stream.
  case written(hop: Int, end: Int, StreamContent)
  /// A segment that left an end, and what became of it on its way; `isScripted` where it was lost
  /// on purpose.
  case segmentSent(hop: Int, end: Int, TCPSegment, Link.Outcome, isScripted: Bool)
  /// A message that went as a UDP datagram, with all its fragments, and what became of it.
  case datagramSent(SignallingHopRecord, Link.Outcome, isScripted: Bool)
  /// A hop's connection is given up; what follows is of a new one, which is not up yet.
  case connectionReplaced(hop: Int)
  /// A segment that reached an end.
  case segmentArrived(hop: Int, end: Int, TCPSegment)
}

/// What a piece of a TCP stream is.
public enum StreamContent: Hashable, Sendable {
  /// TLS handshake messages, or session tickets; so many octets on the stream.
  case handshake(octets: Int)
  /// A SIP message, in TLS records where the hop has TLS.
  case message(SignallingHopRecord)
}

extension SignallingSettings {
  /// Octets of the first INFO on the first hop.
  public var requestOctets: Int { SIPMessageSizes(self).request(0, hop: 0) }

  /// The message of a hop's record, with all its octets.
  ///
  /// A request's CSeq and branches are its own, and a response has those of its request.
  ///
  /// Other signalling is a NOTIFY of its size.
  public func message(of record: SignallingHopRecord) -> SIPMessage {
    guard !record.isLoad else {
      return SignallingLoad.message(octets: record.octets, transport: transport.name)
    }
    return SIPMessageSizes.message(
      self, request: record.request, status: record.status, hop: record.hop)
  }

  /// The connections' TLS; nil without it.
  public var tlsProfile: TLSProfile? {
    guard let version = transport.tlsVersion else { return nil }
    var profile = TLSProfile(
      version: version, certificate: certificate, isResumed: resumesSessions)
    if let time = tlsProcessing { profile.processing = .init(client: time, server: time) }
    return profile
  }
}

extension SignallingSettings.Transport {
  /// The transport's TLS; nil without it.
  public var tlsVersion: TLSProfile.Version? {
    switch self {
    case .udp, .tcp: nil
    case .tls12: .tls12
    case .tls13: .tls13
    }
  }
}
