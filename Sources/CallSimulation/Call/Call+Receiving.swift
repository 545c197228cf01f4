import MediaSession
import SimulationKernel
import VP8Codec
import WireFormats

/// From the media path to the screen.
extension Call {
  func mediaArrives(_ slot: PacketHandle, now: SimTime) throws {
    let (packet, retransmission) = try receiver.parse(
      pool.octets(of: slot), slot: slot, now: now, unnamed: picture(ofTimestamp:))
    timePlayout(of: packet, isRetransmission: retransmission != nil, now: now)
    receiver.firstSequence = receiver.firstSequence ?? packet.sequence
    let isBehind = receiver.newestSequence.map { packet.sequence < $0 } ?? false
    receiver.newestSequence = max(receiver.newestSequence ?? packet.sequence, packet.sequence)
    receiver.depacketizer.handle(packet, into: &depacketizerActions)
    try routeDepacketizer(broughtBy: retransmission.map(request(ofRetransmission:)), now: now)
    if isBehind {
      forgetUnread(packet.sequence)
      receiver.reordering?.arrived(packet.sequence)
      followReordering()
      try tellRequester(.arrived(packet.sequence), now: now)
    }
    if receiver.playout.isLate(timestamp: packet.timestamp, now: now) {
      try dropLate(packet.picture, timestamp: packet.timestamp, now: now)
    }
    // A late frame is shown as soon as it is complete.
    try play(now: now)
  }

  /// - Parameter request: the one that the packet just handled was sent again for.
  func routeDepacketizer(broughtBy request: RequestIdentifier? = nil, now: SimTime) throws {
    var actions: [Depacketizer.Action] = []
    swap(&actions, &depacketizerActions)
    for action in actions {
      switch action {
      case .release(let slot): pool.release(slot)
      case .complete(let picture):
        let index = recorder.frames.index(of: picture)
        recorder.frames[index].arrived = now
        recorder.frames[index].completedBy = request
      case .gapNoticed(let missing, let newest):
        if receiver.reordering != nil, !missing.isEmpty {
          receiver.reordering!.gapNoticed(.init(missing: missing, newest: newest), now: now)
          followReordering()
          continue
        }
        try gapIsLoss(missing, newest: newest, now: now)
      case .damageNoticed(let first, let last):
        noteOvertaken(first...last, now: now)
        recorder.lossGivenUp(now: now)
        if noticesAtPlayout { continue }
        // A key frame behind the damage is there already: nothing needs to be asked for.
        guard !skipsToKeyFrame || receiver.depacketizer.completeKeyFrame(after: last) == nil else {
          continue
        }
        tellPolicy(.damageNoticed(last), now: now)
      }
    }
    actions.removeAll(keepingCapacity: true)
    swap(&actions, &depacketizerActions)
  }

  /// Plays what is due, in order; where a ticker reads the packets, with its next tick.
  func play(now: SimTime) throws {
    guard !awaitsTick(now: now) else { return }
    try askForUnread(now: now)
    try takeDue(now: now)
    guard receiver.decoderQueue.takeNews() else { return }
    while let frame = receiver.decoderQueue.removeFirst() {
      var isDecoded = false
      if case .whole(let picture) = frame {
        if receiver.depacketizer.status(of: picture) == .complete {
          isDecoded = try decode(picture, now: now)
        } else {
          // It has waited for so long that its place is taken: as good as missing.
          receiver.tracker.frameMissing()
          undecodable(picture, isRepair: false, now: now)
        }
        try forget(picture, now: now)
      }
      guard isDecoded || receiver.decoderQueue.isOverfull else { return }
    }
  }

  private func takeDue(now: SimTime) throws {
    while let picture = receiver.nextPicture {
      if try skipToKeyFrame(from: picture, now: now) { continue }
      switch receiver.depacketizer.status(of: picture) {
      case .complete:
        let timestamp = receiver.depacketizer.timestamp(of: picture)
        guard receiver.playout.playoutTime(ofTimestamp: timestamp) <= now else { return }
        if scenario.receiver.stopsAtDrop {
          receiver.decoderQueue.append(.whole(picture))
          receiver.nextPicture = picture + 1
          continue
        }
        try decode(picture, now: now)
      case .damaged:
        let timestamp =
          noticesAtPlayout
          ? receiver.depacketizer.noticeTimestamp(of: picture)
          : receiver.depacketizer.timestamp(of: picture)
        guard receiver.playout.playoutTime(ofTimestamp: timestamp) <= now else { return }
        noteDamage(of: picture)
        receiver.damagedRuns.keep(partialRun(of: picture), of: picture)
        receiver.tracker.frameMissing()
        if scenario.receiver.damage == .partial { try showPart(of: picture, now: now) }
        if noticesAtPlayout {
          recorder.gapNoticed(picture, now: now)
          tellPolicy(.damageNoticed(picture), now: now)
        }
        // A frame of which nothing has come is not known to be one.
        if scenario.receiver.stopsAtDrop, !receiver.depacketizer.packets(of: picture).isEmpty {
          receiver.decoderQueue.append(.damaged)
        }
      case .expected:
        if try dropIfDue(picture, now: now) { continue }
        // Nothing of it has come; if it is so old that its place is taken, it never will.
        guard receiver.depacketizer.isBeyondReach(picture) else { return }
        receiver.tracker.frameMissing()
      }
      try forget(picture, now: now)
      receiver.nextPicture = picture + 1
    }
  }

  private func forget(_ picture: PictureNumber, now: SimTime) throws {
    receiver.depacketizer.remove(picture, into: &depacketizerActions)
    try routeDepacketizer(now: now)
  }

  /// A gap that is not only one packet overtaking another.
  func gapIsLoss(_ missing: Range<Int64>, newest: PictureNumber, now: SimTime) throws {
    if !noticesAtPlayout { recorder.gapNoticed(newest, now: now) }
    if awaitsTick(now: now) {
      receiver.missingUnread.append(missing)
    } else {
      try tellRequester(.missing(missing), now: now)
    }
  }

  /// Whether damage is noticed by the decoder, when the picture is played, rather than on arrival.
  var noticesAtPlayout: Bool { scenario.receiver.noticing == .playout }

  /// The picture of an RTP timestamp, where packets do not say which they belong to. The number is
  /// the simulation's name for it, which no feedback uses.
  private func picture(ofTimestamp timestamp: Int64) -> PictureNumber {
    let index = clip.frameRate.frames(inTicks: timestamp - identity.firstTimestamp)
    return recorder.frames[Int(index)].picture!
  }

  /// Where frames wait for retransmissions, a complete key frame ends the wait when it is due, or at
  /// once where the wait was in vain.
  private var skipsToKeyFrame: Bool { scenario.mechanism.usesRetransmission }

  private func skipToKeyFrame(from picture: PictureNumber, now: SimTime) throws -> Bool {
    let status = receiver.depacketizer.status(of: picture)
    guard skipsToKeyFrame, status != .complete,
      let key = receiver.depacketizer.completeKeyFrame(after: picture)
    else { return false }
    let due = receiver.playout.playoutTime(
      ofTimestamp: receiver.depacketizer.timestamp(of: key))
    guard status == .damaged || due <= now else { return false }
    let first = receiver.depacketizer.skip(to: key)
    try tellRequester(.obsolete(before: first), now: now)
    for skipped in picture..<key {
      if receiver.depacketizer.status(of: skipped) != .complete { noteDamage(of: skipped) }
      receiver.depacketizer.remove(skipped, into: &depacketizerActions)
    }
    receiver.tracker.frameMissing()
    try routeDepacketizer(now: now)
    receiver.nextPicture = key
    return true
  }

  /// - Returns: false where the frame is dropped.
  @discardableResult
  private func decode(_ picture: PictureNumber, now: SimTime) throws -> Bool {
    let octets = receiver.assemble(picture, pool: pool)
    var reader = ByteReader(octets)
    let isKey = try VP8PayloadHeader(parsing: &reader).isKeyFrame
    let isNonReference =
      receiver.depacketizer.packets(of: picture).first?.isNonReference ?? false
    let isBelieved = receiver.tracker.shouldDecode(isKey: isKey, isNonReference: isNonReference)
    let showsDamage = scenario.receiver.damage.showsDamage && receiver.tracker.hasPicture
    guard isBelieved || showsDamage else {
      undecodable(picture, isRepair: false, now: now)
      return false
    }
    guard let view = try? receiver.decoder.decode(octets) else {
      // The decoder itself refuses: as good as missing.
      receiver.tracker.frameMissing()
      undecodable(picture, isRepair: false, now: now)
      return true
    }
    let used = receiver.decoder.referencesUsed
    let updated = receiver.decoder.referencesUpdated
    recorder.decoded(picture, used: used, updated: updated)
    var isIntact = false
    if isBelieved {
      isIntact = receiver.tracker.frameDecoded(picture, isKey: isKey, used: used, updated: updated)
    } else {
      receiver.tracker.frameDoubted(updated: updated)
    }
    guard isIntact else {
      if showsDamage { show(view, picture, isBelieved: false, now: now) }
      undecodable(picture, isRepair: !used.contains(.last), now: now)
      return true
    }
    show(view, picture, isBelieved: true, now: now)
    tellPolicy(.repaired(picture, byKeyFrame: isKey), now: now)
    if !updated.isDisjoint(with: [.golden, .altref]) {
      tellPolicy(.referenceUpdated(picture), now: now)
    }
    return true
  }

  /// Decodes what there is of an incomplete frame, and shows it.
  private func showPart(of picture: PictureNumber, now: SimTime) throws {
    guard receiver.tracker.hasPicture, let part = partialFrame(picture) else { return }
    let storage = receiver.frame.storage(ofAtLeast: part.octetCount)
    part.write(into: storage, payload: payload(of:))
    let octets = UnsafeRawBufferPointer(rebasing: storage[..<part.octetCount])
    guard let view = try? receiver.decoder.decode(octets) else { return }
    let updated = receiver.decoder.referencesUpdated
    receiver.tracker.frameDoubted(updated: updated)
    recorder.decoded(picture, used: receiver.decoder.referencesUsed, updated: updated)
    show(view, picture, isBelieved: false, now: now)
  }

  /// What there is of an incomplete frame; nil where its first partition is not.
  private func partialFrame(_ picture: PictureNumber) -> PartialFrame? {
    PartialFrame(
      packets: receiver.depacketizer.packets(of: picture),
      tokenPartitionCount: 1 << scenario.codec.tokenPartitions, payload: payload(of:))
  }

  /// The macroblocks that an SLI calls damaged: of a frame that is decoded in part those from the first
  /// lost one on; nil for the whole picture. It is asked for when RTCP may go, which can be after the
  /// frame's own time.
  func damagedMacroblocks(of picture: PictureNumber) -> MacroblockRun? {
    receiver.damagedRuns[picture] ?? partialRun(of: picture)
  }

  private func partialRun(of picture: PictureNumber) -> MacroblockRun? {
    guard scenario.receiver.damage == .partial,
      receiver.depacketizer.status(of: picture) == .damaged
    else { return nil }
    return partialFrame(picture)?.damagedMacroblocks(
      MacroblockDimensions(width: clip.width, height: clip.height))
  }

  func payload(of packet: MediaPacket) -> UnsafeRawBufferPointer {
    let octets = pool.octets(of: packet.slot)
    return UnsafeRawBufferPointer(
      rebasing: octets[packet.payloadOffset..<packet.payloadOffset + packet.payloadCount])
  }

  private func undecodable(_ picture: PictureNumber, isRepair: Bool, now: SimTime) {
    recorder.damageNoticed(now: now)
    tellPolicy(.undecodable(picture, isRepair: isRepair), now: now)
  }

  private func show(
    _ view: PictureView, _ picture: PictureNumber, isBelieved: Bool, now: SimTime
  ) {
    let reconstruction = sender.reconstructions[picture]
    let isExact = isIdentical(view, reconstruction)
    if isExact {
      receiver.screen = (reconstruction, picture, true)
    } else {
      receiver.drifted.copy(from: view)
      receiver.screen = (receiver.drifted, picture, false)
    }
    recorder.displayed(picture, isExact: isExact, isBelieved: isBelieved, now: now)
  }
}
