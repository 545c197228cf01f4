import SimulationKernel
import WireFormats

/// The receiving endpoint's rules.
public struct ReceiverSettings: Hashable, Sendable {
  /// Whose rules these are, save what was set singly; nil: nobody's.
  public var profile: EndpointProfile?
  public var playout = PlayoutMode.fixed
  /// Playout delay after the first packet's arrival; of an adaptive buffer until it has an estimate.
  /// 60 ms is Linphone's nominal jitter buffer.
  public var playoutDelay = SimDuration.milliseconds(60)
  /// Of an adaptive buffer, beyond the fastest transit. 40 and 500 ms are Linphone's.
  public var minimumPlayoutDelay = SimDuration.milliseconds(40)
  public var maximumPlayoutDelay = SimDuration.milliseconds(500)
  /// nil: `drop` where the buffer is adaptive, `dropGaps` where it goes by least squares.
  public var lateFrames: LateFrames?
  /// Of a buffer by least squares: packets are read, and frames handed on, so often. 10 ms is
  /// mediastreamer2's.
  public var tickerInterval = SimDuration.milliseconds(10)
  /// Of a buffer by least squares: reading begins so long after the first packet has come.
  public var startLag = SimDuration.zero
  /// A gap counts as a loss so long after a packet from behind it has come.
  public var reorderingTolerance = SimDuration.zero
  /// RTCP only: while the picture waits for repair, ask again this long after the last request.
  /// 200 ms is libwebrtc's while it waits for a key frame.
  public var repeatInterval = SimDuration.milliseconds(200)
  /// RTCP only: the least time between two requests, whatever they are about.
  public var minimumRequestInterval = SimDuration.zero
  public var repetition = FeedbackRepetition.interval
  public var noticing = DamageNoticing.arrival
  /// What is shown meanwhile.
  public var damage = DamagePolicy.freeze
  /// Whether a gap in front of a whole frame is taken for one in it, so that the frame is dropped
  /// too; not where packets are sent again.
  public var gapTakesNextFrame = false
  public var repairRule = RepairRule.mechanism
  /// Whether the decoder stops at a frame that it drops, and goes on when the next packets come
  /// (mediastreamer2's thread). See `DecoderQueue`.
  public var stopsAtDrop = false
  /// With `FeedbackRepetition.frame`: after so many dropped pictures a PLI goes instead; nil: never.
  public var framesUntilPictureLoss: Int?
  public var startRequest = StartRequest.mechanism

  public init() {}

  /// What holds for late frames where nothing is set.
  public var effectiveLateFrames: LateFrames {
    if let lateFrames { return lateFrames }
    switch playout {
    case .fixed: return .wait
    case .adaptive: return .drop
    case .leastSquares: return .dropGaps
    }
  }

  public var dropsLateFrames: Bool { effectiveLateFrames == .drop }

  /// The longest that a frame waits for its playout.
  public var longestPlayoutDelay: SimDuration {
    switch playout {
    case .fixed: playoutDelay
    case .adaptive: max(playoutDelay, maximumPlayoutDelay)
    // Two ticks: one that reads the packet, one by which the line is short while delays stay as they are.
    case .leastSquares:
      max(playoutDelay, maximumPlayoutDelay) + startLag + tickerInterval * 2
    }
  }
}

/// The sending endpoint's rules.
public struct EncoderControlSettings: Hashable, Sendable {
  /// Whose rules these are, save what was set singly; nil: nobody's.
  public var profile: EndpointProfile?
  public var keyFrameRequest = KeyFrameRequestRule.keyFrame
  /// The guard: key-frame requests within this time after a key frame, or after the last request that
  /// was let through, wait or are dropped. 300 ms is libwebrtc's.
  public var minimumKeyFrameInterval = SimDuration.milliseconds(300)
  public var guardOrigin = GuardOrigin.keyFrame
  /// The guard lasts so many round trips at least.
  public var guardRoundTrips = 0
  /// Within so many frames after golden and altref were last written, by a key frame or a renewal,
  /// PLI and FIR are under guard too; 0: never.
  public var minimumReferenceDistance: Int64 = 0
  public var guardedRequests = GuardedRequests.drop
  /// Whether SIP INFO is under guard as PLI and FIR are.
  public var limitsFastUpdates = true
  /// A key frame this often, where there are periodic ones. 10 s is Linphone's without AVPF.
  public var periodicKeyFrameInterval = SimDuration.seconds(10)
  public var periodicKeyFrames = PeriodicKeyFrames.unasked
  /// Key frames at these times after the first one, in order.
  public var startKeyFrames: [SimDuration] = []
  /// Golden or altref is refreshed this often. 3 s is Linphone's.
  public var referenceInterval = SimDuration.seconds(3)
  public var refresh = ReferenceRefresh.references
  public var firstRenewed = FirstRenewed.altref
  public var unacknowledgedRefresh = UnacknowledgedRefresh.renew
  /// Whether golden and altref count as established, until damage is reported, where the mechanism
  /// has no acknowledgements.
  public var trustsSilence = true
  public var repairReferences = RepairReferences.newest
  public var staleReports = StaleReports.repair
  /// Whether golden and altref are renewed without `last` after a repair, and an acknowledgement of
  /// one that follows from `last` counts only where no damage was reported within the reference
  /// interval before it (Linphone).
  public var doubtsDependentReferences = false
  /// After so many renewals the next one of altref is predicted from nothing; nil: never.
  public var independentRefresh: Int?
  /// Whether the N bit (RFC 7741 section 4.2) is set on frames that write neither golden nor altref
  /// and repair nothing, though others may refer to them.
  public var marksNonReference = false
  /// A frame leaves so long after its capture, evenly distributed, drawn for each; at most half the
  /// time to the next one.
  public var encodingTime = SimDuration.zero ... .zero
  /// RTCP feedback reaches the encoder's control so long after it has arrived.
  public var feedbackDelay = SimDuration.zero
  /// Largest RTP payload (descriptor included), in octets.
  public var maximumPayload = 1200

  public init() {}
}

/// Retransmission (generic NACK and RFC 4588): the receiver's requests and the sender's history.
public struct RetransmissionSettings: Hashable, Sendable {
  /// A packet found missing this long ago is given up; nil: as long as the sender keeps packets.
  public var giveUpAge: SimDuration?
  /// Requests for one packet. 100 is libwebrtc's; the age ends most before.
  public var maximumRequests = 100
  /// Packets asked for at one time. 1000 is libwebrtc's.
  public var maximumOutstanding = 1_000
  /// The sender keeps packets this long; nil: 1 s, and 3 round trips at least, as libwebrtc does.
  public var historyAge: SimDuration?
  /// Packets that the sender keeps at the most.
  public var historyCapacity = 1_024

  public init() {}
}

/// How frames become RTP packets (RFC 7741).
public struct RTPSettings: Hashable, Sendable {
  public var packetization = VP8Packetization.fill
  /// nil: the descriptor has no PictureID, and feedback cannot name pictures.
  public var pictureIDWidth: PictureID.Width? = .fifteenBits
  /// Counts what SRTP adds to each packet (RFC 3711 with HMAC-SHA1-80): 10 octets to RTP, 14 to RTCP
  /// (its index and E flag besides).
  public var usesSRTP = false

  public init() {}
}
