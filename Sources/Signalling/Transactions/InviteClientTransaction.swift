import SimulationKernel

/// The client side of an INVITE's transaction (RFC 3261 section 17.1.1, with the Accepted state of
/// RFC 6026 section 7.2).
public struct InviteClientTransaction: Sendable {
  public enum Input: Hashable, Sendable {
    /// The INVITE is to go. Once, first (checked).
    case begin
    /// A response with this status, 100...699.
    case response(status: Int)
    case transportFailed
    /// `nextDeadline` has come; ignored while it has not.
    case deadline
  }

  public enum Action: Hashable, Sendable {
    /// The INVITE, the first time or again.
    case send
    /// The ACK of a final response that is no 2xx, the first time or again. That of a 2xx is the
    /// owner's.
    case sendAcknowledgement
    /// A response for the owner: each provisional one, one refusal, and every copy of a 2xx, which
    /// the owner acknowledges each time.
    case response(status: Int)
    /// Timer B: no response came.
    case timedOut
    case transportFailed
    /// Nothing more will come; the transaction may be forgotten.
    case terminated
  }

  private enum State: Hashable, Sendable {
    case initial
    /// Timer A runs over an unreliable transport alone.
    case calling(a: RetransmissionTimer?, b: SimTime)
    /// No timer runs: the other side may ring for long.
    case proceeding
    /// Acknowledges copies of the refusal until Timer D.
    case completed(d: SimTime)
    /// Hands copies of a 2xx on until Timer M.
    case accepted(m: SimTime)
    case terminated
  }

  private let reliability: TransportReliability
  private let timers: TransactionTimers
  private var state = State.initial

  public init(_ reliability: TransportReliability, timers: TransactionTimers = .standard) {
    self.reliability = reliability
    self.timers = timers
  }

  public var isTerminated: Bool { state == .terminated }

  public var nextDeadline: SimTime? {
    switch state {
    case .initial, .proceeding, .terminated: nil
    case .calling(let a, let b): a.map { min($0.due, b) } ?? b
    case .completed(let time), .accepted(let time): time
    }
  }

  public mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action]) {
    switch input {
    case .begin:
      guard case .initial = state else { preconditionFailure("a transaction begins once") }
      actions.append(.send)
      state = .calling(
        a: reliability == .unreliable ? RetransmissionTimer(first: timers.t1, now: now) : nil,
        b: now + timers.timeout)
    case .response(let status): receive(status, now: now, into: &actions)
    case .transportFailed:
      switch state {
      case .calling, .completed: end(.transportFailed, into: &actions)
      case .initial, .proceeding, .accepted, .terminated: break
      }
    case .deadline: expire(now: now, into: &actions)
    }
  }

  private mutating func receive(_ status: Int, now: SimTime, into actions: inout [Action]) {
    switch state {
    case .calling, .proceeding:
      actions.append(.response(status: status))
      switch status {
      case ..<200: state = .proceeding
      case 200...299: state = .accepted(m: now + timers.timeout)
      default:
        actions.append(.sendAcknowledgement)
        if reliability == .reliable {
          // Timer D is zero.
          end(.terminated, into: &actions)
        } else {
          state = .completed(d: now + timers.d)
        }
      }
    case .completed where status >= 300: actions.append(.sendAcknowledgement)
    case .accepted where (200...299).contains(status):
      actions.append(.response(status: status))
    case .initial, .completed, .accepted, .terminated: break
    }
  }

  private mutating func expire(now: SimTime, into actions: inout [Action]) {
    switch state {
    case .calling(_, let b) where b <= now: end(.timedOut, into: &actions)
    case .calling(var a?, let b) where a.due <= now:
      actions.append(.send)
      // Section 17.1.1.2: doubled without limit until Timer B.
      a.double()
      state = .calling(a: a, b: b)
    case .completed(let time) where time <= now, .accepted(let time) where time <= now:
      end(.terminated, into: &actions)
    case .initial, .calling, .proceeding, .completed, .accepted, .terminated: break
    }
  }

  private mutating func end(_ reason: Action, into actions: inout [Action]) {
    state = .terminated
    actions.append(reason)
    if reason != .terminated { actions.append(.terminated) }
  }
}
