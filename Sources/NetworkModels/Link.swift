import SimulationKernel

/// One direction of a path: a drop-tail queue, a bottleneck, a lossy channel and a propagation
/// delay, in that order. It tells when, or whether, octets arrive, and keeps their order.
public struct Link: Sendable {
  /// What becomes of a packet.
  public enum Outcome: Equatable, Sendable {
    /// Its last bit arrives at this instant.
    case delivered(at: SimTime)
    /// The channel lost it, at the instant its last bit left the bottleneck.
    case lost(at: SimTime)
    /// The queue was full at this instant, that of sending.
    case dropped(at: SimTime)
  }

  private let oneWayDelay: SimDuration
  private var queue: DropTailQueue
  private var channel: LossChannel

  /// - Parameters:
  ///   - settings: a rate above zero, and no negative duration (checked); loss as `LossModel` says.
  ///   - seed: the call's seed.
  ///   - name: the link's role, as "media.forward". Its chance comes from the stream "NAME.loss".
  public init(_ settings: LinkSettings, seed: UInt64, name: String) {
    precondition(settings.oneWayDelay >= .zero, "a propagation delay cannot be negative")
    oneWayDelay = settings.oneWayDelay
    queue = DropTailQueue(
      rate: settings.rate, limit: settings.queueLimit, octetLimit: settings.queueOctets)
    channel = LossChannel(settings.loss, key: StreamKey(seed: seed, name: name + ".loss"))
  }

  /// Sends a packet, not before any earlier one (checked where the loss model depends on time).
  ///
  /// - Parameters:
  ///   - octets: the packet's size with its IP and UDP or TCP headers.
  ///   - now: the instant at which it comes to the queue.
  ///   - scripted: it is lost whatever the channel does. It still passes the queue and takes its
  ///     place in the channel's order, so that no other packet's fate changes.
  public mutating func send(octets: Int, at now: SimTime, losing scripted: Bool = false)
    -> Outcome
  {
    guard let departure = queue.enqueue(octets: octets, at: now) else { return .dropped(at: now) }
    let lost = channel.loses(at: departure)
    return lost || scripted ? .lost(at: departure) : .delivered(at: departure + oneWayDelay)
  }
}
