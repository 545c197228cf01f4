import SimulationKernel

/// When a frame with a given timestamp is due on screen.
///
/// The first packet that arrives anchors the clock; from then on the screen keeps the sender's
/// rhythm, at a fixed delay or at one that follows what the network needs (`AdaptivePlayoutDelay`);
/// or all packets tell together what the sender's clock shows (`LeastSquaresPlayout`).
public struct PlayoutBuffer: Sendable {
  /// A receiver to which everything comes late for so long starts anew with what comes next. An
  /// assumption: what is too late for good would otherwise never be shown again.
  static let longestLateness = SimDuration.seconds(2)

  private let nominal: SimDuration
  private var adaptive: AdaptivePlayoutDelay?
  private let dropsLate: Bool
  /// In place of all below.
  private var leastSquares: LeastSquaresPlayout?
  private var anchor: (arrival: SimTime, timestamp: Int64)?
  /// What is added to the anchored rhythm.
  private var delay: SimDuration
  /// Since when nothing has come in time.
  private var lateSince: SimTime?

  /// - Parameter tickerPhase: where the ticks are that read the packets of a buffer by least squares, as
  ///   a share of their interval, in [0, 1).
  public init(settings: ReceiverSettings, tickerPhase: Double = 0) {
    nominal = settings.playoutDelay
    delay = nominal
    dropsLate = settings.dropsLateFrames
    switch settings.playout {
    case .fixed: break
    case .adaptive: adaptive = AdaptivePlayoutDelay(settings)
    case .leastSquares:
      let ticker = Ticker(interval: settings.tickerInterval, phaseShare: tickerPhase)
      leastSquares = LeastSquaresPlayout(settings, ticker: ticker)
    }
  }

  /// Whether something has arrived yet.
  public var isAnchored: Bool { leastSquares?.isAnchored ?? (anchor != nil) }

  /// When a packet that arrives now is read: with the next tick where there is a ticker.
  public func readingTime(ofArrival now: SimTime) -> SimTime {
    leastSquares?.readingTime(ofArrival: now) ?? now
  }

  /// Notes an arrival of the stream itself, not of a retransmission; the first one sets the clock.
  ///
  /// - Returns: how far the playout times of all frames have moved; below zero is earlier. By least
  ///   squares that of this timestamp, others a tick more or less.
  @discardableResult
  public mutating func packetArrived(timestamp: Int64, now: SimTime) -> SimDuration {
    if leastSquares != nil { return readByLeastSquares(timestamp: timestamp, now: now) }
    guard let anchor else {
      start(timestamp: timestamp, now: now)
      return .zero
    }
    let before = delay
    let transit = now - (anchor.arrival + MediaClock.duration(timestamp - anchor.timestamp))
    if let longer = adaptive?.packetArrived(timestamp: timestamp, transit: transit, now: now) {
      delay = longer
    }
    noteLateness(isLate(timestamp: timestamp, now: now), now: now)
    guard let lateSince, now - lateSince > Self.longestLateness else { return delay - before }
    let old = playoutTime(ofTimestamp: timestamp)
    start(timestamp: timestamp, now: now)
    return playoutTime(ofTimestamp: timestamp) - old
  }

  /// A packet that had been asked for once has come: an adaptive buffer waits as long from now on, and
  /// for a line by least squares it is a packet like others.
  public mutating func retransmissionArrived(timestamp: Int64, now: SimTime) {
    leastSquares?.packetArrived(timestamp: timestamp, now: now)
    guard let anchor else { return }
    let transit = now - (anchor.arrival + MediaClock.duration(timestamp - anchor.timestamp))
    adaptive?.retransmissionArrived(transit: transit, now: now)
  }

  /// A NACK has left: a buffer by least squares waits longer from now on.
  public mutating func requestSent(now: SimTime) {
    leastSquares?.requestSent(now: now)
  }

  /// Whether a packet of this timestamp that arrives now counts as lost: its time to be shown is over.
  public func isLate(timestamp: Int64, now: SimTime) -> Bool {
    dropsLate && playoutTime(ofTimestamp: timestamp) < now
  }

  /// When the frame is due, as things are now. Only after the first arrival (checked).
  public func playoutTime(ofTimestamp timestamp: Int64) -> SimTime {
    if let leastSquares { return leastSquares.dueTime(ofTimestamp: timestamp) }
    guard let anchor else { preconditionFailure("no packet has arrived yet") }
    return anchor.arrival + delay + MediaClock.duration(timestamp - anchor.timestamp)
  }

  private mutating func readByLeastSquares(timestamp: Int64, now: SimTime) -> SimDuration {
    let before = isAnchored ? playoutTime(ofTimestamp: timestamp) : nil
    leastSquares!.packetArrived(timestamp: timestamp, now: now)
    return before.map { playoutTime(ofTimestamp: timestamp) - $0 } ?? .zero
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
}
