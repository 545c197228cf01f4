import SimulationKernel

/// When RTCP may be sent: RFC 4585 section 3.5 between two participants.
///
/// The names are the RFC's: `tp` and `tn` are the last and the next regular transmission, `Trr` the
/// interval between them. Between two participants T_dither_max is 0, so an early packet goes at
/// once. The machine knows nothing of what the feedback says.
public struct AVPFScheduler: Sendable {
  public enum Input: Sendable {
    /// A feedback message is ready to go.
    case feedbackReady
    /// `nextDeadline` has come.
    case deadline
    /// A compound packet has arrived (its size moves avg_rtcp_size).
    case received(octets: Int)
    /// The packet asked for by `.send` has left with this size.
    case sent(octets: Int)
  }

  public enum Action: Equatable, Sendable {
    /// Send a compound packet now, with all feedback that is waiting.
    case send(isRegular: Bool)
    /// The message just announced can neither go early nor wait: it is dropped.
    case discardFeedback
  }

  private var interval: RTCPInterval
  private let trrInterval: SimDuration
  private let maximumFeedbackDelay: SimDuration
  private var stream: RandomStream

  private var tp = SimTime.zero
  private var tn: SimTime
  private var lastRegular: SimTime?
  private var currentTrrInterval: SimDuration
  private var isEarlyAllowed = true
  private var isFeedbackWaiting = false

  /// - Parameters:
  ///   - settings: bandwidth share and T_rr_interval.
  ///   - sessionBandwidth: of the RTP session.
  ///   - firstPacketOctets: probable size of the first packet.
  ///   - stream: chance for the randomised intervals.
  public init(
    settings: RTCPSettings, sessionBandwidth: Bitrate, firstPacketOctets: Int,
    stream: RandomStream
  ) {
    let rtcpBandwidth = Bitrate(
      bitsPerSecond: max(
        1, sessionBandwidth.bitsPerSecond * Int64(settings.bandwidthPerMille) / 1000)
    )
    interval = RTCPInterval(bandwidth: rtcpBandwidth, firstPacketOctets: firstPacketOctets)
    trrInterval = settings.trrInterval
    maximumFeedbackDelay = settings.maximumFeedbackDelay
    self.stream = stream
    currentTrrInterval = .zero
    tn = .zero
    tn = .zero + interval.randomized(unit: self.stream.nextUnit())
    drawTrrInterval()
  }

  /// The next regular transmission; there is always one.
  public var nextDeadline: SimTime { tn }

  public mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action]) {
    switch input {
    case .feedbackReady: feedbackReady(now: now, into: &actions)
    case .deadline: regularTime(now: now, into: &actions)
    case .received(let octets), .sent(let octets): interval.count(packetOctets: octets)
    }
  }

  /// RFC 4585 section 3.5.2.
  private mutating func feedbackReady(now: SimTime, into actions: inout [Action]) {
    // Step 1: a message joins the packet that already waits with feedback.
    if isFeedbackWaiting { return }
    if isEarlyAllowed {
      // Steps 3 and 4 with T_dither_max = 0: te = t0. The skipped regular packet pays for the
      // early one: tn = tp + 2*T_rr, tp = the previous tn.
      let trr = tn - tp
      isEarlyAllowed = false
      let previous = tn
      tn = tp + trr * 2
      tp = previous
      actions.append(.send(isRegular: false))
    } else if tn - now < maximumFeedbackDelay {
      isFeedbackWaiting = true
    } else {
      actions.append(.discardFeedback)
    }
  }

  /// RFC 4585 section 3.5.3, after RFC 3550's timer reconsideration.
  private mutating func regularTime(now: SimTime, into actions: inout [Action]) {
    let trr = interval.randomized(unit: stream.nextUnit())
    // After an early packet tp is the regular time that was skipped, still ahead of the last
    // transmission; reconsideration (RFC 3550 section 6.3.6) starts from it.
    let reconsidered = tp + trr
    if reconsidered > now {
      tn = reconsidered
      return
    }
    if mayReport(now: now) {
      actions.append(.send(isRegular: true))
      lastRegular = now
      drawTrrInterval()
    } else if isFeedbackWaiting {
      actions.append(.send(isRegular: false))
    }
    isFeedbackWaiting = false
    isEarlyAllowed = true
    tp = now
    tn = now + interval.randomized(unit: stream.nextUnit())
  }

  private func mayReport(now: SimTime) -> Bool {
    guard let lastRegular, trrInterval > .zero else { return true }
    return lastRegular + currentTrrInterval <= now
  }

  /// T_rr_current_interval = uniform(0.5, 1.5) * T_rr_interval (RFC 4585 section 3.5.3).
  private mutating func drawTrrInterval() {
    guard trrInterval > .zero else { return }
    let factor = 0.5 + stream.nextUnit()
    currentTrrInterval = SimDuration(nanoseconds: Int64(Double(trrInterval.nanoseconds) * factor))
  }
}
