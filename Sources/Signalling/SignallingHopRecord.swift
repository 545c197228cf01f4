import SimulationKernel

/// What happened to one message on one hop.
public struct SignallingHopRecord: Hashable, Sendable {
  /// Counts INFO requests from 0; a response has its request's number.
  public var request: Int
  /// nil for a request, the status code for a response.
  public var status: Int?
  /// From the receiver's side, from 0.
  public var hop: Int
  /// The SIP message alone, as it is on this hop.
  public var octets: Int
  /// When the element that sends on this hop had the whole message: a proxy received it, a user
  /// agent made it.
  public var received: SimTime
  /// When that element handed it to the hop's transport, the first time; nil while a proxy has it.
  /// It waits there where a connection is not yet up.
  public var written: SimTime?
  /// When a proxy could have sent it, but found the user agent behind the hop asleep; nil where it
  /// was awake.
  public var heldFrom: SimTime?
  /// When it was lost for good: with the connection that carried it, or broken by a router, and
  /// then it is delivered all the same.
  public var lost: SimTime?
  /// When the whole message had arrived at the hop's other end, or the first of its copies; nil
  /// while none has.
  public var delivered: SimTime?
  /// What the hop takes where it is idle, loss-free and its connection established: propagation
  /// and serialization. `delivered - written - undisturbed` is what the transport costs: TCP and TLS,
  /// or the copies over UDP.
  public var undisturbed: SimDuration

  public var isResponse: Bool { status != nil }
}
