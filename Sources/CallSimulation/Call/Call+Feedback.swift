import MediaSession
import NetworkModels
import Signalling
import SimulationKernel
import WireFormats

/// From the damage noticed to the encoder's control: the RTCP road and the SIP road.
extension Call {
  func tellPolicy(_ input: FeedbackPolicy.Input, now: SimTime) {
    var actions: [FeedbackPolicy.Action] = []
    swap(&actions, &policyActions)
    receiver.policy.handle(
      input, reference: receiver.tracker.preferredReference,
      hasPicture: receiver.tracker.hasPicture, now: now, into: &actions)
    for action in actions {
      switch action {
      case .feedback(let message): queueFeedback(message, now: now)
      case .repairWanted: tellSignalling(.repairWanted, now: now)
      case .repairDone(let byKeyFrame):
        tellSignalling(.repairDone(byKeyFrame: byKeyFrame), now: now)
      }
    }
    actions.removeAll(keepingCapacity: true)
    swap(&actions, &policyActions)
    if let token = receiver.policyTimer.follow(receiver.policy.nextDeadline) {
      queue.schedule(.askAgainDue(token), at: receiver.policyTimer.deadline!)
    }
  }

  // MARK: RTCP, receiver's end

  func queueFeedback(_ message: FeedbackMessage, now: SimTime) {
    // RFC 4585 section 3.5.2: a message is merged with one that still waits and that it repeats or
    // says more than.
    if let place = receiver.waitingFeedback.firstIndex(where: { message.replaces($0.message) }) {
      receiver.waitingFeedback[place].message = message
      recorder.feedbackRenewed(receiver.waitingFeedback[place].request, message)
      return
    }
    let request = recorder.feedbackReady(message, now: now)
    receiver.waitingFeedback.append((message, request))
    tellReceiverScheduler(
      isUrgent(message) ? .urgentFeedbackReady(request) : .feedbackReady(request), now: now)
  }

  private func isUrgent(_ message: FeedbackMessage) -> Bool {
    guard case .negativeAcknowledgement = message else { return false }
    return scenario.rtcp.sendsNACKAtOnce && scenario.rtcp.profile == .avpf
  }

  func receiverReportDue(now: SimTime) {
    tellReceiverScheduler(.deadline, now: now)
  }

  private func tellReceiverScheduler(_ input: AVPFScheduler.Input, now: SimTime) {
    var actions: [AVPFScheduler.Action] = []
    swap(&actions, &schedulerActions)
    receiver.rtcp.handle(input, now: now, into: &actions)
    for action in actions {
      switch action {
      case .send(let kind): sendReceiverReport(kind, now: now)
      case .discard(let request): dropFeedback(request, now: now)
      }
    }
    actions.removeAll(keepingCapacity: true)
    swap(&actions, &schedulerActions)
    followReceiverReportTimer()
  }

  func followReceiverReportTimer() {
    if let token = receiver.rtcpTimer.follow(receiver.rtcp.nextDeadline) {
      queue.schedule(.receiverReportDue(token), at: receiver.rtcp.nextDeadline)
    }
  }

  private func sendReceiverReport(_ kind: AVPFScheduler.PacketKind, now: SimTime) {
    let slot = pool.allocate()
    // RFC 5506: feedback ahead of a report may go alone.
    let hasReport = kind == .regular || !scenario.rtcp.isReducedSize
    renewRequests()
    dropExcessFeedback(now: now)
    let count = composer.writeReceiverPacket(
      hasReport ? receiver.makeBlocks(now: now) : nil, feedback: receiver.waitingFeedback,
      damaged: damagedMacroblocks(of:), into: pool.storage(of: slot))
    pool.setCount(count, of: slot)
    compounds += 1
    let octets = wireSize.octets(rtcp: count)
    recorder.totals.rtcpOctets += octets
    let isScripted = isScriptedLoss(receiver.waitingFeedback)
    let outcome = reverse.send(octets: octets, at: now, losing: isScripted)
    capture?.rtcpSent(
      pool.octets(of: slot), byReceiver: true, outcome, isScripted: isScripted, now: now)
    for (_, request) in receiver.waitingFeedback {
      recorder.requests[request].sent = now
      recorder.requests[request].octets = count
      if case .delivered = outcome {
        carriedRequests.append((compounds, request))
        // A copy is a packet of its own, with the same requests.
        if reverse.copyArrives != nil { carriedRequests.append((-compounds, request)) }
      } else {
        recorder.requests[request].isLost = true
      }
    }
    let sent = receiver.waitingFeedback
    receiver.waitingFeedback.removeAll(keepingCapacity: true)
    if case .delivered(let arrival) = outcome {
      let delay = scenario.encoderControl.feedbackDelay
      queue.schedule(.feedbackArrives(slot, compound: compounds), at: arrival + delay)
      if let time = reverse.copyArrives {
        let copy = pool.allocate(copying: pool.octets(of: slot))
        queue.schedule(.feedbackArrives(copy, compound: -compounds), at: time + delay)
      }
    } else {
      pool.release(slot)
    }
    receiver.rtcp.handle(.sent(octets: octets), now: now, into: &schedulerActions)
    for (message, _) in sent { tellRequester(of: message, asSent: true, now: now) }
  }

  private func tellRequester(of message: FeedbackMessage, asSent isSent: Bool, now: SimTime) {
    guard case .negativeAcknowledgement(let request) = message else { return }
    if isSent {
      receiver.playout.requestSent(now: now)
      followScreen(now: now)
    }
    askRequester(isSent ? .sent(request) : .dropped(request), now: now)
  }

  /// RTCP's rules do not let a message go; whoever wanted it says it again.
  private func dropFeedback(_ request: RequestIdentifier, now: SimTime) {
    guard let place = receiver.waitingFeedback.firstIndex(where: { $0.request == request }) else {
      return
    }
    let (message, _) = receiver.waitingFeedback.remove(at: place)
    recorder.requests[request].isLost = true
    tellRequester(of: message, asSent: false, now: now)
  }

  /// Counts the messages of a packet by kind; whether the script loses one of them.
  private func isScriptedLoss(
    _ feedback: [(message: FeedbackMessage, request: RequestIdentifier)]
  ) -> Bool {
    let script = scenario.media.scriptedFeedbackLosses
    guard !script.isEmpty else { return false }
    var loses = false
    for (message, _) in feedback {
      let number = sentByKind[message.kind, default: 0]
      loses = loses || script.contains(.init(message: message.kind, number: number))
      sentByKind[message.kind] = number + 1
    }
    return loses
  }

  /// What does not fit into one packet is dropped.
  private func dropExcessFeedback(now: SimTime) {
    while receiver.waitingFeedback.count > RTCPComposer.maximumMessages {
      dropFeedback(receiver.waitingFeedback.last!.request, now: now)
    }
  }

  // MARK: RTCP, sender's end

  func feedbackArrives(_ slot: PacketHandle, compound: Int, now: SimTime) throws {
    let octets = pool.octets(of: slot)
    sender.rtcp.handle(
      .received(octets: wireSize.octets(rtcp: octets.count)), now: now, into: &schedulerActions)
    var packets = RTCPCompound(ByteReader(octets))
    while let packet = try packets.next() {
      if case .genericNegativeAcknowledgement(let message) = packet {
        for entry in message.entries {
          try retransmit(entry, id: takeCarried(by: compound), now: now)
        }
      } else if let asked = request(in: packet) {
        ask(asked, id: takeCarried(by: compound), now: now)
      }
    }
    pool.release(slot)
  }

  /// The messages of a compound are carried in the order in which they were written.
  private func takeCarried(by compound: Int) -> RequestIdentifier {
    let place = carriedRequests.firstIndex { $0.compound == compound }!
    return carriedRequests.remove(at: place).request
  }

  /// A request has reached the encoder's control, by whichever road.
  private func ask(_ request: EncoderControl.Request, id: RequestIdentifier, now: SimTime) {
    let verdict = sender.control.handle(request, id: id, now: now)
    recorder.requests.received(
      id, verdict: verdict, guardEnd: sender.control.guardEnd, now: now)
  }

  /// What a feedback packet asks of the encoder; nil for reports and descriptions.
  private func request(in packet: RTCPPacket) -> EncoderControl.Request? {
    let newest = sender.nextPicture - 1
    switch packet {
    case .pictureLossIndication:
      return .keyFrame
    case .fullIntraRequest(let message):
      return message.entries.first { $0.mediaSource == identity.senderSource }
        .map { .fullIntra(command: $0.sequenceNumber) }
    case .sliceLossIndication(let message):
      // The entries are in order, the newest picture's last: each is taken for the latest picture
      // that is not after the one behind it.
      var (oldest, newestDamaged) = (newest, newest)
      for (index, entry) in message.entries.enumerated().reversed() {
        oldest = PictureID.counter(sliceLossBits: entry.pictureID, notAfter: oldest)
        if index == message.entries.count - 1 { newestDamaged = oldest }
      }
      return .damaged(oldest: oldest, newest: newestDamaged)
    case .referencePictureSelectionIndication(let message):
      return message.pictureID.map { .reference($0.counter(notAfter: newest)) }
    default:
      return nil
    }
  }

  func senderReportDue(now: SimTime) {
    sender.rtcp.handle(.deadline, now: now, into: &schedulerActions)
    while let action = schedulerActions.popLast() {
      if case .send = action { sendSenderReport(now: now) }
    }
    followSenderReportTimer()
  }

  func followSenderReportTimer() {
    if let token = sender.rtcpTimer.follow(sender.rtcp.nextDeadline) {
      queue.schedule(.senderReportDue(token), at: sender.rtcp.nextDeadline)
    }
  }

  private func sendSenderReport(now: SimTime) {
    let slot = pool.allocate()
    let count = composer.writeSenderPacket(
      sender.statistics, retransmissions: sender.retransmissionStatistics, now: now,
      into: pool.storage(of: slot))
    pool.setCount(count, of: slot)
    let octets = wireSize.octets(rtcp: count)
    recorder.totals.rtcpOctets += octets
    let outcome = forward.send(octets: octets, at: now, sparing: isSpared)
    capture?.rtcpSent(pool.octets(of: slot), byReceiver: false, outcome, now: now)
    if case .delivered(let arrival) = outcome {
      queue.schedule(.senderReportArrives(slot), at: arrival)
    } else {
      pool.release(slot)
    }
    sender.rtcp.handle(.sent(octets: octets), now: now, into: &schedulerActions)
  }

  func senderReportArrives(_ slot: PacketHandle, now: SimTime) throws {
    let octets = pool.octets(of: slot)
    receiver.rtcp.handle(
      .received(octets: wireSize.octets(rtcp: octets.count)), now: now, into: &schedulerActions)
    var packets = RTCPCompound(ByteReader(octets))
    while let packet = try packets.next() {
      guard case .senderReport(let report) = packet else { continue }
      receiver.senderReportArrived(report, now: now)
    }
    pool.release(slot)
  }

  // MARK: SIP

  func tellSignalling(_ input: SignallingPath.Input, now: SimTime) {
    var actions: [SignallingPath.Action] = []
    swap(&actions, &signallingActions)
    signalling!.handle(input, now: now, into: &actions)
    if segmentWatch != nil { watchSegments(now: now) }
    capture?.signalling(&signalling!.observations, now: now)
    for action in actions {
      switch action {
      case .schedule(let event, let time): queue.schedule(.signalling(event), at: time)
      case .requestSent(let request): recorder.infoSent(request: request, now: now)
      case .requestReceived(let request):
        ask(.fastUpdate, id: recorder.identifier(ofInfo: request), now: now)
      case .requestRefused(let request, _): recorder.infoRefused(request: request, now: now)
      case .requestLost(let request): recorder.infoLost(request: request)
      case .requestFinished: break  // the record of the last hop tells it
      case .hopDelivered(let record): recorder.hopDelivered(record)
      }
    }
    actions.removeAll(keepingCapacity: true)
    swap(&actions, &signallingActions)
  }

  /// What keeping the media sender reachable costs its radio: a keep-alive at each interval, or what
  /// pushes woke it for; nil where it does not sleep.
  var radioWakeUpsPerHour: Double? {
    guard let signalling, let mobile = scenario.signalling.mobile else { return nil }
    let hour = 3_600.0
    guard let interval = mobile.keepAlive else {
      return Double(signalling.wakeUps) * hour / scenario.duration.inSeconds
    }
    return hour / interval.inSeconds
  }
}
