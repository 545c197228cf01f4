import SimulationKernel

/// The receiver's user agent: asks for a picture fast update (RFC 5168) as long as the picture
/// needs repair, its own limit allows and the dialog lives.
///
/// Several requests may be outstanding; each has a client transaction, which is not kept here.
struct InfoUserAgent: Sendable {
  enum Input {
    case repairWanted
    case repairDone(byKeyFrame: Bool)
    /// A request's transaction ended: a final response, or 408 where none came.
    case finished(request: Int, status: Int)
    /// `nextDeadline` has come; ignored while it has not.
    case deadline
  }

  enum Action {
    case send(request: Int)
  }

  // As endpoints do with an INFO. RFC 3261 section 14.1 has 2.1 to 4 s, or 0 to 2 s for the side
  // that is not the Call-ID's owner, for a re-INVITE, whose offers collide.
  private static let longestRetry = SimDuration.seconds(1)

  private let minimumInterval: SimDuration
  private let keyFrameClearsInterval: Bool
  private let retryChance: StreamKey
  private var isRepairWanted = false
  private var isDialogOver = false
  /// Before this instant no request goes.
  private var allowed = SimTime.zero
  private var nextRequest = 0

  /// - Parameter retryChance: how long a request waits that was refused by 491, drawn by its number.
  init(_ settings: SignallingSettings, retryChance: StreamKey) {
    precondition(
      settings.minimumRequestInterval > .zero,
      "the interval between requests must be positive: a repair may stay wanted for long")
    minimumInterval = settings.minimumRequestInterval
    keyFrameClearsInterval = settings.keyFrameClearsInterval
    self.retryChance = retryChance
  }

  var nextDeadline: SimTime? { isRepairWanted && !isDialogOver ? allowed : nil }

  mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action]) {
    switch input {
    case .repairWanted: isRepairWanted = true
    case .repairDone(let byKeyFrame):
      isRepairWanted = false
      if byKeyFrame, keyFrameClearsInterval { allowed = now }
    case .finished(let request, let status): finished(request, status: status, now: now)
    case .deadline: break
    }
    guard let deadline = nextDeadline, deadline <= now else { return }
    actions.append(.send(request: nextRequest))
    nextRequest += 1
    allowed = now + minimumInterval
  }

  private mutating func finished(_ request: Int, status: Int, now: SimTime) {
    switch status {
    case 481:
      // RFC 3261 section 12.2.1.2: the other side knows no such dialog.
      isDialogOver = true
    case 491 where request == nextRequest - 1:
      // It is made again, without regard to the interval, unless a newer one is under way.
      let draw = retryChance.draw(slot: Int64(request), index: 0)
      let bound = UInt64(Self.longestRetry.nanoseconds) + 1
      allowed = now + SimDuration(nanoseconds: Int64(draw.multipliedFullWidth(by: bound).high))
    default: break
    }
  }
}
