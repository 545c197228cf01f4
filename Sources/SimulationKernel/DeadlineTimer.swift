/// A timer whose deadline may change while earlier ones still lie in the event queue.
///
/// Each arming gives a token, which travels with the scheduled event; when the event is popped its
/// token tells whether the timer still means it. Nothing is ever removed from the queue.
public struct DeadlineTimer: Sendable {
  /// Names one arming of one timer.
  public struct Token: Hashable, Sendable {
    @usableFromInline let generation: UInt32

    @inlinable
    init(generation: UInt32) {
      self.generation = generation
    }
  }

  /// When the timer is due; nil while it is not armed.
  public private(set) var deadline: SimTime?
  private var generation: UInt32 = 0

  public init() {}

  /// Sets the deadline, whatever it was; the token goes with an event scheduled for `time`.
  public mutating func arm(at time: SimTime) -> Token {
    deadline = time
    // Four thousand million armings pass before a token returns; no event pends that long.
    generation &+= 1
    return Token(generation: generation)
  }

  /// Takes the deadline back; no token is current then.
  public mutating func cancel() {
    deadline = nil
  }

  /// Takes over a state machine's `nextDeadline`; gives a token only where an event is to be
  /// scheduled because the deadline is a new one.
  public mutating func follow(_ nextDeadline: SimTime?) -> Token? {
    guard let nextDeadline else {
      cancel()
      return nil
    }
    return nextDeadline == deadline ? nil : arm(at: nextDeadline)
  }

  /// Whether the token is that of the present deadline.
  public func isCurrent(_ token: Token) -> Bool {
    deadline != nil && token.generation == generation
  }

  /// To be asked when the token's event is popped: true, and no longer armed, where it is the
  /// present deadline's; false for a stale one, which is to be ignored.
  public mutating func expires(_ token: Token) -> Bool {
    guard isCurrent(token) else { return false }
    deadline = nil
    return true
  }
}
