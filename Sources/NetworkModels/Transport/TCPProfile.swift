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
  public var roundTripRule = RoundTripEstimator.Rule.linux
  /// Least addend of the retransmission timer to the smoothed round-trip time.
  public var minimumVariance = SimDuration.milliseconds(200)
  /// RFC 6298 section 2.4 asks for 1 s; Linux has none beside `minimumVariance`.
  public var minimumTimeout = SimDuration.zero
  /// Most that backing off makes of the timer (RFC 6298 section 2.5 asks for 60 s or more).
  public var maximumTimeout = SimDuration.seconds(120)
  /// Timer without any round-trip sample (RFC 6298 section 2.1).
  public var initialTimeout = SimDuration.seconds(1)
  /// Retransmissions of a SYN that leave its timer as it is; each later one doubles it.
  public var linearSYNRetransmissions = 4
  /// RFC 6298 section 5.7: the least timeout when data begins after a SYN had to go again; Linux has
  /// none of its own.
  public var timeoutAfterSYN = SimDuration.zero
  /// So many SYNs sent again leave a window of one segment (RFC 5681 section 3.1: any; Linux: two).
  public var synsToReduceWindow = 2
  /// Idleness halves the window for each timeout of it, down to the initial one, or takes it there at
  /// once (RFC 5681 section 4.1).
  public var halvesWhenIdle = true
  /// The clock tick that timers count in. Timeouts are rounded to the next tick above them.
  public var tick = SimDuration.milliseconds(4)
  /// Whether timers fire at the edges of the kernel's wheel (`TimerWheel`) or exactly.
  public var usesTimerWheel = true
  /// How often a processor that had nothing to do is found asleep, 0...1: then a timeout of 252 ms,
  /// which lies at the border of two levels of the wheel, is up to 32 ms late rather than 4. With 0.63 the
  /// measured retransmissions at a round trip of 50 ms come out.
  public var idleShare = 0.63
  /// RFC 8985 section 7: probe with the highest segment where no acknowledgement comes.
  public var usesTailLossProbe = true
  /// RFC 8985 section 6 rather than RFC 6675: losses are told by time rather than by count alone.
  public var usesRACK = true
  /// RFC 8985 section 6: a segment is lost where one sent later arrived, after a while or at once
  /// at the third such segment.
  public var reorderingThreshold = 3
  /// Nagle's algorithm: false is TCP_NODELAY.
  public var nagle = false
  /// Timeouts in a row that end a connection, as a time: what so many doublings of the shortest
  /// timeout, 200 ms, sum up to (Linux's tcp_retries2 = 15: 924.6 s).
  public var giveUp = SimDuration.milliseconds(924_600)
  /// SYNs sent again, beside the linear ones, before connecting is given up (tcp_syn_retries).
  public var mostSYNRetransmissions = 6
  /// SYN-ACKs sent again before a listening end forgets the SYN (tcp_synack_retries).
  public var mostSYNAcknowledgementRetransmissions = 5
  /// Whether the window grows by cubic's curve in congestion avoidance, or as RFC 5681 has it.
  public var usesCubic = true
  /// What a loss leaves of the window, in 1024ths: cubic's factor 0.7 (RFC 9438 section 4.6).
  public var windowReduction = 717

  /// Linux 6.18 at 250 ticks a second with TCP_NODELAY.
  public static let linux = TCPProfile()

  /// RFC 6298 to the letter: at least 1 s, no probes; a clock of 1 ms.
  public static let rfc: TCPProfile = {
    var profile = TCPProfile()
    profile.roundTripRule = .rfc6298
    profile.minimumTimeout = .seconds(1)
    profile.minimumVariance = .milliseconds(1)
    profile.maximumTimeout = .seconds(60)
    profile.linearSYNRetransmissions = 0
    profile.timeoutAfterSYN = .seconds(3)
    profile.synsToReduceWindow = 1
    profile.halvesWhenIdle = false
    profile.usesTailLossProbe = false
    profile.usesRACK = false
    profile.tick = .milliseconds(1)
    profile.usesTimerWheel = false
    profile.usesCubic = false
    profile.windowReduction = 512
    return profile
  }()

  /// The number of the first tick strictly after `duration`: a measured time has a fraction on top.
  func ticks(_ duration: SimDuration) -> Int64 { duration.nanoseconds / tick.nanoseconds + 1 }

  func roundedUp(_ duration: SimDuration) -> SimDuration { tick * ticks(duration) }

  func wheel(_ key: StreamKey) -> TimerWheel? {
    usesTimerWheel ? TimerWheel(tick: tick, idleShare: idleShare, key: key) : nil
  }

  /// The window that a loss leaves of `window`, in segments.
  func reduced(_ window: Int) -> Int { max(2, window * windowReduction / 1_024) }
}
