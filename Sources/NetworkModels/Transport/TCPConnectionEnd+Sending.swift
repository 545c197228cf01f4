import SimulationKernel

/// Sending data, and the three timers that send it again.
extension TCPConnectionEnd {
  /// Sends what the application wrote, as far as the window and Nagle's algorithm let it.
  mutating func sendNew(now: SimTime, into actions: inout [Action]) {
    guard unsentOctets > 0 else { return }
    let wasEmpty = board.isEmpty
    var inFlight = board.inFlight
    var sentAny = false
    while unsentOctets > 0, inFlight < window.segments {
      let length = min(unsentOctets, profile.maximumSegmentSize)
      // RFC 9293 section 3.7.4: no small segment while another is unacknowledged.
      if profile.nagle, length < profile.maximumSegmentSize, !board.isEmpty { break }
      sendNext(length: length, now: now, into: &actions)
      if case .fast = recovery { window.noteSentInReduction() }
      inFlight += 1
      sentAny = true
    }
    window.noteSending(
      outstanding: board.count, inFlight: inFlight, unacknowledged: unacknowledged,
      next: nextSequence)
    guard sentAny else { return }
    if wasEmpty || timer == nil || timer?.kind == .tailLossProbe { restartTimer(now: now) }
    _ = scheduleProbe(afterAcknowledgement: false, now: now)
  }

  private mutating func sendNext(length: Int, now: SimTime, into actions: inout [Action]) {
    board.add(OutstandingSegment(sequence: nextSequence, length: length, sent: now))
    lastSent = now
    let sequence = nextSequence
    nextSequence += Int64(length)
    unsentOctets -= length
    transmit(sequence: sequence, length: length, flags: .ack, now: now, into: &actions)
  }

  private mutating func sendAgain(
    _ index: Int, counted: Bool, now: SimTime, into actions: inout [Action]
  ) {
    board.resend(index, counted: counted, now: now)
    lastSent = now
    let segment = board.segments[index]
    transmit(
      sequence: segment.sequence, length: segment.length, flags: .ack, now: now, into: &actions)
  }

  /// Sends lost segments again, from the lowest, as far as the window lets it.
  mutating func resendLost(now: SimTime, into actions: inout [Action]) {
    guard board.hasLost else { return }
    var inFlight = board.inFlight
    for index in board.segments.indices {
      guard inFlight < window.segments else { return }
      let segment = board.segments[index]
      guard segment.isLost, !segment.isResent, !segment.isSelected else { continue }
      sendAgain(index, counted: true, now: now, into: &actions)
      undo.noteCopy(now: now)
      if case .fast = recovery { window.noteSentInReduction() }
      if index == 0, timer?.kind != .reordering {
        arm(.retransmission, after: timeout, now: now)
      }
      inFlight += 1
    }
  }

  // MARK: Timers

  /// RFC 6298 section 5: starts the retransmission timer. Where a shorter timer ran in its place,
  /// it counts from when the first segment was sent.
  mutating func restartTimer(now: SimTime) {
    guard let first = board.segments.first else {
      timer = nil
      return
    }
    var wait = timeout
    if let timer, timer.kind != .retransmission {
      wait = max(first.sent + timeout - now, profile.tick)
    }
    arm(.retransmission, after: wait, now: now)
  }

  /// RFC 8985 section 7.2: waits for less than the retransmission timeout before probing, where
  /// nothing is known to be amiss. A lone segment's probe comes at the timeout itself.
  mutating func scheduleProbe(afterAcknowledgement: Bool, now: SimTime) -> Bool {
    guard profile.usesTailLossProbe, case .open = recovery, board.selectedCount == 0,
      let first = board.segments.first
    else { return false }
    var wait = estimator.probeTimeout(profile, outstanding: board.count)
    let limit = afterAcknowledgement ? timeout : first.sent + timeout - now
    if limit > .zero { wait = min(wait, limit) }
    arm(.tailLossProbe, after: wait, now: now)
    return true
  }

  mutating func expire(_ kind: TimerKind, now: SimTime, into actions: inout [Action]) {
    guard phase == .established else {
      resendHandshake(now: now, into: &actions)
      return
    }
    switch kind {
    case .retransmission: retransmissionTimeout(now: now, into: &actions)
    case .tailLossProbe: sendProbe(now: now, into: &actions)
    case .reordering: reorderingTimeout(now: now, into: &actions)
    }
  }

  /// RFC 8985 section 7.3: new data where there is some, whatever the window; else the highest
  /// segment. The timer is not backed off. One probe may be unanswered: the next is a timeout.
  private mutating func sendProbe(now: SimTime, into actions: inout [Action]) {
    guard probe == nil else {
      restartTimer(now: now)
      return
    }
    let isCopy = unsentOctets == 0
    if isCopy {
      sendAgain(board.count - 1, counted: false, now: now, into: &actions)
    } else {
      let length = min(unsentOctets, profile.maximumSegmentSize)
      sendNext(length: length, now: now, into: &actions)
    }
    probe = (nextSequence, isCopy)
    timer = nil
    restartTimer(now: now)
  }

  /// RFC 6298 section 5.4-5.6, RFC 5681 section 3.1.
  private mutating func retransmissionTimeout(now: SimTime, into actions: inout [Action]) {
    precondition(!board.isEmpty, "the timer runs only while something is unacknowledged")
    let first = firstTimeout ?? now
    firstTimeout = first
    guard now - first < profile.giveUp else {
      abort(into: &actions)
      return
    }
    probe = nil
    board.markTimedOut(now: now)
    if case .open = recovery {
      undo.begin(window)
      window.collapse(reducing: profile, inFlight: board.inFlight)
    } else {
      window.collapse(reducing: nil, inFlight: board.inFlight)
    }
    recovery = .timedOut(high: nextSequence)
    sendAgain(0, counted: true, now: now, into: &actions)
    undo.noteCopy(now: now)
    timeout = min(timeout * 2, profile.maximumTimeout)
    arm(.retransmission, after: timeout, now: now)
  }

  private mutating func reorderingTimeout(now: SimTime, into actions: inout [Action]) {
    _ = detectLosses(now: now)
    if board.hasLost {
      if case .open = recovery {
        enterFastRecovery()
        window.reduce(newlyDelivered: 1, inFlight: board.inFlight)
      }
      resendLost(now: now, into: &actions)
    }
    if timer?.kind != .retransmission { restartTimer(now: now) }
  }
}
