import SimulationKernel

/// A fixed playout delay: when a frame with a given timestamp is due on screen.
///
/// The first packet that arrives anchors the clock; from then on the screen keeps the sender's
/// rhythm. A frame that is late without being lost is shown as soon as it is complete.
public struct PlayoutBuffer: Sendable {
  private let delay: SimDuration
  private var anchor: (arrival: SimTime, timestamp: Int64)?

  public init(settings: ReceiverSettings) {
    delay = settings.playoutDelay
  }

  /// Whether something has arrived yet.
  public var isAnchored: Bool { anchor != nil }

  /// Notes an arrival; the first one sets the clock.
  public mutating func packetArrived(timestamp: Int64, now: SimTime) {
    if anchor == nil { anchor = (now, timestamp) }
  }

  /// When the frame is due. Only after the first arrival (checked).
  public func playoutTime(ofTimestamp timestamp: Int64) -> SimTime {
    guard let anchor else { preconditionFailure("no packet has arrived yet") }
    // RTP's video clock: 90 kHz (RFC 7741 section 4.1).
    let ticks = timestamp - anchor.timestamp
    return anchor.arrival + delay + SimDuration(nanoseconds: ticks * 100_000 / 9)
  }
}
