import SimulationKernel

/// One end of a TCP connection that never closes: RFC 9293 with the timers and the congestion
/// control of a kernel, as far as they decide when octets arrive.
///
/// Acknowledgements are never delayed: one goes in answer to every segment with payload, on the
/// data that the application writes at the same instant, or by itself once the caller says with
/// `Input.acknowledge` that the application has had its turn. The receive window is taken to be
/// wide enough, and no end gives up retransmitting.
public struct TCPConnectionEnd: Sendable {
  public enum Input: Sendable {
    /// Opens the connection from this end; the other end listens.
    case connect
    /// The application writes; at least one octet. May come before the connection is up.
    case write(octets: Int)
    case segment(TCPSegment)
    /// `nextDeadline` has come; ignored while it has not.
    case deadline
    /// The application has had its turn after a segment: an acknowledgement still due goes alone.
    case acknowledge
  }

  public enum Action: Sendable {
    case transmit(TCPSegment)
    /// The handshake is complete at this end.
    case connected
    /// So many octets more have arrived in order.
    case delivered(octets: Int)
  }

  enum Phase { case closed, listening, synchronizing, synchronized, established }

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
  var phase: Phase
  public internal(set) var estimator = RoundTripEstimator()

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
  /// The SYN or SYN-ACK, and how often it went again.
  var handshakeSent = SimTime.zero
  var handshakeResent = 0
  /// RFC 8985 section 7: what had been sent when the probe went, and whether it was a copy.
  var probe: (high: Int64, isCopy: Bool)?
  var undo = TCPUndo()

  // Receiving.
  var reassembly = TCPReassembly(next: 0)
  var isAcknowledgementDue = false
  var sawDuplicate = false
  var lastAcknowledgement: Int64 = 0
  /// The other end's timestamp to be echoed (RFC 7323 section 4.3).
  var recentTimestamp: SimTime?

  /// An end before the handshake.
  /// - Parameter listening: whether it waits for the other end's SYN.
  public init(profile: TCPProfile = .linux, listening: Bool) {
    self.profile = profile
    phase = listening ? .listening : .closed
    timeout = profile.initialTimeout
    window = CongestionWindow(segments: profile.initialWindow)
  }

  /// An end of a connection that has been up for long and is idle.
  /// - Parameter roundTrip: what its round-trip time has been; the estimate has settled on it.
  public init(profile: TCPProfile = .linux, establishedWith roundTrip: SimDuration) {
    self.profile = profile
    phase = .established
    estimator = RoundTripEstimator(settledAt: roundTrip)
    timeout = estimator.timeout(profile)
    window = CongestionWindow(segments: profile.warmWindow)
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
  public var nextDeadline: SimTime? { timer?.deadline }

  public mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action]) {
    switch input {
    case .connect:
      precondition(phase == .closed, "only a closed end connects")
      phase = .synchronizing
      sendHandshake(now: now, into: &actions)
    case .write(let octets):
      precondition(octets > 0, "a write has at least one octet")
      unsentOctets += octets
      if phase == .established {
        window.restartAfterIdle(
          idle: board.isEmpty ? now - lastSent : .zero, timeout: timeout,
          initial: profile.initialWindow)
        sendNew(now: now, into: &actions)
      }
    case .segment(let segment): receive(segment, now: now, into: &actions)
    case .deadline:
      guard let timer, timer.deadline <= now else { return }
      expire(timer.kind, now: now, into: &actions)
    case .acknowledge:
      if isAcknowledgementDue { sendAcknowledgement(now: now, into: &actions) }
    }
  }

  // MARK: Segments in

  private mutating func receive(
    _ segment: TCPSegment, now: SimTime, into actions: inout [Action]
  ) {
    switch phase {
    case .closed: return
    case .listening: acceptSYN(segment, now: now, into: &actions)
    case .synchronizing: acceptSYNAcknowledgement(segment, now: now, into: &actions)
    case .synchronized:
      if segment.flags.contains(.syn) {
        // The other end has not seen the SYN-ACK; its first timestamp stays the one echoed.
        handshakeResent += 1
        transmit(sequence: 0, length: 0, flags: [.syn, .ack], now: now, into: &actions)
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
      isAcknowledgementDue = true
      return
    }
    if segment.sequence <= lastAcknowledgement { recentTimestamp = segment.timestamp }
    receiveAcknowledgement(segment, now: now, into: &actions)
    if segment.length > 0 {
      isAcknowledgementDue = true
      switch reassembly.receive(TCPRange(start: segment.sequence, end: segment.end)) {
      case .inOrder(let octets): actions.append(.delivered(octets: octets))
      case .beyondGap: break
      case .duplicate: sawDuplicate = true
      }
    }
    sendNew(now: now, into: &actions)
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
      isAcknowledgementDue = false
      lastAcknowledgement = reassembly.next
    }
    actions.append(.transmit(segment))
  }

  mutating func sendAcknowledgement(now: SimTime, into actions: inout [Action]) {
    transmit(sequence: nextSequence, length: 0, flags: .ack, now: now, into: &actions)
  }
}
