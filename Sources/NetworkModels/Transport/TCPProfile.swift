import SimulationKernel

/// The constants of a TCP implementation, as data.
public struct TCPProfile: Hashable, Sendable {
  /// Payload of a full segment: 1500 octets less IPv4, TCP and timestamps.
  public var maximumSegmentSize = 1_448
  /// Congestion window of a fresh connection, in segments (RFC 6928).
  public var initialWindow = 10
  /// Congestion window of a connection that has been up for long. Losses take a thin stream's
  /// window to 2...4, and it does not grow back while the application limits it.
  public var warmWindow = 4
  /// Least addend of the retransmission timer to the smoothed round-trip time.
  public var minimumVariance = SimDuration.milliseconds(200)
  /// Most that backing off makes of the timer (RFC 6298 section 2.5 asks for 60 s or more).
  public var maximumTimeout = SimDuration.seconds(120)
  /// Timer without any round-trip sample (RFC 6298 section 2.1).
  public var initialTimeout = SimDuration.seconds(1)
  /// Retransmissions of a SYN that leave its timer as it is; each later one doubles it.
  public var linearSYNRetransmissions = 4
  /// The clock tick that timers count in. Timeouts are rounded to the next tick above them.
  public var tick = SimDuration.milliseconds(4)
  /// How late a timer fires beyond its timeout. Zero here: the kernel's wheel adds up to 4, 32 or
  /// 256 ms, growing with the timeout, uniformly spread.
  public var timerLateness = SimDuration.zero
  /// RFC 8985 section 7: probe with the highest segment where no acknowledgement comes.
  public var usesTailLossProbe = true
  /// RFC 8985 section 6: a segment is lost where one sent later arrived, after a while or at once
  /// at the third such segment.
  public var reorderingThreshold = 3
  /// Nagle's algorithm: false is TCP_NODELAY.
  public var nagle = false
  /// What a loss leaves of the window, in 1024ths: cubic's factor 0.7 (RFC 9438 section 4.6).
  public var windowReduction = 717

  /// Linux 6.18 at 250 ticks a second with TCP_NODELAY.
  public static let linux = TCPProfile()

  /// The first tick strictly after `duration`: a measured time has a fraction of a tick on top.
  func roundedUp(_ duration: SimDuration) -> SimDuration {
    guard tick > .zero else { return duration }
    return tick * (duration.nanoseconds / tick.nanoseconds + 1)
  }

  /// The window that a loss leaves of `window`, in segments.
  func reduced(_ window: Int) -> Int { max(2, window * windowReduction / 1_024) }
}
