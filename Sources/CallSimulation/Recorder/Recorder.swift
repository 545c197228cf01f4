import MediaSession
import Results
import Signalling
import SimulationKernel
import WireFormats

/// Notes what happens in a call, for the records that are written after it.
struct Recorder {
  var requests = RequestLog()
  var frames: FrameLog
  var episodes = EpisodeTracker()
  var freezes = FreezeDetector()
  var totals = CallTotals()
  private(set) var mediaRate: MediaRateMeter
  var hops: [SignallingHopRecord] = []
  /// SIP: the log's identifier of each request, by its number on the signalling path.
  private var sipRequests: [RequestIdentifier] = []
  /// Gaps that the receiver has noticed, in order: when, and the newest picture each hit.
  private(set) var notices: [(time: SimTime, picture: PictureNumber)] = []
  /// When the receiver gave lost packets up, in order.
  private(set) var givenUp: [SimTime] = []
  /// At the call's end: whether the receiver knows of damage that nothing has repaired.
  var isRepairWanted = false

  init(firstPicture: PictureNumber, frameCapacity: Int) {
    frames = FrameLog(firstPicture: firstPicture, capacity: frameCapacity)
    // A frame rate below ten a second is rare, and then the meter grows a few times.
    mediaRate = MediaRateMeter(capacity: frameCapacity)
  }

  // MARK: Media

  mutating func packetSent(frame index: Int, octets: Int, now: SimTime, lostAt: SimTime?) {
    totals.mediaPackets += 1
    mediaSent(octets: octets, now: now)
    frames[index].packets += 1
    guard let lostAt else { return }
    totals.mediaPacketsLost += 1
    frames[index].packetsLost += 1
    episodes.packetLost(frames[index].picture!, at: lostAt)
  }

  mutating func packetSentAgain(octets: Int, now: SimTime) {
    totals.retransmittedPackets += 1
    mediaSent(octets: octets, now: now)
  }

  private mutating func mediaSent(octets: Int, now: SimTime) {
    totals.mediaOctets += octets
    mediaRate.sent(octets: octets, now: now)
  }

  /// A frame has not come in time, and counts as lost.
  mutating func frameLate(_ picture: PictureNumber, now: SimTime) {
    let index = frames.index(of: picture)
    guard !frames[index].isLate else { return }
    frames[index].isLate = true
    totals.framesLate += 1
    // Where a packet of it was lost, the damage is known already.
    if frames[index].packetsLost == 0 { episodes.packetLost(picture, at: now) }
  }

  /// The receiver has noticed a gap that hit this picture.
  mutating func gapNoticed(_ picture: PictureNumber, now: SimTime) {
    notices.append((now, picture))
    damageNoticed(now: now)
  }

  /// What the receiver misses will not come any more.
  mutating func lossGivenUp(now: SimTime) {
    givenUp.append(now)
  }

  /// The receiver knows that its picture is damaged.
  mutating func damageNoticed(now: SimTime) {
    episodes.damageNoticed(now: now)
  }

  /// What the decoder reported of a picture.
  mutating func decoded(
    _ picture: PictureNumber, used: VP8References, updated: VP8References
  ) {
    let index = frames.index(of: picture)
    frames[index].used = used
    frames[index].updated = updated
  }

  mutating func displayed(
    _ picture: PictureNumber, isExact: Bool, isBelieved: Bool, now: SimTime
  ) {
    frames[frames.index(of: picture)].displayed = now
    freezes.displayed(now: now)
    episodes.displayed(picture, isExact: isExact, isBelieved: isBelieved, now: now)
  }

  // MARK: Requests

  /// An RTCP message is ready for the scheduler.
  mutating func feedbackReady(_ message: FeedbackMessage, now: SimTime) -> RequestIdentifier {
    switch message {
    case .pictureLoss: requests.add(RequestEntry(kind: .pli, ready: now))
    case .fullIntraRequest: requests.add(RequestEntry(kind: .fir, ready: now))
    case .negativeAcknowledgement: requests.add(RequestEntry(kind: .nack, ready: now))
    case .sliceLoss(_, let picture):
      requests.add(RequestEntry(kind: .sli, picture: picture, ready: now))
    case .referencePictureSelection(let picture):
      requests.add(RequestEntry(kind: .rpsi, picture: picture, ready: now))
    }
  }

  /// A message that waits says something newer now.
  mutating func feedbackRenewed(_ id: RequestIdentifier, _ message: FeedbackMessage) {
    if case .sliceLoss(_, let newest) = message { requests[id].picture = newest }
  }

  /// A SIP INFO leaves the receiver's user agent.
  mutating func infoSent(request number: Int, now: SimTime) {
    precondition(number == sipRequests.count, "SIP requests are numbered in order")
    // When it was wanted, `InfoTimeline` finds out after the call.
    var entry = RequestEntry(kind: .info, ready: now)
    entry.sent = now
    sipRequests.append(requests.add(entry))
  }

  /// The sender's user agent has answered an INFO by 481 or 491.
  mutating func infoRefused(request number: Int, now: SimTime) {
    requests[identifier(ofInfo: number)].received = now
    requests[identifier(ofInfo: number)].isRefused = true
  }

  /// An INFO is lost for good: with its connection, or broken by a router.
  mutating func infoLost(request number: Int) {
    requests[identifier(ofInfo: number)].isLost = true
  }

  /// The log's identifier of a SIP request.
  func identifier(ofInfo number: Int) -> RequestIdentifier { sipRequests[number] }

  /// A SIP message has crossed a hop.
  mutating func hopDelivered(_ record: SignallingHopRecord) {
    hops.append(record)
  }
}
