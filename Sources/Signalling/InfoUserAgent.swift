import SimulationKernel

/// The receiver's user agent: asks for a picture fast update (RFC 5168) as long as the picture
/// needs repair and its own limit allows, and follows each request's client transaction.
///
/// Over a reliable transport a request goes once (RFC 3261 section 17.1.2.2). Several may be
/// outstanding.
struct InfoUserAgent: Sendable {
  enum Input {
    case repairWanted
    case repairDone(byKeyFrame: Bool)
    case response(request: Int, status: Int)
    /// `nextDeadline` has come; ignored while it has not.
    case deadline
  }

  enum Action {
    case send(request: Int)
    case finished(request: Int, status: Int)
  }

  private struct Transaction: Sendable {
    let request: Int
    let sent: SimTime
    var isFinished = false
  }

  // RFC 3261 section 17.1.2.2: 64 * T1.
  static let timerF = SimDuration.seconds(32)

  private let minimumInterval: SimDuration
  private let keyFrameClearsInterval: Bool
  private var isRepairWanted = false
  /// Before this instant no request goes.
  private var allowed = SimTime.zero
  private var nextRequest = 0
  private var transactions = FirstInFirstOut<Transaction>()

  init(_ settings: SignallingSettings) {
    precondition(
      settings.minimumRequestInterval > .zero,
      "the interval between requests must be positive: a repair may stay wanted for long")
    minimumInterval = settings.minimumRequestInterval
    keyFrameClearsInterval = settings.keyFrameClearsInterval
  }

  var outstandingCount: Int { transactions.count }

  var nextDeadline: SimTime? {
    let giveUp = transactions.first.map { $0.sent + Self.timerF }
    guard isRepairWanted else { return giveUp }
    return min(allowed, giveUp ?? allowed)
  }

  mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action]) {
    switch input {
    case .repairWanted: isRepairWanted = true
    case .repairDone(let byKeyFrame):
      isRepairWanted = false
      if byKeyFrame, keyFrameClearsInterval { allowed = now }
    case .response(let request, let status):
      finish(request, status: status, into: &actions)
    case .deadline: break
    }
    while let first = transactions.first, first.isFinished || first.sent + Self.timerF <= now {
      // RFC 3261 section 8.1.3.1: a timeout counts as a 408 (Request Timeout).
      if !first.isFinished { actions.append(.finished(request: first.request, status: 408)) }
      _ = transactions.removeFirst()
    }
    if isRepairWanted, allowed <= now { ask(now: now, into: &actions) }
  }

  private mutating func ask(now: SimTime, into actions: inout [Action]) {
    transactions.append(Transaction(request: nextRequest, sent: now))
    actions.append(.send(request: nextRequest))
    nextRequest += 1
    allowed = now + minimumInterval
  }

  /// A response to a transaction that has ended is dropped.
  private mutating func finish(_ request: Int, status: Int, into actions: inout [Action]) {
    guard let first = transactions.first, request >= first.request else { return }
    let index = request - first.request
    guard !transactions[index].isFinished else { return }
    transactions[index].isFinished = true
    actions.append(.finished(request: request, status: status))
  }
}
