import SimulationKernel

/// When RTCP may be sent: RFC 4585 section 3.5, and RFC 3550 section 6.3 for the profile without F.
///
/// The names are the RFC's: `tp` and `tn` are the last and the next regular transmission, `trr` the
/// interval between them (T_rr), `te` the time of a scheduled early packet. The machine knows
/// feedback by its subject alone: the messages are the caller's, who sends or drops them as told.
public struct AVPFScheduler: Sendable {
  public enum Input: Sendable {
    /// A feedback message is ready to go. Its subject differs from all that wait; a message that
    /// says what a waiting one says is to be merged with it and not announced.
    case feedbackReady(FeedbackSubject)
    /// The same of one that goes at once, with all that waits, and is paid for as an early one.
    case urgentFeedbackReady(FeedbackSubject)
    /// Another member's feedback has arrived; once for each subject it covers.
    case othersFeedback(FeedbackSubject)
    /// `nextDeadline` has come.
    case deadline
    /// A compound packet has arrived (its size moves avg_rtcp_size).
    case received(octets: Int)
    /// The packet asked for by `.send` has left with this size; to be told at the same instant.
    case sent(octets: Int)
  }

  /// Why a packet goes.
  public enum PacketKind: Sendable {
    /// The regular report, at tn.
    case regular
    /// Feedback ahead of the regular time, at te.
    case early
    /// Feedback at tn while T_rr_interval suppresses the report (RFC 4585 section 3.5.3, 2b).
    case minimal
  }

  public enum Action: Equatable, Sendable {
    /// Send a compound packet now, with all feedback that is waiting.
    case send(PacketKind)
    /// Drop the message of this subject: it can neither go early nor wait, or another member has
    /// said the same.
    case discard(FeedbackSubject)
  }

  private let profile: RTCPProfile
  private let earlyFeedback: EarlyFeedback
  private let dithers: Bool
  private let trrInterval: SimDuration
  private let maximumFeedbackDelay: SimDuration
  /// nil: deadlines are found at once.
  private let ticker: Ticker?
  private var interval: RTCPInterval
  private var stream: RandomStream

  private var tp = SimTime.zero
  private var tn = SimTime.zero
  private var trr = SimDuration.zero
  /// nil while no early packet is scheduled.
  private var te: SimTime?
  /// t_rr_last; nil before the first regular packet.
  private var lastRegular: SimTime?
  private var isEarlyAllowed: Bool
  /// Subjects of the messages that go with the next packet, early or regular.
  private var waiting: [FeedbackSubject] = []
  private var retention = FeedbackRetention()
  /// The draw behind the present T_rr until the size of the packet just sent is known.
  private var openDraw: Double?

  /// - Parameters:
  ///   - settings: profile, group, bandwidth share and delays.
  ///   - sessionBandwidth: of the RTP session.
  ///   - isSender: whether this end sends the media.
  ///   - firstPacketOctets: probable size of the first packet.
  ///   - timerPhase: where the multiples of `timerGranularity` begin, as a share of it, in [0, 1).
  ///   - stream: chance for the randomised intervals.
  public init(
    settings: RTCPSettings, sessionBandwidth: Bitrate, isSender: Bool = false,
    firstPacketOctets: Int, timerPhase: Double = 0, stream: RandomStream
  ) {
    let membership = settings.membership(isSender: isSender)
    profile = settings.profile
    earlyFeedback = settings.profile == .avpf ? settings.earlyFeedback : .off
    dithers = !membership.isPointToPoint && settings.earlyFeedback == .rfc4585
    // T_rr_interval is AVPF's.
    trrInterval = settings.profile == .avpf ? settings.trrInterval : .zero
    maximumFeedbackDelay = settings.maximumFeedbackDelay
    ticker =
      settings.timerGranularity > .zero
      ? Ticker(interval: settings.timerGranularity, phaseShare: timerPhase) : nil
    interval = RTCPInterval(
      bandwidth: settings.bandwidth(ofSession: sessionBandwidth),
      firstPacketOctets: firstPacketOctets, membership: membership,
      minimum: settings.profile.initialMinimum(isPointToPoint: membership.isPointToPoint))
    self.stream = stream
    isEarlyAllowed = earlyFeedback != .off
    drawInterval()
  }

  /// The earlier of the scheduled early packet and the next regular time; there is always one.
  public var nextDeadline: SimTime {
    let deadline = te.map { min($0, tn) } ?? tn
    return ticker?.next(from: deadline) ?? deadline
  }

  public mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action]) {
    switch input {
    case .feedbackReady(let subject): feedbackReady(subject, now: now, into: &actions)
    case .urgentFeedbackReady(let subject):
      guard earlyFeedback != .immediate else {
        return feedbackReady(subject, now: now, into: &actions)
      }
      waiting.append(subject)
      sendEarly(into: &actions)
      tn = max(tn, now)
    case .othersFeedback(let subject): othersFeedback(subject, now: now, into: &actions)
    case .deadline: deadline(now: now, into: &actions)
    case .received(let octets): interval.count(packetOctets: octets)
    case .sent(let octets): packetSent(octets: octets)
    }
  }

  // MARK: Early packets, RFC 4585 section 3.5.2

  private mutating func feedbackReady(
    _ subject: FeedbackSubject, now: SimTime, into actions: inout [Action]
  ) {
    // Step 5a, looking back over T_retention.
    if retention.covers(subject, now: now) { return actions.append(.discard(subject)) }
    if earlyFeedback == .immediate {
      // The packet's size is not for T_rr to know: tp may lie far back where T_rr_interval suppressed
      // reports, and tn is not to move into the past.
      openDraw = nil
      return actions.append(.send(.early))
    }
    // Step 2a: it joins the packet that already waits with feedback. Without F all feedback waits
    // for the regular packet.
    let joins = !waiting.isEmpty || profile == .avp
    // Steps 2b and 3a, with l = 0.5.
    let ditherMaximum = dithers ? trr / 2 : .zero
    if joins || now + ditherMaximum > tn { return waiting.append(subject) }
    // Step 4a.
    guard isEarlyAllowed else {
      if tn - now < maximumFeedbackDelay {
        waiting.append(subject)
      } else {
        actions.append(.discard(subject))
      }
      return
    }
    // Step 4b.
    waiting.append(subject)
    let time = now + dithering(upTo: ditherMaximum)
    if time > now {
      te = time
    } else {
      sendEarly(into: &actions)
    }
  }

  /// T_fd, evenly distributed over [0, T_dither_max].
  private mutating func dithering(upTo maximum: SimDuration) -> SimDuration {
    guard maximum > .zero else { return .zero }
    return SimDuration(nanoseconds: Int64(Double(maximum.nanoseconds) * stream.nextUnit()))
  }

  /// Step 5a, up to te: where nothing is left to say the early packet is off, and tn stays as it is.
  private mutating func othersFeedback(
    _ subject: FeedbackSubject, now: SimTime, into actions: inout [Action]
  ) {
    retention.note(subject, now: now)
    guard let place = waiting.firstIndex(of: subject) else { return }
    waiting.remove(at: place)
    actions.append(.discard(subject))
    if waiting.isEmpty { te = nil }
  }

  /// Step 6: the skipped regular packet pays for the early one.
  private mutating func sendEarly(into actions: inout [Action]) {
    te = nil
    openDraw = nil
    isEarlyAllowed = false
    let previous = tn
    tn = tp + trr * 2
    tp = previous
    waiting.removeAll(keepingCapacity: true)
    actions.append(.send(.early))
  }

  // MARK: Regular packets, RFC 4585 section 3.5.3

  private mutating func deadline(now: SimTime, into actions: inout [Action]) {
    precondition(now >= nextDeadline, "a deadline comes when it is due")
    if let te, te <= now {
      sendEarly(into: &actions)
    } else {
      regularTime(now: now, into: &actions)
    }
  }

  private mutating func regularTime(now: SimTime, into actions: inout [Action]) {
    // Timer reconsideration (RFC 3550 section 6.3.6). After an early packet tp is the regular time
    // that was skipped, and the interval counts from there.
    drawInterval()
    guard tn <= now else { return }
    if mayReport(now: now) {
      lastRegular = now
      interval.minimum = profile.laterMinimum
      actions.append(.send(.regular))
    } else if !waiting.isEmpty {
      actions.append(.send(.minimal))
    }
    waiting.removeAll(keepingCapacity: true)
    // Linphone's allow_early stays as it was left.
    if earlyFeedback == .rfc4585 { isEarlyAllowed = true }
    tp = now
    openDraw = drawInterval()
  }

  /// Whether T_rr_interval lets a report go at tn, which is now: T_rr_current_interval is
  /// uniform(0.5, 1.5) * T_rr_interval, drawn at each regular time.
  private mutating func mayReport(now: SimTime) -> Bool {
    guard let lastRegular, trrInterval > .zero else { return true }
    let nanoseconds = Double(trrInterval.nanoseconds) * (0.5 + stream.nextUnit())
    return lastRegular + SimDuration(nanoseconds: Int64(nanoseconds)) <= now
  }

  /// Computes T_rr anew, and tn = tp + T_rr; returns the draw.
  @discardableResult
  private mutating func drawInterval() -> Double {
    let draw = stream.nextUnit()
    trr = interval.randomized(unit: draw)
    tn = tp + trr
    return draw
  }

  /// RFC 4585 section 3.5.4: the packet counts before the next tn is computed.
  private mutating func packetSent(octets: Int) {
    interval.count(packetOctets: octets)
    guard let draw = openDraw else { return }
    openDraw = nil
    trr = interval.randomized(unit: draw)
    tn = tp + trr
  }
}
