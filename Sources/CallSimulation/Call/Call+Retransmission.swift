import MediaSession
import NetworkModels
import SimulationKernel
import WireFormats

/// Lost packets asked for and sent again (generic NACK, RFC 4585 section 6.2.1; RFC 4588).
extension Call {
  // MARK: Receiver's end

  func tellRequester(_ input: RetransmissionRequester.Input, now: SimTime) throws {
    guard receiver.requester != nil else { return }
    var actions: [RetransmissionRequester.Action] = []
    swap(&actions, &requesterActions)
    receiver.requester!.handle(input, now: now, into: &actions)
    for action in actions {
      switch action {
      case .request(let first, let following):
        queueFeedback(
          .negativeAcknowledgement(first: first, following: following), now: now)
      case .giveUp(let sequences):
        receiver.depacketizer.giveUp(sequences, into: &depacketizerActions)
        try routeDepacketizer(now: now)
        try play(now: now)
      }
    }
    actions.removeAll(keepingCapacity: true)
    swap(&actions, &requesterActions)
    if let token = receiver.requesterTimer.follow(receiver.requester!.nextDeadline) {
      queue.schedule(.missingPacketsDue(token), at: receiver.requesterTimer.deadline!)
    }
  }

  /// What a damaged frame lacks when its time to be shown has come.
  func noteDamage(of picture: PictureNumber) {
    let damage = FrameDamage(
      packets: receiver.depacketizer.packets(of: picture),
      tokenPartitionCount: 1 << scenario.codec.tokenPartitions
    ) { packet in
      let octets = pool.octets(of: packet.slot)
      return UnsafeRawBufferPointer(
        rebasing: octets[packet.payloadOffset..<packet.payloadOffset + packet.payloadCount])
    }
    recorder.frames[recorder.frames.index(of: picture)].damage = damage
  }

  // MARK: Sender's end

  /// Sends again what a request names and the history holds.
  func retransmit(_ lost: LostPackets, id: RequestIdentifier, now: SimTime) throws {
    var course: Retransmission?
    for number in lost {
      let sequence = SequenceNumber.unwrap(number, near: sender.nextSequence)
      guard let packet = sender.history?.packet(sequence, now: now) else { continue }
      let first = course?.sequences.lowerBound ?? sequence
      course = course ?? Retransmission(sent: now, sequences: sequence...sequence)
      course!.sequences = first...sequence
      try sendAgain(packet, now: now, course: &course!)
    }
    recorder.requests.retransmitted(id, course, now: now)
  }

  private func sendAgain(
    _ packet: UnsafeRawBufferPointer, now: SimTime, course: inout Retransmission
  ) throws {
    let slot = pool.allocate()
    let count = try sender.writeRetransmission(of: packet, into: pool.storage(of: slot))
    pool.setCount(count, of: slot)
    sender.retransmissionStatistics.packets += 1
    sender.retransmissionStatistics.octets += UInt32(count - RTPHeader.fixedByteCount)
    let octets = SessionIdentity.wireOctets(rtp: count, usesSRTP: scenario.rtp.usesSRTP)
    let outcome = forward.send(octets: octets, at: now)
    capture?.mediaSent(pool.octets(of: slot), outcome, now: now)
    recorder.totals.retransmittedPackets += 1
    recorder.totals.mediaOctets += octets
    if case .delivered(let arrival) = outcome {
      course.arrived = max(course.arrived ?? arrival, arrival)
      queue.schedule(.mediaArrives(slot), at: arrival)
    } else {
      course.packetsLost += 1
      pool.release(slot)
    }
  }
}
