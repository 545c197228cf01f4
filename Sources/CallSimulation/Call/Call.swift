import MediaSession
import NetworkModels
import Results
import Signalling
import SimulationKernel
import VP8Codec
import WireFormats

/// One call: the endpoints, the paths between them, and the event queue that drives them.
///
/// The machines do not know each other. They emit actions, and this class, the only place where
/// the parts meet, routes each to the next machine, to a link or into the queue.
final class Call {
  private(set) var scenario: Scenario
  let clip: Clip
  let identity: SessionIdentity
  let composer: RTCPComposer
  let wireSize: WireSize
  let frameCount: Int
  /// Octets of the largest packet: those of an Ethernet packet.
  static let slotSize = 1_500

  var queue = EventQueue<CallEvent>()
  var pool = PacketPool(slotSize: Call.slotSize)
  var sender: MediaSender
  var receiver: MediaReceiver
  var forward: Link
  var reverse: Link
  var signalling: SignallingPath?
  var recorder: Recorder
  var compounds = 0
  /// Of each retransmission, in order, the request it was sent for.
  var retransmissionRequests: [RequestIdentifier] = []
  /// Feedback messages sent so far; counted only where a script loses some.
  var sentByKind: [FeedbackMessage.Kind: Int] = [:]
  /// A call of which the past alone counts so far: nothing of what is sent to the receiver is lost.
  var isSpared = false
  /// What is lost on purpose from the probed frame on.
  var probeLoss: ProbeLoss?
  /// An event that was reached and not yet handled.
  private var held: (time: SimTime, event: CallEvent)?
  // Files that are written beside the records, where they are asked for.
  var capture: CallCapture?
  var sent: SentVideo?
  var shown: ShownVideo?
  var film: ScreenFilm?
  /// What became of SIP's TCP segments, where somebody asks.
  var segmentWatch: SegmentWatch?

  // Buffers for actions, reused so that the loop does not allocate.
  var depacketizerActions: [Depacketizer.Action] = []
  var policyActions: [FeedbackPolicy.Action] = []
  var schedulerActions: [AVPFScheduler.Action] = []
  var requesterActions: [RetransmissionRequester.Action] = []
  var signallingActions: [SignallingPath.Action] = []
  /// Per compound packet under way to the sender, the requests whose messages it carries.
  var carriedRequests: [(compound: Int, request: RequestIdentifier)] = []

  init(_ scenario: Scenario, clip: Clip) throws {
    self.scenario = scenario
    self.clip = clip
    identity = SessionIdentity(seed: scenario.seed)
    composer = RTCPComposer(
      identity: identity, pictureIDWidth: scenario.rtp.pictureIDWidth ?? .fifteenBits,
      macroblocks: ((clip.width + 15) / 16) * ((clip.height + 15) / 16),
      tool: scenario.rtcp.tool.map { ShortOctets($0) })
    wireSize = WireSize(scenario)
    frameCount = clip.frameRate.frameCount(within: scenario.duration)
    sender = try MediaSender(scenario, clip: clip, identity: identity)
    receiver = try MediaReceiver(scenario, clip: clip, identity: identity)
    let seed = scenario.seed
    let (forwardQueue, reverseQueue) = (
      Bottleneck(of: scenario.media.effectiveForward, seed: seed, name: "media.forward"),
      Bottleneck(of: scenario.media.effectiveReverse, seed: seed, name: "media.reverse")
    )
    forward = Link(
      scenario.media.effectiveForward, seed: seed, name: "media.forward", sharing: forwardQueue)
    reverse = Link(
      scenario.media.effectiveReverse, seed: seed, name: "media.reverse", sharing: reverseQueue)
    if scenario.mechanism.usesSIP {
      signalling = SignallingPath(
        scenario,
        accessLinks: scenario.signalling.sharesAccessLinks
          ? AccessLinks(ofReceiver: reverseQueue, ofSender: forwardQueue) : nil)
    }
    recorder = Recorder(firstPicture: identity.firstPicture, frameCapacity: frameCount)
  }

  /// Runs the call to its end.
  ///
  /// - Parameter captured: called with the simulated time whenever a frame is captured.
  func run(captured: ((SimTime) throws -> Void)? = nil) throws {
    begin()
    while let (now, event) = queue.popNext(), now < end {
      if let captured, case .capture = event { try captured(now) }
      try route(event, now: now)
    }
    recorder.freezes.finish(now: end)
    finish(at: end)
    recorder.totals.radioWakeUpsPerHour = radioWakeUpsPerHour
  }

  /// When nothing more is captured.
  var end: SimTime { .zero + scenario.duration }

  func begin() {
    if frameCount > 0 { queue.schedule(.capture(index: 0), at: .zero) }
    if signalling != nil { tellSignalling(.begin, now: .zero) }
    followSenderReportTimer()
    followReceiverReportTimer()
  }

  /// Runs until frame `index` is about to be captured, and returns when that is; nil where the call
  /// is over before.
  func advance(toFrame index: Int) throws -> SimTime? {
    while let (now, event) = nextEvent(), now < end {
      if case .capture(index) = event {
        held = (now, event)
        return now
      }
      try route(event, now: now)
    }
    return nil
  }

  /// Handles events before `end` until `isOver`, asked before each with its time.
  ///
  /// - Returns: where it stopped.
  func advance(to end: SimTime, until isOver: (SimTime) -> Bool) throws -> SimTime {
    while let (now, event) = nextEvent(), now < end {
      guard !isOver(now) else { return now }
      try route(event, now: now)
    }
    return end
  }

  private func nextEvent() -> (time: SimTime, event: CallEvent)? {
    defer { held = nil }
    return held ?? queue.popNext()
  }

  func finish(at time: SimTime) {
    recorder.episodes.advance(to: time)
    recorder.isRepairWanted = receiver.policy.isWaiting
  }

  /// Takes another scenario's place in a call that would have come to the same state by it.
  func become(_ other: Scenario) {
    scenario = other
  }

  /// The one switch: what happens next is decided here and nowhere else.
  private func route(_ event: CallEvent, now: SimTime) throws {
    switch event {
    case .capture(let index): try capture(index, now: now)
    case .encoded(let index): try sendEncoded(index, now: now)
    case .mediaArrives(let packet): try mediaArrives(packet, now: now)
    case .readingDue: try read(now: now)
    case .screenDue(let index): try screenDue(index, now: now)
    case .feedbackArrives(let packet, let compound):
      try feedbackArrives(packet, compound: compound, now: now)
    case .senderReportArrives(let packet): try senderReportArrives(packet, now: now)
    case .senderReportDue(let token):
      guard sender.rtcpTimer.expires(token) else { return }
      senderReportDue(now: now)
    case .receiverReportDue(let token):
      guard receiver.rtcpTimer.expires(token) else { return }
      receiverReportDue(now: now)
    case .askAgainDue(let token):
      guard receiver.policyTimer.expires(token) else { return }
      tellPolicy(.deadline, now: now)
    case .missingPacketsDue(let token):
      guard receiver.requesterTimer.expires(token) else { return }
      try tellRequester(.deadline, now: now)
    case .gapDue(let token):
      guard receiver.reorderingTimer.expires(token) else { return }
      try gapsDue(now: now)
    case .signalling(let event): tellSignalling(.event(event), now: now)
    }
  }
}
