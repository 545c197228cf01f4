import SimulationKernel

/// The base times of SIP's transactions (RFC 3261 section 17.1.1.1, table 4), from which the other
/// timers follow.
public struct TransactionTimers: Hashable, Sendable {
  /// Estimate of the round-trip time.
  public var t1 = SimDuration.milliseconds(500)
  /// The longest interval between copies of a request that is no INVITE, and of a response to an
  /// INVITE.
  public var t2 = SimDuration.seconds(4)
  /// The longest that a message stays in the network.
  public var t4 = SimDuration.seconds(5)

  public static let standard = TransactionTimers()

  public init() {}

  /// Timers B, F, H, J, L and M: how long a transaction waits, or answers copies.
  public var timeout: SimDuration { t1 * 64 }

  /// Timer D over an unreliable transport, at least 32 s (section 17.1.1.2).
  var d: SimDuration { .seconds(32) }
}

/// Whether messages can be lost below SIP; where they can, transactions send them again.
public enum TransportReliability: Hashable, Sendable {
  /// TCP, TLS.
  case reliable
  /// UDP.
  case unreliable
}

/// Copies of a message at growing intervals: timers A, E and G (RFC 3261 section 17).
struct RetransmissionTimer: Hashable, Sendable {
  private(set) var interval: SimDuration
  private(set) var due: SimTime

  init(first interval: SimDuration, now: SimTime) {
    self.interval = interval
    due = now + interval
  }

  /// The copy goes; the next one after twice the interval, at most `limit`.
  mutating func double(limit: SimDuration? = nil) {
    interval = min(interval * 2, limit ?? interval * 2)
    due = due + interval
  }

  /// The copy goes; the next one after this interval.
  mutating func settle(at interval: SimDuration) {
    self.interval = interval
    due = due + interval
  }
}
