import SimulationKernel

/// The server side of an INVITE's transaction (RFC 3261 section 17.2.1, with the Accepted state of
/// RFC 6026 section 7.1).
///
/// It begins with the INVITE, at the instant told to the initializer.
public struct InviteServerTransaction: Sendable {
  public enum Input: Hashable, Sendable {
    /// The INVITE, once more.
    case request
    /// The ACK of a refusal. That of a 2xx belongs to no transaction.
    case acknowledgement
    /// The owner's response, 100...699. After a 2xx only 2xx may follow, which are its copies; after
    /// a refusal all are dropped.
    case respond(status: Int)
    case transportFailed
    /// `nextDeadline` has come; ignored while it has not.
    case deadline
  }

  public enum Action: Hashable, Sendable {
    /// The response with this status, the first time or again.
    case send(status: Int)
    /// Timer H: nobody acknowledged the refusal.
    case timedOut
    case transportFailed
    /// Nothing more will come; the transaction may be forgotten.
    case terminated
  }

  private enum State: Hashable, Sendable {
    /// Nothing has been sent: a 100 goes by itself at this instant.
    case silent(trying: SimTime)
    case proceeding(status: Int)
    /// Waits for the ACK of a refusal; Timer G runs over an unreliable transport alone.
    case completed(status: Int, g: RetransmissionTimer?, h: SimTime)
    /// Absorbs copies of the ACK until Timer I.
    case confirmed(i: SimTime)
    /// Absorbs copies of the INVITE until Timer L.
    case accepted(l: SimTime)
    case terminated
  }

  // Section 17.2.1: unless the owner answers within 200 ms.
  private static let patience = SimDuration.milliseconds(200)

  private let reliability: TransportReliability
  private let timers: TransactionTimers
  private var state: State

  /// - Parameter now: when the INVITE came.
  public init(
    _ reliability: TransportReliability, timers: TransactionTimers = .standard, now: SimTime
  ) {
    self.reliability = reliability
    self.timers = timers
    state = .silent(trying: now + Self.patience)
  }

  public var isTerminated: Bool { state == .terminated }

  public var nextDeadline: SimTime? {
    switch state {
    case .silent(let time), .confirmed(let time), .accepted(let time): time
    case .completed(_, let g, let h): g.map { min($0.due, h) } ?? h
    case .proceeding, .terminated: nil
    }
  }

  public mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action]) {
    switch input {
    case .request:
      switch state {
      case .proceeding(let status), .completed(let status, _, _):
        actions.append(.send(status: status))
      case .silent, .confirmed, .accepted, .terminated: break
      }
    case .acknowledgement:
      guard case .completed = state else { return }
      if reliability == .reliable {
        // Timer I is zero.
        end(.terminated, into: &actions)
      } else {
        state = .confirmed(i: now + timers.t4)
      }
    case .respond(let status): respond(status, now: now, into: &actions)
    case .transportFailed:
      switch state {
      case .proceeding, .completed: end(.transportFailed, into: &actions)
      // RFC 6026 section 7.1: the owner is told, and goes on sending the 2xx.
      case .accepted: actions.append(.transportFailed)
      case .silent, .confirmed, .terminated: break
      }
    case .deadline: expire(now: now, into: &actions)
    }
  }

  private mutating func respond(_ status: Int, now: SimTime, into actions: inout [Action]) {
    switch state {
    case .silent, .proceeding:
      actions.append(.send(status: status))
      switch status {
      case ..<200: state = .proceeding(status: status)
      case 200...299: state = .accepted(l: now + timers.timeout)
      default:
        state = .completed(
          status: status,
          g: reliability == .unreliable ? RetransmissionTimer(first: timers.t1, now: now) : nil,
          h: now + timers.timeout)
      }
    case .accepted where (200...299).contains(status): actions.append(.send(status: status))
    case .completed, .confirmed, .accepted, .terminated: break
    }
  }

  private mutating func expire(now: SimTime, into actions: inout [Action]) {
    switch state {
    case .silent(let time) where time <= now:
      state = .proceeding(status: 100)
      actions.append(.send(status: 100))
    case .completed(_, _, let h) where h <= now: end(.timedOut, into: &actions)
    case .completed(let status, var g?, let h) where g.due <= now:
      actions.append(.send(status: status))
      g.double(limit: timers.t2)
      state = .completed(status: status, g: g, h: h)
    case .confirmed(let time) where time <= now, .accepted(let time) where time <= now:
      end(.terminated, into: &actions)
    case .silent, .proceeding, .completed, .confirmed, .accepted, .terminated: break
    }
  }

  private mutating func end(_ reason: Action, into actions: inout [Action]) {
    state = .terminated
    actions.append(reason)
    if reason != .terminated { actions.append(.terminated) }
  }
}
