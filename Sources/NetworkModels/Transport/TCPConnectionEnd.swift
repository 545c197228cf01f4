import SimulationKernel

/// One end of a TCP connection that never closes: RFC 9293 with the timers and the congestion
/// control of a kernel, as far as they decide when octets arrive.
///
/// The receive window is taken to be wide enough. When an acknowledgement goes is told by
/// `TCPAcknowledgements`; the caller says with `Input.read` that the application has had its turn.
public struct TCPConnectionEnd: Sendable {
  public enum Input: Sendable {
    /// Opens the connection from this end; the other end listens.
    case connect
    /// The application writes; at least one octet. May come before the connection is up. Its host is
    /// awake where it writes because of something that has just arrived, or is busy anyway.
    case write(octets: Int, isAwake: Bool = true)
    case segment(TCPSegment)
    /// `nextDeadline` has come; ignored while it has not.
    case deadline
    /// The application has read what was delivered, and has written its answer where it has one.
    case read
  }

  public enum Action: Sendable {
    case transmit(TCPSegment)
    /// The handshake is complete at this end.
    case connected
    /// So many octets more have arrived in order.
    case delivered(octets: Int)
    /// This end has sent the same again for too long, or the other knows no such connection: it is
    /// given up.
    case aborted
  }

  enum Phase { case closed, listening, synchronizing, synchronized, established, aborted }

  /// Where loss recovery stands; `high` is what must be acknowledged for it to end.
  enum Recovery {
    case open
    /// RFC 6675 fast recovery.
    case fast(high: Int64)
    /// After a retransmission timeout.
    case timedOut(high: Int64)
  }

  enum TimerKind { case retransmission, tailLossProbe, reordering }

  let profile: TCPProfile
  /// nil where timers fire exactly.
  let wheel: TimerWheel?
  /// Segments and timers find the host awake, or wake it up before they are handled.
  private var isAwake = true
  var phase: Phase
  public internal(set) var estimator: RoundTripEstimator

  // Sending.
  var board = TCPScoreboard()
  var nextSequence: Int64 = 0
  var unacknowledged: Int64 = 0
  /// Octets written and not yet sent for the first time.
  public internal(set) var unsentOctets = 0
  var window: CongestionWindow
  var recovery = Recovery.open
  /// The retransmission timeout, backed off.
  public internal(set) var timeout: SimDuration
  var timer: (kind: TimerKind, deadline: SimTime)?
  var lastSent = SimTime.zero
  /// The first timeout of those since the last acknowledgement of something new.
  var firstTimeout: SimTime?
  /// The SYN or SYN-ACK, and how often it went again.
  var handshakeSent = SimTime.zero
  var handshakeResent = 0
  /// RFC 8985 section 7: what had been sent when the probe went, and whether it was a copy.
  var probe: (high: Int64, isCopy: Bool)?
  var undo = TCPUndo()

  // Receiving.
  var reassembly = TCPReassembly(next: 0)
  var acknowledgements = TCPAcknowledgements()
  var sawDuplicate = false
  var lastAcknowledgement: Int64 = 0
  /// The other end's timestamp to be echoed (RFC 7323 section 4.3).
  var recentTimestamp: SimTime?

  /// An end before the handshake.
  /// - Parameters:
  ///   - listening: whether it waits for the other end's SYN.
  ///   - key: the chance of this end's host: where its clock stands.
  public init(profile: TCPProfile = .linux, listening: Bool, key: StreamKey) {
    self.profile = profile
    wheel = profile.wheel(key)
    estimator = RoundTripEstimator(profile)
    phase = listening ? .listening : .closed
    timeout = profile.initialTimeout
    window = CongestionWindow(segments: profile.initialWindow, profile)
  }

  /// An end of a connection that has been up for long and is idle.
  /// - Parameters:
  ///   - roundTrip: what its round-trip time has been; the estimate has settled on it.
  ///   - key: the chance of this end's host.
  public init(
    profile: TCPProfile = .linux, establishedWith roundTrip: SimDuration, key: StreamKey
  ) {
    self.profile = profile
    wheel = profile.wheel(key)
    phase = .established
    estimator = RoundTripEstimator(settledAt: roundTrip, profile)
    timeout = estimator.timeout(profile)
    window = CongestionWindow(segments: profile.warmWindow, profile)
    nextSequence = 1
    unacknowledged = 1
    reassembly = TCPReassembly(next: 1)
    lastAcknowledgement = 1
  }

  public var isEstablished: Bool { phase == .established }
  /// Neither connected nor connecting nor listening.
  public var isClosed: Bool { phase == .closed }
  /// The congestion window in segments.
  public var congestionWindow: Int { window.segments }
  /// Segments sent and not acknowledged in order, and ranges held beyond a gap.
  public var heldCount: Int { board.count + reassembly.ranges.count }
  /// When `.deadline` is due; nil while no timer runs.
  public var nextDeadline: SimTime? {
    guard let held = acknowledgements.deadline else { return timer?.deadline }
    return timer.map { min($0.deadline, held) } ?? held
  }

  public mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action]) {
    isAwake = true
    switch input {
    case .connect:
      precondition(phase == .closed, "only a closed end connects")
      phase = .synchronizing
      sendHandshake(now: now, into: &actions)
    case .write(let octets, let isAwake):
      self.isAwake = isAwake
      precondition(octets > 0, "a write has at least one octet")
      unsentOctets += octets
      if phase == .established {
        window.restartAfterIdle(
          idle: board.isEmpty ? now - lastSent : .zero, timeout: timeout,
          profile)
        sendNew(now: now, into: &actions)
      }
    case .segment(let segment): receive(segment, now: now, into: &actions)
    case .deadline:
      if let held = acknowledgements.deadline, held <= now {
        acknowledgements.expire()
        sendAcknowledgement(now: now, into: &actions)
      }
      guard let timer, timer.deadline <= now else { return }
      expire(timer.kind, now: now, into: &actions)
    case .read: read(now: now, into: &actions)
    }
  }

  private mutating func read(now: SimTime, into actions: inout [Action]) {
    switch acknowledgements.read() {
    case .nothing: break
    case .now: sendAcknowledgement(now: now, into: &actions)
    case .after(let delay): acknowledgements.hold(until: expiry(of: delay, now: now))
    }
  }

  mutating func sample(_ roundTrip: SimDuration) {
    estimator.add(roundTrip, acknowledged: unacknowledged, next: nextSequence, profile)
  }

  /// When a timer fires that is armed now.
  func expiry(of wait: SimDuration, now: SimTime) -> SimTime {
    guard let wheel else { return now + wait }
    let tick = profile.tick.nanoseconds
    return wheel.fires(
      armedAt: now, ticks: max(1, (wait.nanoseconds + tick - 1) / tick), isAwake: isAwake)
  }

  mutating func arm(_ kind: TimerKind, after wait: SimDuration, now: SimTime) {
    timer = (kind, expiry(of: wait, now: now))
  }

  // MARK: Segments in

  private mutating func receive(
    _ segment: TCPSegment, now: SimTime, into actions: inout [Action]
  ) {
    if segment.flags.contains(.reset) {
      if phase == .synchronizing || phase == .established { abort(into: &actions) }
      return
    }
    switch phase {
    case .closed: return
    case .aborted: reset(segment, now: now, into: &actions)
    case .listening: acceptSYN(segment, now: now, into: &actions)
    case .synchronizing: acceptSYNAcknowledgement(segment, now: now, into: &actions)
    case .synchronized:
      if segment.flags.contains(.syn) {
        // Its first timestamp stays the one echoed.
        repeatHandshake(now: now, into: &actions)
        return
      }
      guard segment.acknowledgement >= 1 else { return }
      establish(echo: segment.echo, now: now)
      actions.append(.connected)
      receiveEstablished(segment, now: now, into: &actions)
    case .established: receiveEstablished(segment, now: now, into: &actions)
    }
  }

  private mutating func receiveEstablished(
    _ segment: TCPSegment, now: SimTime, into actions: inout [Action]
  ) {
    if segment.flags.contains(.syn) {
      sendAcknowledgement(now: now, into: &actions)
      return
    }
    if segment.length > 0, segment.end < lastAcknowledgement {
      // RFC 9293 section 3.10.7.4: not acceptable; answered, not looked at further.
      sawDuplicate = true
      acknowledgements.receivedOutOfOrder()
      sendAcknowledgement(now: now, into: &actions)
      return
    }
    if segment.sequence <= lastAcknowledgement { recentTimestamp = segment.timestamp }
    receiveAcknowledgement(segment, now: now, into: &actions)
    guard segment.length > 0 else {
      sendNew(now: now, into: &actions)
      return
    }
    let (delivered, isUrgent) = takeIn(segment, now: now)
    sendNew(now: now, into: &actions)
    if isUrgent, acknowledgements.isDue { sendAcknowledgement(now: now, into: &actions) }
    if delivered > 0 { actions.append(.delivered(octets: delivered)) }
  }

  /// - Returns: octets that continue the stream, and whether the segment is acknowledged before the
  ///   application sees them.
  private mutating func takeIn(
    _ segment: TCPSegment, now: SimTime
  ) -> (delivered: Int, isUrgent: Bool) {
    let hadGap = !reassembly.ranges.isEmpty
    switch reassembly.receive(TCPRange(start: segment.sequence, end: segment.end)) {
    case .inOrder(let octets):
      let isUrgent = acknowledgements.received(
        octets: octets, segmentSize: profile.maximumSegmentSize, timeout: timeout,
        fillsGap: hadGap, now: now)
      return (octets, isUrgent)
    case .beyondGap:
      acknowledgements.receivedOutOfOrder()
      return (0, true)
    case .duplicate:
      sawDuplicate = true
      acknowledgements.receivedOutOfOrder()
      return (0, true)
    }
  }

  // MARK: Segments out

  mutating func transmit(
    sequence: Int64, length: Int, flags: TCPSegment.Flags, now: SimTime,
    into actions: inout [Action]
  ) {
    var segment = TCPSegment(
      sequence: sequence, length: length, flags: flags, timestamp: now, echo: recentTimestamp)
    if flags.contains(.ack) {
      segment.acknowledgement = reassembly.next
      segment.selective = reassembly.report
      if sawDuplicate { segment.flags.insert(.duplicate) }
      sawDuplicate = false
      acknowledgements.sent(withData: length > 0, now: now)
      lastAcknowledgement = reassembly.next
    }
    actions.append(.transmit(segment))
  }

  /// RFC 9293 section 3.10.7.1: answers a segment of a connection that is not there.
  mutating func reset(_ segment: TCPSegment, now: SimTime, into actions: inout [Action]) {
    let answer = TCPSegment(
      sequence: segment.acknowledgement, flags: .reset, timestamp: now, echo: segment.timestamp)
    actions.append(.transmit(answer))
  }

  /// Gives the connection up: it neither sends nor receives from here on.
  mutating func abort(into actions: inout [Action]) {
    phase = .aborted
    timer = nil
    acknowledgements = TCPAcknowledgements()
    actions.append(.aborted)
  }

  mutating func sendAcknowledgement(now: SimTime, into actions: inout [Action]) {
    transmit(sequence: nextSequence, length: 0, flags: .ack, now: now, into: &actions)
  }
}
