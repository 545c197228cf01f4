import MediaSession
import SimulationKernel

/// What the playout buffer does with time: when frames are due, which come too late, and how long a gap
/// may be one packet overtaking another.
extension Call {
  /// Tells the playout buffer of an arrival, and the screen of what that moves.
  func timePlayout(of packet: MediaPacket, isRetransmission: Bool, now: SimTime) {
    guard receiver.playout.isAnchored else {
      receiver.playout.packetArrived(timestamp: packet.timestamp, now: now)
      receiver.nextPicture = packet.picture
      // Those whose time was over before the first packet came are never due.
      let frames = recorder.frames.entries.indices
      receiver.firstFrameToCome = frames.first { playoutTime(ofFrame: $0) >= now } ?? frames.count
      scheduleScreens(now: now)
      return
    }
    guard !isRetransmission else {
      // Karn's rule: of those asked for more often one cannot tell which request brought them.
      if receiver.requester?.requestCount(of: packet.sequence) == 1 {
        receiver.playout.retransmissionArrived(timestamp: packet.timestamp, now: now)
        followScreen(now: now)
      }
      return
    }
    let moved = receiver.playout.packetArrived(timestamp: packet.timestamp, now: now)
    if moved < .zero { scheduleScreens(now: now) }
    followScreen(now: now)
  }

  /// By least squares frames move by whole ticks, not all alike: the next one gets another event where it
  /// is due before the one it has.
  func followScreen(now: SimTime) {
    let next = receiver.firstFrameToCome
    guard scenario.receiver.playout == .leastSquares, receiver.playout.isAnchored,
      next < recorder.frames.entries.count
    else { return }
    let due = max(now, playoutTime(ofFrame: next))
    if let known = receiver.nextScreen, known.index == next, known.time <= due { return }
    receiver.nextScreen = (next, due)
    scheduleScreen(next, now: now)
  }

  /// Whether what has arrived is read later than now, by a tick that is then in the queue.
  func awaitsTick(now: SimTime) -> Bool {
    let tick = receiver.playout.readingTime(ofArrival: now)
    guard tick > now else { return false }
    if receiver.readingDue != tick {
      receiver.readingDue = tick
      queue.schedule(.readingDue, at: tick)
    }
    return true
  }

  /// A tick: what was found missing is asked for, and what is due is played.
  func read(now: SimTime) throws {
    // One at another tick was planned before the first packet told when reading begins.
    guard receiver.readingDue == now else { return }
    receiver.readingDue = nil
    try play(now: now)
  }

  /// What was found missing since the last tick is asked for, before anything is handed on.
  func askForUnread(now: SimTime) throws {
    let unread = receiver.missingUnread
    guard !unread.isEmpty else { return }
    receiver.missingUnread.removeAll(keepingCapacity: true)
    for missing in unread { try tellRequester(.missing(missing), now: now) }
  }

  /// A packet has come that was only overtaken, before the tick that would have asked for it.
  func forgetUnread(_ sequence: Int64) {
    guard let place = receiver.missingUnread.firstIndex(where: { $0.contains(sequence) }) else {
      return
    }
    let missing = receiver.missingUnread.remove(at: place)
    let rest = [missing.lowerBound..<sequence, sequence + 1..<missing.upperBound]
    receiver.missingUnread.insert(contentsOf: rest.filter { !$0.isEmpty }, at: place)
  }

  /// Gives a frame up that is due, or over, and not whole, where the rule for late frames says so.
  ///
  /// - Returns: whether it did.
  func dropIfDue(_ picture: PictureNumber, now: SimTime) throws -> Bool {
    let rule = scenario.receiver.effectiveLateFrames
    guard rule != .wait, !receiver.depacketizer.isBeyondReach(picture) else { return false }
    let gap = receiver.depacketizer.gap(in: picture)
    guard rule == .drop || gap != nil else { return false }
    // A gap shows when the packet behind it is handed on, which may be the next frame's.
    guard
      let timestamp =
        rule == .dropGaps
        ? gap?.timestamp : receiver.depacketizer.firstTimestamp(from: picture),
      receiver.playout.playoutTime(ofTimestamp: timestamp) <= now
    else { return false }
    if scenario.sortsUntilDue, receiver.requester == nil, let gap {
      receiver.depacketizer.giveUp(gap.missing, into: &depacketizerActions)
      try routeDepacketizer(now: now)
    } else {
      try dropLate(picture, timestamp: timestamp, now: now)
    }
    return true
  }

  /// Puts the frames that are yet to be shown into the queue.
  private func scheduleScreens(now: SimTime) {
    for index in receiver.firstFrameToCome..<recorder.frames.entries.count {
      scheduleScreen(index, now: now)
    }
  }

  /// A frame's time is over before all of it has come: it is lost as if the network had lost it.
  func dropLate(_ picture: PictureNumber, timestamp: Int64, now: SimTime) throws {
    guard let next = receiver.nextPicture, picture >= next,
      receiver.depacketizer.status(of: picture) != .damaged
    else { return }
    recorder.frameLate(picture, now: now)
    if !noticesAtPlayout { recorder.gapNoticed(picture, now: now) }
    let unwanted = receiver.depacketizer.giveUp(
      late: picture, timestamp: timestamp, into: &depacketizerActions)
    if let unwanted {
      receiver.reordering?.forget(before: unwanted)
      followReordering()
      askRequester(.late(before: unwanted), now: now)
    }
    try routeDepacketizer(now: now)
  }

  // MARK: Reordering

  /// Frames given up of which the network has lost nothing: their packets were only overtaken.
  func noteOvertaken(_ pictures: ClosedRange<PictureNumber>, now: SimTime) {
    guard scenario.media.effectiveForward.delay.reorders else { return }
    for picture in pictures
    where recorder.frames.packetsLost(of: picture) == 0 && !receiver.depacketizer.isWhole(picture) {
      recorder.frameLate(picture, now: now)
    }
  }

  func followReordering() {
    if let token = receiver.reorderingTimer.follow(receiver.reordering?.nextDeadline) {
      queue.schedule(.gapDue(token), at: receiver.reorderingTimer.deadline!)
    }
  }

  func gapsDue(now: SimTime) throws {
    for gap in receiver.reordering?.takeDue(now: now) ?? [] {
      // What was sent before the first packet came, if anything was, cannot be asked for.
      let isFromBefore = receiver.firstSequence.map { gap.missing.lowerBound < $0 } ?? false
      if isFromBefore {
        if !noticesAtPlayout { recorder.gapNoticed(gap.newest, now: now) }
      } else {
        try gapIsLoss(gap.missing, newest: gap.newest, now: now)
        guard receiver.requester == nil else { continue }
      }
      receiver.depacketizer.giveUp(gap.missing, into: &depacketizerActions)
      try routeDepacketizer(now: now)
    }
    followReordering()
    try play(now: now)
  }
}
