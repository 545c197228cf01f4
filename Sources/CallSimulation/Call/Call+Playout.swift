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
      }
      return
    }
    let moved = receiver.playout.packetArrived(timestamp: packet.timestamp, now: now)
    if moved < .zero { scheduleScreens(now: now) }
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
    for picture in pictures where recorder.frames.packetsLost(of: picture) == 0 {
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
