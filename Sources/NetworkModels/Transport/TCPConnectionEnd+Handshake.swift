import SimulationKernel

/// The three-way handshake (RFC 9293 section 3.5).
extension TCPConnectionEnd {
  /// Sends the SYN or the SYN-ACK for the first time.
  mutating func sendHandshake(now: SimTime, into actions: inout [Action]) {
    handshakeSent = now
    nextSequence = 1
    arm(.retransmission, after: timeout, now: now)
    transmitHandshake(now: now, into: &actions)
  }

  private mutating func transmitHandshake(now: SimTime, into actions: inout [Action]) {
    let flags: TCPSegment.Flags = phase == .synchronized ? [.syn, .ack] : .syn
    transmit(sequence: 0, length: 0, flags: flags, now: now, into: &actions)
  }

  /// The timer of the SYN or SYN-ACK: the kernel leaves a SYN's first timeouts alone.
  mutating func resendHandshake(now: SimTime, into actions: inout [Action]) {
    if phase == .synchronized {
      guard handshakeResent < profile.mostSYNAcknowledgementRetransmissions else {
        forgetHandshake()
        return
      }
    } else {
      let most = profile.linearSYNRetransmissions + profile.mostSYNRetransmissions
      guard handshakeResent < most else {
        abort(into: &actions)
        return
      }
    }
    handshakeResent += 1
    if phase == .synchronized || handshakeResent > profile.linearSYNRetransmissions {
      timeout = min(timeout * 2, profile.maximumTimeout)
    }
    arm(.retransmission, after: timeout, now: now)
    transmitHandshake(now: now, into: &actions)
  }

  /// A listening end waits for the next SYN.
  private mutating func forgetHandshake() {
    phase = .listening
    timer = nil
    handshakeResent = 0
    timeout = profile.initialTimeout
    recentTimestamp = nil
    reassembly = TCPReassembly(next: 0)
  }

  /// The other end has not seen the SYN-ACK, or not yet: it goes again, and its timer starts anew.
  mutating func repeatHandshake(now: SimTime, into actions: inout [Action]) {
    handshakeResent += 1
    arm(.retransmission, after: timeout, now: now)
    transmitHandshake(now: now, into: &actions)
  }

  mutating func acceptSYN(_ segment: TCPSegment, now: SimTime, into actions: inout [Action]) {
    guard segment.flags.contains(.syn) else {
      reset(segment, now: now, into: &actions)
      return
    }
    phase = .synchronized
    recentTimestamp = segment.timestamp
    reassembly = TCPReassembly(next: 1)
    sendHandshake(now: now, into: &actions)
  }

  mutating func acceptSYNAcknowledgement(
    _ segment: TCPSegment, now: SimTime, into actions: inout [Action]
  ) {
    guard segment.flags.contains([.syn, .ack]) else { return }
    recentTimestamp = segment.timestamp
    reassembly = TCPReassembly(next: 1)
    establish(echo: segment.echo, now: now)
    sendAcknowledgement(now: now, into: &actions)
    actions.append(.connected)
    sendNew(now: now, into: &actions)
  }

  /// Takes the handshake's round trip: from the timestamp where the SYN went more than once. After
  /// a lost SYN-ACK the echo is that of the first SYN, and the estimate accordingly long.
  mutating func establish(echo: SimTime?, now: SimTime) {
    phase = .established
    unacknowledged = 1
    timer = nil
    if handshakeResent == 0 {
      sample(now - handshakeSent)
    } else if let echo {
      sample(now - echo)
    }
    timeout = estimator.timeout(profile)
    if handshakeResent > 0 { timeout = max(timeout, profile.timeoutAfterSYN) }
    if handshakeResent >= profile.synsToReduceWindow {
      window = CongestionWindow(segments: 1, profile)
    }
    lastSent = now
  }
}
