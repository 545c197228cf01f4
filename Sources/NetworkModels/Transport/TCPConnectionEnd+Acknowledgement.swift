import SimulationKernel

/// What an acknowledgement changes: the estimate, the window, what is held for lost, the timer.
extension TCPConnectionEnd {
  mutating func receiveAcknowledgement(
    _ segment: TCPSegment, now: SimTime, into actions: inout [Action]
  ) {
    let duplicate = segment.flags.contains(.duplicate)
    if duplicate { undo.noteDuplicate() }
    guard segment.acknowledgement >= unacknowledged else { return }
    let news = board.acknowledge(
      upTo: segment.acknowledgement, selective: segment.selective, echo: segment.echo,
      minimum: estimator.minimum, now: now)
    unacknowledged = segment.acknowledgement
    if news.advanced { firstTimeout = nil }
    sampleRoundTrip(news, echo: segment.echo, now: now)
    answerProbe(news, duplicate: duplicate)

    let waits = updateRecovery(news, echo: segment.echo, duplicate: duplicate, now: now)
    if board.isEmpty {
      timer = nil
    } else if news.advanced, !waits {
      if !scheduleProbe(afterAcknowledgement: true, now: now) { restartTimer(now: now) }
    }
    if case .fast = recovery {
      window.reduce(newlyDelivered: news.delivered, inFlight: board.inFlight)
    } else if news.advanced {
      window.grow(
        acknowledged: news.delivered, roundTrip: estimator.minimum ?? .zero, now: now)
    }
    if case .open = recovery { return }
    resendLost(now: now, into: &actions)
  }

  /// RFC 6298 section 3 and RFC 7323 section 4.1: a segment that went more than once gives a
  /// sample only through its timestamp. A sample ends the backing off.
  private mutating func sampleRoundTrip(
    _ news: TCPScoreboard.News, echo: SimTime?, now: SimTime
  ) {
    if !news.acknowledgedResent, let sent = news.oldestSent {
      sample(now - sent)
    } else if let sent = news.oldestSelectedSent {
      sample(now - sent)
    } else if news.advanced, let echo {
      sample(now - echo)
    } else {
      return
    }
    timeout = estimator.timeout(profile)
  }

  /// RFC 8985 section 7.4: whether the probe was needed shows only in an acknowledgement of more
  /// than had been sent by then, or in one that reports a duplicate.
  private mutating func answerProbe(_ news: TCPScoreboard.News, duplicate: Bool) {
    guard let sent = probe, unacknowledged >= sent.high else { return }
    if !sent.isCopy || duplicate {
      probe = nil
    } else if unacknowledged > sent.high {
      probe = nil
      window.beginReduction(profile)
      window.endReduction()
    } else if !news.advanced, !news.selected {
      probe = nil
    }
  }

  /// - Returns: whether a timer now waits to hold a segment for lost.
  private mutating func updateRecovery(
    _ news: TCPScoreboard.News, echo: SimTime?, duplicate: Bool, now: SimTime
  ) -> Bool {
    switch recovery {
    case .open:
      if duplicate, undo.allCopiesWereDuplicates { restoreWindow() }
    case .fast(let high):
      if news.advanced, undo.isSpurious(echo: echo) {
        restoreWindow()
        board.forgetLosses()
        recovery = .open
      } else if unacknowledged >= high {
        window.endReduction()
        recovery = .open
      }
    case .timedOut(let high):
      if news.advanced, undo.isSpurious(echo: echo) {
        restoreWindow()
        board.forgetLosses()
        recovery = .open
      } else if unacknowledged >= high {
        recovery = .open
      }
    }
    guard news.advanced || news.selected, !board.isEmpty else { return false }
    let waits = detectLosses(now: now)
    if case .open = recovery, board.hasLost {
      enterFastRecovery()
    }
    return waits
  }

  /// RFC 8985 section 6.2: holds segments for lost, at once in recovery or at the third segment
  /// beyond a gap, else after a quarter of the least round-trip time.
  /// - Returns: whether a timer was started for segments that may still arrive.
  mutating func detectLosses(now: SimTime) -> Bool {
    var window = SimDuration.zero
    if case .open = recovery, board.selectedCount < profile.reorderingThreshold {
      window = min((estimator.minimum ?? .zero) / 4, estimator.smoothed ?? .zero)
    }
    guard profile.usesRACK else {
      board.detectLosses(beyond: profile.reorderingThreshold)
      return false
    }
    guard let wait = board.detectLosses(window: window, now: now) else { return false }
    arm(.reordering, after: profile.roundedUp(wait) + profile.tick * 2, now: now)
    return true
  }

  mutating func enterFastRecovery() {
    undo.begin(window)
    probe = nil
    window.beginReduction(profile)
    recovery = .fast(high: nextSequence)
  }

  private mutating func restoreWindow() {
    guard let before = undo.take() else { return }
    window.restore(segments: before.segments, threshold: before.threshold)
  }
}
