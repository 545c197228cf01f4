import SimulationKernel

/// What is needed to take back a window reduction that turns out to have been for nothing: all
/// copies arrived twice (RFC 3708), or the first copy was the one acknowledged (Eifel detection, RFC 3522).
struct TCPUndo: Sendable {
  private var window: (segments: Int, threshold: Int)?
  /// Copies sent since and not yet reported as duplicates; nil before the first.
  private var copies: Int?
  private var firstCopy: SimTime?

  mutating func begin(_ current: CongestionWindow) {
    window = (current.segments, current.threshold)
    copies = nil
    firstCopy = nil
  }

  mutating func noteCopy(now: SimTime) {
    guard window != nil else { return }
    copies = (copies ?? 0) + 1
    if firstCopy == nil { firstCopy = now }
  }

  mutating func noteDuplicate() {
    if let count = copies, count > 0 { copies = count - 1 }
  }

  /// Whether the acknowledgement with this echo shows that nothing had been lost.
  func isSpurious(echo: SimTime?) -> Bool {
    guard window != nil else { return false }
    if copies == 0 { return true }
    guard let echo, let firstCopy else { return false }
    return echo < firstCopy
  }

  /// Whether every copy sent was a duplicate.
  var allCopiesWereDuplicates: Bool { window != nil && copies == 0 }

  /// Hands out the window as it was, once.
  mutating func take() -> (segments: Int, threshold: Int)? {
    defer { window = nil }
    return window
  }
}
