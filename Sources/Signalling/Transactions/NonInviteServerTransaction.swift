import SimulationKernel

/// The server side of a transaction other than INVITE (RFC 3261 section 17.2.2).
///
/// It begins with the request that its owner found no transaction for.
public struct NonInviteServerTransaction: Sendable {
  public enum Input: Hashable, Sendable {
    /// The request, once more.
    case request
    /// The owner's response, 100...699; one after the final one is dropped.
    case respond(status: Int)
    /// The owner will not answer: a proxy whose own request timed out sends no 408 (RFC 4320
    /// section 4.2). Without effect once there is a final response.
    case abandon
    case transportFailed
    /// `nextDeadline` has come; ignored while it has not.
    case deadline
  }

  public enum Action: Hashable, Sendable {
    /// The response with this status, the first time or again.
    case send(status: Int)
    case transportFailed
    /// Nothing more will come; the transaction may be forgotten.
    case terminated
  }

  private enum State: Hashable, Sendable {
    case trying
    case proceeding(status: Int)
    /// Answers copies of the request until Timer J.
    case completed(status: Int, j: SimTime)
    case terminated
  }

  private let reliability: TransportReliability
  private let timers: TransactionTimers
  private var state = State.trying

  public init(_ reliability: TransportReliability, timers: TransactionTimers = .standard) {
    self.reliability = reliability
    self.timers = timers
  }

  public var isTerminated: Bool { state == .terminated }

  public var nextDeadline: SimTime? {
    if case .completed(_, let j) = state { return j }
    return nil
  }

  public mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action]) {
    switch (input, state) {
    case (.request, .proceeding(let status)), (.request, .completed(let status, _)):
      actions.append(.send(status: status))
    case (.request, .trying), (.request, .terminated): break
    case (.respond(let status), .trying), (.respond(let status), .proceeding):
      actions.append(.send(status: status))
      if status < 200 {
        state = .proceeding(status: status)
      } else if reliability == .reliable {
        // Timer J is zero.
        end(.terminated, into: &actions)
      } else {
        state = .completed(status: status, j: now + timers.timeout)
      }
    case (.respond, .completed), (.respond, .terminated): break
    case (.abandon, .trying), (.abandon, .proceeding): end(.terminated, into: &actions)
    case (.abandon, .completed), (.abandon, .terminated): break
    case (.transportFailed, .trying), (.transportFailed, .terminated): break
    case (.transportFailed, .proceeding), (.transportFailed, .completed):
      end(.transportFailed, into: &actions)
    case (.deadline, .completed(_, let j)) where j <= now: end(.terminated, into: &actions)
    case (.deadline, _): break
    }
  }

  private mutating func end(_ reason: Action, into actions: inout [Action]) {
    state = .terminated
    actions.append(reason)
    if reason != .terminated { actions.append(.terminated) }
  }
}
