import SimulationKernel

/// The client side of a transaction other than INVITE (RFC 3261 section 17.1.2), which is what an
/// INFO has.
///
/// It knows neither message nor link: the request is its owner's, who sends it when told.
public struct NonInviteClientTransaction: Sendable {
  public enum Input: Hashable, Sendable {
    /// The request is to go. Once, first (checked).
    case begin
    /// A response with this status, 100...699.
    case response(status: Int)
    /// The transport gave up (section 17.1.4).
    case transportFailed
    /// `nextDeadline` has come; ignored while it has not.
    case deadline
  }

  public enum Action: Hashable, Sendable {
    /// The request, the first time or again.
    case send
    /// A response that is the first of its kind: provisional ones, and one final.
    case response(status: Int)
    /// Timer F: no final response came. The owner takes it for a 408 (section 8.1.3.1).
    case timedOut
    /// The owner takes it for a 503 (section 8.1.3.1).
    case transportFailed
    /// Nothing more will come; the transaction may be forgotten.
    case terminated
  }

  private enum State: Hashable, Sendable {
    case initial
    /// Timer E runs over an unreliable transport alone.
    case trying(e: RetransmissionTimer?, f: SimTime)
    case proceeding(e: RetransmissionTimer?, f: SimTime)
    /// Absorbs copies of the final response until Timer K.
    case completed(k: SimTime)
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

  /// When the next of its timers is due; nil where none runs.
  public var nextDeadline: SimTime? {
    switch state {
    case .initial, .terminated: nil
    case .trying(let e, let f), .proceeding(let e, let f): e.map { min($0.due, f) } ?? f
    case .completed(let k): k
    }
  }

  public mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action]) {
    switch input {
    case .begin:
      guard case .initial = state else { preconditionFailure("a transaction begins once") }
      actions.append(.send)
      state = .trying(
        e: reliability == .unreliable ? RetransmissionTimer(first: timers.t1, now: now) : nil,
        f: now + timers.timeout)
    case .response(let status): receive(status, now: now, into: &actions)
    case .transportFailed:
      guard isWaiting else { return }
      end(.transportFailed, into: &actions)
    case .deadline: expire(now: now, into: &actions)
    }
  }

  private var isWaiting: Bool {
    switch state {
    case .trying, .proceeding: true
    case .initial, .completed, .terminated: false
    }
  }

  private mutating func receive(_ status: Int, now: SimTime, into actions: inout [Action]) {
    switch state {
    case .trying(let e, let f), .proceeding(let e, let f):
      actions.append(.response(status: status))
      if status < 200 {
        state = .proceeding(e: e, f: f)
      } else if reliability == .reliable {
        // Timer K is zero.
        end(.terminated, into: &actions)
      } else {
        state = .completed(k: now + timers.t4)
      }
    case .initial, .completed, .terminated: break
    }
  }

  private mutating func expire(now: SimTime, into actions: inout [Action]) {
    switch state {
    case .initial, .terminated: break
    case .trying(_, let f) where f <= now, .proceeding(_, let f) where f <= now:
      end(.timedOut, into: &actions)
    case .trying(var e?, let f) where e.due <= now:
      actions.append(.send)
      e.double(limit: timers.t2)
      state = .trying(e: e, f: f)
    case .proceeding(var e?, let f) where e.due <= now:
      actions.append(.send)
      // Section 17.1.2.2: a server that is known to work is asked at T2.
      e.settle(at: timers.t2)
      state = .proceeding(e: e, f: f)
    case .completed(let k) where k <= now: end(.terminated, into: &actions)
    case .trying, .proceeding, .completed: break
    }
  }

  private mutating func end(_ reason: Action, into actions: inout [Action]) {
    state = .terminated
    actions.append(reason)
    if reason != .terminated { actions.append(.terminated) }
  }
}
