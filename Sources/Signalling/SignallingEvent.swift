import NetworkModels

/// Something that will happen on the signalling path, to be handed back at its time.
///
/// Hops, and the proxies between them, count from the receiver's side. End 0 of a hop is the one
/// nearer the receiver, which opens the connection, end 1 the one nearer the sender.
public enum SignallingEvent: Hashable, Sendable {
  /// Something on the hop of this number.
  case hop(UInt8, HopEvent)
  /// A datagram reaches the other end of its hop whole; a request where there is no status.
  case datagramArrival(hop: UInt8, request: Int32, status: Int16?)
  /// A timer of a request's client or server transaction on a hop; stale where the generation is no
  /// longer the transaction's.
  case clientDeadline(hop: UInt8, request: Int32, generation: UInt32)
  case serverDeadline(hop: UInt8, request: Int32, generation: UInt32)
  /// A proxy has processed the first of its messages; proxy k stands behind hop k.
  case proxyDone(proxy: UInt8)
  /// The receiver's user agent may ask again; stale like the above.
  case userAgentDeadline(generation: UInt32)
  /// The receiver's user agent has waited for an answer as long as it keeps a silent connection.
  case answerOverdue(request: Int32)
  /// The receiver changes its network.
  case networkSwitch
  /// A message of a hop's other signalling comes, or a burst of them.
  case load(hop: UInt8, isBurst: Bool)
  /// A datagram of other signalling reaches this end of its hop.
  case loadArrival(hop: UInt8, end: UInt8)
  /// The media sender's device has woken up.
  case userAgentAwake
}

/// A TCP segment, or a datagram, to lose on purpose.
public struct ScriptedSegmentLoss: Hashable, Sendable {
  public enum Kind: Int, CaseIterable, Sendable {
    case syn, synAcknowledgement, data, acknowledgement
    /// A SIP message over UDP, with all its fragments.
    case datagram
  }

  public var hop: Int
  public var direction: SignallingDirection
  public var kind: Kind
  /// Counts what is of this kind on this hop and direction from 0, copies included.
  public var ordinal: Int

  public init(hop: Int, direction: SignallingDirection, kind: Kind, ordinal: Int) {
    self.hop = hop
    self.direction = direction
    self.kind = kind
    self.ordinal = ordinal
  }
}

/// Which way a message travels.
public enum SignallingDirection: Int, Hashable, Sendable {
  /// Requests.
  case towardsSender
  /// Responses.
  case towardsReceiver
}

extension ScriptedSegmentLoss.Kind {
  init(_ segment: TCPSegment) {
    if segment.flags.contains(.syn) {
      self = segment.flags.contains(.ack) ? .synAcknowledgement : .syn
    } else {
      self = segment.length > 0 ? .data : .acknowledgement
    }
  }
}
