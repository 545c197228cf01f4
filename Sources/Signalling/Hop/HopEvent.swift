/// Something that will happen on a hop, to be handed back at its time; ignored where the connection
/// that it belongs to is no more.
public enum HopEvent: Hashable, Sendable {
  /// The TCP segment in this slot reaches an end.
  case segmentArrival(end: UInt8, slot: Int32, connection: UInt16)
  /// A TCP timer; stale where the generation is no longer the end's.
  case transportDeadline(end: UInt8, generation: UInt32, connection: UInt16)
  /// The DNS has told where to connect to.
  case nameResolved(connection: UInt16)
  /// A TLS end has computed.
  case sessionDeadline(end: UInt8, connection: UInt16)
}
