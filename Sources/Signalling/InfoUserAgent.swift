import SimulationKernel

/// The receiver's user agent: asks for a picture fast update (RFC 5168) as long as the picture
/// needs repair, the rules of its endpoint allow and the dialog lives.
///
/// Each request has a client transaction, which is not kept here.
struct InfoUserAgent: Sendable {
  enum Input {
    /// Damage was noticed; said once for each, and again while the picture still waits.
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

  private let minimumInterval: SimDuration
  private let requestDelay: SimDuration
  private let keyFrameClearsInterval: Bool
  private let repetition: SignallingSettings.Repetition
  private let outstanding: SignallingSettings.Outstanding
  private let retryAfter491: ClosedRange<SimDuration>?
  private let retryChance: StreamKey
  private var isDamaged = false
  /// Whether a request goes as soon as nothing forbids it.
  private var isDue = false
  private var isDialogOver = false
  /// Before this instant no request goes.
  private var allowed = SimTime.zero
  private var nextRequest = 0
  /// Requests without a final response.
  private var openRequests = 0

  /// - Parameter retryChance: how long a request waits that was refused by 491, drawn by its number.
  init(_ settings: SignallingSettings, retryChance: StreamKey) {
    precondition(
      settings.minimumRequestInterval > .zero,
      "the interval between requests must be positive: a repair may stay wanted for long")
    minimumInterval = settings.minimumRequestInterval
    requestDelay = settings.requestDelay
    keyFrameClearsInterval = settings.keyFrameClearsInterval
    repetition = settings.repetition
    outstanding = settings.outstanding
    retryAfter491 = settings.retryAfter491
    self.retryChance = retryChance
  }

  var nextDeadline: SimTime? {
    guard isDue, !isDialogOver, outstanding == .any || openRequests == 0 else { return nil }
    return allowed
  }

  mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action]) {
    switch input {
    case .repairWanted:
      if !isDue { allowed = max(allowed, now + requestDelay) }
      isDamaged = true
      isDue = true
    case .repairDone(let byKeyFrame):
      isDamaged = false
      isDue = false
      if byKeyFrame, keyFrameClearsInterval { allowed = now }
    case .finished(let request, let status): finished(request, status: status, now: now)
    case .deadline: break
    }
    guard let deadline = nextDeadline, deadline <= now else { return }
    actions.append(.send(request: nextRequest))
    nextRequest += 1
    openRequests += 1
    allowed = now + minimumInterval
    isDue = repetition == .untilRepaired
  }

  private mutating func finished(_ request: Int, status: Int, now: SimTime) {
    openRequests -= 1
    switch status {
    case 481:
      // RFC 3261 section 12.2.1.2: the other side knows no such dialog.
      isDialogOver = true
    case 491 where request == nextRequest - 1:
      // It is made again, without regard to the interval, unless a newer one is under way.
      guard let retryAfter491 else { break }
      let draw = retryChance.draw(slot: Int64(request), index: 0)
      let width = retryAfter491.upperBound - retryAfter491.lowerBound
      let wait = draw.multipliedFullWidth(by: UInt64(width.nanoseconds) + 1).high
      allowed = now + retryAfter491.lowerBound + SimDuration(nanoseconds: Int64(wait))
      isDue = isDamaged
    default: break
    }
  }
}
