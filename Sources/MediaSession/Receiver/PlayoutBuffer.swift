import SimulationKernel

/// When a frame with a given timestamp is due on screen.
///
/// The first packet that arrives anchors the clock; from then on the screen keeps the sender's
/// rhythm, at a fixed delay or at one that follows what the network needs (`AdaptivePlayoutDelay`).
public struct PlayoutBuffer: Sendable {
  /// A receiver to which everything comes late for so long starts anew with what comes next. An
  /// assumption: what is too late for good would otherwise never be shown again.
  static let longestLateness = SimDuration.seconds(2)

  private let nominal: SimDuration
  private var adaptive: AdaptivePlayoutDelay?
  private let dropsLate: Bool
  private var anchor: (arrival: SimTime, timestamp: Int64)?
  /// What is added to the anchored rhythm.
  private var delay: SimDuration
  /// Since when nothing has come in time.
  private var lateSince: SimTime?

  public init(settings: ReceiverSettings) {
    nominal = settings.playoutDelay
    delay = nominal
    dropsLate = settings.dropsLateFrames
    if settings.playout == .adaptive { adaptive = AdaptivePlayoutDelay(settings) }
  }

  /// Whether something has arrived yet.
  public var isAnchored: Bool { anchor != nil }

  /// Notes an arrival of the stream itself, not of a retransmission; the first one sets the clock.
  ///
  /// - Returns: how far the playout times of all frames have moved; below zero is earlier.
  @discardableResult
  public mutating func packetArrived(timestamp: Int64, now: SimTime) -> SimDuration {
    guard let anchor else {
      start(timestamp: timestamp, now: now)
      return .zero
    }
    let before = delay
    let transit = now - (anchor.arrival + mediaTime(timestamp - anchor.timestamp))
    if let longer = adaptive?.packetArrived(timestamp: timestamp, transit: transit, now: now) {
      delay = longer
    }
    noteLateness(isLate(timestamp: timestamp, now: now), now: now)
    guard let lateSince, now - lateSince > Self.longestLateness else { return delay - before }
    let old = playoutTime(ofTimestamp: timestamp)
    start(timestamp: timestamp, now: now)
    return playoutTime(ofTimestamp: timestamp) - old
  }

  /// A packet that had been asked for once has come: an adaptive buffer waits as long from now on.
  public mutating func retransmissionArrived(timestamp: Int64, now: SimTime) {
    guard let anchor else { return }
    let transit = now - (anchor.arrival + mediaTime(timestamp - anchor.timestamp))
    adaptive?.retransmissionArrived(transit: transit, now: now)
  }

  /// Whether a packet of this timestamp that arrives now counts as lost: its time to be shown is over.
  public func isLate(timestamp: Int64, now: SimTime) -> Bool {
    dropsLate && playoutTime(ofTimestamp: timestamp) < now
  }

  /// When the frame is due, as things are now. Only after the first arrival (checked).
  public func playoutTime(ofTimestamp timestamp: Int64) -> SimTime {
    guard let anchor else { preconditionFailure("no packet has arrived yet") }
    return anchor.arrival + delay + mediaTime(timestamp - anchor.timestamp)
  }

  private mutating func start(timestamp: Int64, now: SimTime) {
    anchor = (now, timestamp)
    delay = nominal
    lateSince = nil
    adaptive?.restart(now: now)
  }

  private mutating func noteLateness(_ isLate: Bool, now: SimTime) {
    lateSince = isLate ? lateSince ?? now : nil
  }

  /// RTP's video clock: 90 kHz (RFC 7741 section 4.1).
  private func mediaTime(_ ticks: Int64) -> SimDuration {
    SimDuration(nanoseconds: ticks * 100_000 / 9)
  }
}
