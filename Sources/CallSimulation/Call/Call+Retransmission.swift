import MediaSession
import NetworkModels
import SimulationKernel
import WireFormats

/// Lost packets asked for and sent again (generic NACK, RFC 4585 section 6.2.1; RFC 4588).
extension Call {
  // MARK: Receiver's end

  func tellRequester(_ input: RetransmissionRequester.Input, now: SimTime) throws {
    for sequences in askRequester(input, now: now) {
      receiver.depacketizer.giveUp(sequences, into: &depacketizerActions)
      try routeDepacketizer(now: now)
      try play(now: now)
    }
  }

  /// Hands an input to the requester and its requests to RTCP.
  ///
  /// - Returns: what it gives up; nothing for a request that has left or was dropped.
  @discardableResult
  func askRequester(
    _ input: RetransmissionRequester.Input, now: SimTime
  ) -> [Range<Int64>] {
    guard receiver.requester != nil else { return [] }
    var givenUp: [Range<Int64>] = []
    var actions: [RetransmissionRequester.Action] = []
    swap(&actions, &requesterActions)
    receiver.requester!.handle(input, now: now, into: &actions)
    for action in actions {
      switch action {
      case .request(let request): queueFeedback(.negativeAcknowledgement(request), now: now)
      case .giveUp(let sequences): givenUp.append(sequences)
      }
    }
    actions.removeAll(keepingCapacity: true)
    swap(&actions, &requesterActions)
    if let token = receiver.requesterTimer.follow(receiver.requester!.nextDeadline) {
      queue.schedule(.missingPacketsDue(token), at: receiver.requesterTimer.deadline!)
    }
    return givenUp
  }

  /// Before a packet goes: requests ask for what is still missing alone, and those for which nothing
  /// is are withdrawn.
  func renewRequests() {
    guard let requester = receiver.requester else { return }
    receiver.waitingFeedback.removeAll { waiting in
      guard case .negativeAcknowledgement(let request) = waiting.message else { return false }
      guard requester.stillMissing(request) == nil else { return false }
      recorder.requests[waiting.request].isWithdrawn = true
      return true
    }
    for index in receiver.waitingFeedback.indices {
      guard case .negativeAcknowledgement(let request) = receiver.waitingFeedback[index].message,
        let rest = requester.stillMissing(request)
      else { continue }
      receiver.waitingFeedback[index].message = .negativeAcknowledgement(rest)
    }
  }

  /// The request for which a retransmission was sent, by its own sequence number.
  func request(ofRetransmission number: UInt16) -> RequestIdentifier {
    let place = SequenceNumber.unwrap(
      number &- identity.firstRetransmissionSequence, near: Int64(retransmissionRequests.count))
    return retransmissionRequests[Int(place)]
  }

  /// What a damaged frame lacks when its time to be shown has come.
  func noteDamage(of picture: PictureNumber) {
    let damage = FrameDamage(
      packets: receiver.depacketizer.packets(of: picture),
      tokenPartitionCount: 1 << scenario.codec.tokenPartitions, payload: payload(of:))
    recorder.frames[recorder.frames.index(of: picture)].damage = damage
  }

  // MARK: Sender's end

  /// Sends again what a request names and the history holds.
  func retransmit(_ lost: LostPackets, id: RequestIdentifier, now: SimTime) throws {
    var course: Retransmission?
    for number in lost {
      let sequence = SequenceNumber.unwrap(number, near: sender.nextSequence)
      guard let packet = sender.history?.packet(sequence, now: now) else { continue }
      course = course ?? Retransmission(sent: now)
      retransmissionRequests.append(id)
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
    let octets = wireSize.octets(rtp: count)
    let outcome = forward.send(octets: octets, at: now)
    capture?.mediaSent(pool.octets(of: slot), outcome, now: now)
    recorder.packetSentAgain(octets: octets, now: now)
    if case .delivered(let arrival) = outcome {
      course.arrived = max(course.arrived ?? arrival, arrival)
      queue.schedule(.mediaArrives(slot), at: arrival)
      scheduleMediaCopy(of: slot)
    } else {
      course.packetsLost += 1
      pool.release(slot)
    }
  }
}
