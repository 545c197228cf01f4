import SimulationKernel

/// When an end acknowledges what it received: at once, together with an answer, or after a while.
///
/// RFC 9293 section 3.8.6.3 allows a delay; Linux uses it only on a connection that is interactive,
/// where the application has answered what it received within the delay before. Where it has not,
/// every read of a whole write is acknowledged. On a connection that was idle, or where something is
/// missing or came twice, the next sixteen segments are acknowledged before the application sees
/// them ("quick").
struct TCPAcknowledgements: Sendable {
  enum Decision: Equatable {
    case nothing, now
    case after(SimDuration)
  }

  /// Linux's least delay, and the time within which an answer makes a connection interactive.
  private static let delay = SimDuration.milliseconds(40)
  private static let mostQuick = 16

  private(set) var isDue = false
  /// Octets received since the last acknowledgement.
  private var pending = 0
  private var quick = 0
  private var isInteractive = false
  private var lastReceived: SimTime?
  /// When an acknowledgement that is held back goes; nil while there is none.
  private(set) var deadline: SimTime?

  /// Notes a segment with payload that arrived in order.
  ///
  /// - Parameters:
  ///   - timeout: this end's retransmission timeout; a longer pause means a sender that starts anew.
  ///   - fillsGap: RFC 5681 section 4.2: acknowledged at once.
  /// - Returns: whether it is acknowledged before the application reads it.
  mutating func received(
    octets: Int, segmentSize: Int, timeout: SimDuration, fillsGap: Bool, now: SimTime
  ) -> Bool {
    if lastReceived.map({ now - $0 > timeout }) ?? true { quick = Self.mostQuick }
    lastReceived = now
    isDue = true
    pending += octets
    return fillsGap || quick > 0 && !isInteractive || pending > segmentSize
  }

  /// Notes a segment beyond a gap or one that was there already: acknowledged at once.
  mutating func receivedOutOfOrder() {
    isDue = true
    quick = Self.mostQuick
    isInteractive = false
  }

  /// The application has read all there is, and has answered or not.
  func read() -> Decision {
    guard isDue, deadline == nil else { return .nothing }
    return isInteractive ? .after(Self.delay) : .now
  }

  mutating func hold(until deadline: SimTime) { self.deadline = deadline }

  /// The time to hold it back is over: nobody answers here.
  mutating func expire() {
    deadline = nil
    isInteractive = false
  }

  /// Notes that an acknowledgement went, alone or with data.
  mutating func sent(withData: Bool, now: SimTime) {
    if withData, let lastReceived, now - lastReceived < Self.delay { isInteractive = true }
    if isDue, quick > 0 { quick -= 1 }
    isDue = false
    pending = 0
    deadline = nil
  }
}
