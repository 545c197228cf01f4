import SimulationKernel

/// The conditions of one simulated call: the columns by which results are grouped.
public struct CallConditions: Hashable, Sendable {
  /// Position in the plan, from 0; the same for every `--jobs`.
  public var run: Int
  /// The plan's group this call belongs to ("rtt", "proxies", ...; "run" for a single call).
  public var group: String
  /// `none`, `sip-info`, `pli`, `sli`, `rpsi`, `sli+rpsi`, `nack`, `nack+pli`, `fir`, `sip-info+pli`.
  public var mechanism: String
  /// Round-trip time of the direct path, which media takes unless it is relayed.
  public var roundTrip: SimDuration
  /// Long-run packet loss of the direct path from the sender to the receiver, 0...1.
  public var lossRate: Double
  /// Mean length of a loss burst; nil where losses are independent.
  public var meanBurst: SimDuration?
  /// Round-trip time and loss of the path through a relay that media takes; nil where it is direct.
  public var relayRoundTrip: SimDuration?
  public var relayLossRate: Double?
  /// SIP proxies on the signalling path; nil where the mechanism sends no SIP.
  public var proxies: Int?
  /// `udp`, `tcp`, `tls1.2`, `tls1.3`; nil where the mechanism sends no SIP.
  public var transport: String?
  /// `on-path`, `detour`: where proxies stand; nil where unsaid or without SIP.
  public var placement: String?
  /// `warm`, `cold`, `half-dead`: how SIP's connections stand; nil where unsaid, over UDP, and
  /// without SIP.
  public var connection: String?
  /// Minimum interval between INFO requests; nil where the mechanism sends no SIP.
  public var requestInterval: SimDuration?
  /// `linphone`, `pjsip`, `freeswitch`: whose rules INFO requests follow, save what was set singly;
  /// nil where nobody's, or without SIP.
  public var policy: String?
  /// `until-repaired`, `once`; nil where unsaid or without SIP.
  public var repetition: String?
  /// `one`, `any`: INFO requests that may be without a final response; nil likewise.
  public var outstanding: String?
  /// What is on screen: `talking-head`, `screen-share`, `sports` or the clip's file name.
  public var source: String
  /// The plan's name for what the call's settings stand for; nil where it has none.
  public var situation: String?
  public var seed: UInt64

  public init(
    run: Int, group: String, mechanism: String, roundTrip: SimDuration, lossRate: Double,
    meanBurst: SimDuration?, relayRoundTrip: SimDuration? = nil, relayLossRate: Double? = nil,
    proxies: Int?, transport: String?, placement: String? = nil, connection: String? = nil,
    requestInterval: SimDuration?, policy: String? = nil, repetition: String? = nil,
    outstanding: String? = nil, source: String, situation: String? = nil, seed: UInt64
  ) {
    self.run = run
    self.group = group
    self.mechanism = mechanism
    self.roundTrip = roundTrip
    self.lossRate = lossRate
    self.meanBurst = meanBurst
    self.relayRoundTrip = relayRoundTrip
    self.relayLossRate = relayLossRate
    self.proxies = proxies
    self.transport = transport
    self.placement = placement
    self.connection = connection
    self.requestInterval = requestInterval
    self.policy = policy
    self.repetition = repetition
    self.outstanding = outstanding
    self.source = source
    self.situation = situation
    self.seed = seed
  }
}

/// One damage episode: from the first lost packet to the first exact picture that stays exact.
public struct EpisodeRecord: Sendable, Equatable {
  /// Position within the call, from 0.
  public var episode: Int
  /// The frame whose packet was lost first.
  public var firstDamagedFrame: Int
  /// Lost packets and damaged frames from beginning to end, those of merged episodes included.
  public var lostPackets: Int
  public var damagedFrames: Int
  /// When the first packet was lost.
  public var lost: SimTime
  /// When the receiver noticed the first loss.
  public var noticed: SimTime?
  /// The chain of the request that brought the repair; nil where a step did not happen.
  public var feedbackReady: SimTime?
  public var feedbackSent: SimTime?
  public var feedbackReceived: SimTime?
  /// Capture time of the repairing frame; where lost packets were sent again, when the last of them
  /// left.
  public var recoveryCaptured: SimTime?
  /// Arrival of the repairing frame's last packet.
  public var recoveryArrived: SimTime?
  /// When a picture equal to the encoder's reconstruction was on screen again; nil if censored.
  public var recovered: SimTime?
  /// True where the call ended before the picture was repaired: `end` is then the call's end.
  public var isCensored: Bool
  /// Recovery, or the call's end.
  public var end: SimTime
  /// The repairing frame, its kind (`key`, `golden`, `altref`, `golden+altref`, `last`, or `retransmission` for a
  /// frame that was completed by packets sent again) and size in octets.
  public var repairFrame: Int?
  public var repairKind: String?
  public var repairOctets: Int?
  /// 0...63, of the repairing frame.
  public var repairQuantizer: Int?
  /// Requests (or feedback messages asking for repair) sent during the episode.
  public var requests: Int
  /// Time during which a picture older than due was on screen.
  public var frozen: SimDuration
  /// Lowest PSNR (luma, against the source) of what was on screen, in dB.
  public var lowestPSNR: Double?
  /// Lowest SSIM (luma) likewise, at most 1.
  public var lowestSSIM: Double?
  /// What the damage cost: the encoder's own PSNR and SSIM above those of what was on screen, summed
  /// over the frames that were due, times a frame's time. dB s, and s.
  public var lostPSNR = 0.0
  public var lostSSIM = 0.0
  /// True where the receiver believed in a repair that the oracle denies.
  public var falseRepair: Bool
  /// Nanoseconds by cause, indexed by `Cause.rawValue`; they add up to `end - lost`.
  public var causes: [SimDuration]

  public init(episode: Int, firstDamagedFrame: Int, lost: SimTime) {
    self.episode = episode
    self.firstDamagedFrame = firstDamagedFrame
    self.lostPackets = 0
    self.damagedFrames = 0
    self.lost = lost
    self.isCensored = true
    self.end = lost
    self.requests = 0
    self.frozen = .zero
    self.falseRepair = false
    self.causes = [SimDuration](repeating: .zero, count: Cause.allCases.count)
  }

  /// From the first lost packet to the repair, or to the call's end where censored.
  public var duration: SimDuration { end - lost }
}

/// One captured frame and what became of it on screen.
public struct FrameRecord: Sendable, Equatable {
  public enum Kind: String, Sendable {
    case key, golden, altref
    case goldenAltref = "golden+altref"
    case last, dropped
  }
  public enum Shown: String, Sendable {
    /// The frame, bit for bit as the encoder reconstructed it.
    case exact
    /// The frame, but not as the encoder reconstructed it (drift the receiver does not see).
    case drifted
    /// An older picture.
    case frozen
    /// Nothing yet: no picture has been decoded.
    case blank
    /// The call ended first.
    case pending
  }
  public var frame: Int
  /// Which references the frame was predicted from as far as the sender's flags say:
  /// `key`, `golden` (golden only), `altref` (altref only), `last` (ordinary), `dropped`.
  public var kind: Kind
  /// Reference buffers, "+"-joined names of last, golden, altref; empty is none.
  public var referencesAllowed: String
  /// As the decoder reported; nil where the frame was not decoded.
  public var referencesUsed: String?
  /// The same for the buffers it replaced.
  public var referencesUpdated: String?
  public var octets: Int
  public var packets: Int
  public var packetsLost: Int
  /// Of a frame that the receiver gave up: the partitions that lack octets or may lack some,
  /// "+"-joined indices with 0 for the first; nil of others.
  public var missingPartitions: String?
  /// Of such a frame: the octets that had arrived when its time to be shown came.
  public var receivedOctets: Int?
  /// 0...63, libvpx's external scale.
  public var quantizer: Int
  /// Luma PSNR in dB of the encoder's reconstruction, of what was on screen against the source,
  /// and of what was on screen against the reconstruction (nil: identical or nothing shown).
  public var encodedPSNR: Double?
  public var shownPSNR: Double?
  /// Over the planes, (6 Y + U + V) / 8; nil likewise.
  public var encodedWeightedPSNR: Double?
  public var shownWeightedPSNR: Double?
  /// Luma SSIM, at most 1; nil where dropped, and where not due.
  public var encodedSSIM: Double?
  public var shownSSIM: Double?
  public var shownAgainstReconstructionPSNR: Double?
  public var captured: SimTime
  public var arrived: SimTime?
  public var displayed: SimTime?
  public var shown: Shown
  /// The frame number of the picture on screen at this frame's playout time.
  public var onScreen: Int?

  public init(frame: Int, captured: SimTime) {
    self.frame = frame
    self.captured = captured
    kind = .dropped
    referencesAllowed = ""
    octets = 0
    packets = 0
    packetsLost = 0
    quantizer = 0
    shown = .pending
  }
}

/// One feedback message on one hop (RTCP: hop 0; SIP: one row a hop and message).
public struct FeedbackRecord: Sendable, Equatable {
  /// Counts the messages of a call from 0; a SIP request and its response keep one number.
  public var message: Int
  /// `pli`, `sli`, `rpsi`, `info`, `200`, `491`.
  public var kind: String
  public var hop: Int
  /// On the wire, RTCP compound or SIP message, without lower layers' headers.
  public var octets: Int
  /// The frame the message speaks of (SLI, RPSI), as a frame number.
  public var frame: Int?
  public var ready: SimTime
  public var sent: SimTime?
  /// nil: lost, or under way at the call's end.
  public var received: SimTime?
  /// What the receiver of the message did: `answered`, `guarded`, `acknowledged`, `ignored`,
  /// `forwarded`, `lost`, `pending`.
  public var outcome: String

  public init(
    message: Int, kind: String, hop: Int, octets: Int, frame: Int?, ready: SimTime,
    sent: SimTime?, received: SimTime?, outcome: String
  ) {
    self.message = message
    self.kind = kind
    self.hop = hop
    self.octets = octets
    self.frame = frame
    self.ready = ready
    self.sent = sent
    self.received = received
    self.outcome = outcome
  }
}

/// A TCP segment with octets on a SIP connection that was lost, or that went again; a row of no file.
public struct SegmentRecord: Sendable, Equatable {
  /// From the receiver's side, from 0.
  public var hop: Int
  /// Whether it left the end nearer to the receiver.
  public var isFromReceiverSide: Bool
  public var sent: SimTime
  /// nil: lost.
  public var arrived: SimTime?
  /// Whether all its octets had been sent before.
  public var isRepeat: Bool

  public init(
    hop: Int, isFromReceiverSide: Bool, sent: SimTime, arrived: SimTime?, isRepeat: Bool
  ) {
    self.hop = hop
    self.isFromReceiverSide = isFromReceiverSide
    self.sent = sent
    self.arrived = arrived
    self.isRepeat = isRepeat
  }
}

/// Totals of a call that do not follow from its episodes.
public struct CallTotals: Sendable, Equatable {
  public var duration = SimDuration.zero
  public var frames = 0
  public var framesDropped = 0
  /// Frames of which something came, or was missing yet, when they were due, and that count as lost.
  public var framesLate = 0
  public var keyFrames = 0
  public var goldenAltrefRecoveryFrames = 0
  public var mediaPackets = 0
  public var mediaPacketsLost = 0
  /// Packets sent again; not among `mediaPackets`.
  public var retransmittedPackets = 0
  /// RTP payload, headers and UDP/IP included, retransmissions too.
  public var mediaOctets = 0
  /// Of all windows of a second that begin every tenth of one: the rate of media, as in `mediaOctets`, that
  /// 99 of 100 keep, and the largest, in bit/s; nil for a call below a second.
  public var usualMediaRate: Int?
  public var peakMediaRate: Int?
  /// Encoded frames alone.
  public var encodedOctets = 0
  public var rtcpOctets = 0
  public var feedbackMessages = 0
  public var feedbackMessagesLost = 0
  /// How often signalling wakes the media sender's radio in an hour; nil where it does not sleep.
  public var radioWakeUpsPerHour: Double?
  /// Gaps in display longer than max(3 * mean, mean + 150 ms) are freezes (libwebrtc's rule).
  public var freezes = 0
  public var freezeTime = SimDuration.zero
  /// The longest time from one new picture on screen to the next, or to the call's end.
  public var largestRenderInterval = SimDuration.zero
  /// Mean over all due frames of the time from capture until they were due on screen.
  public var meanLatency = SimDuration.zero
  /// Time during which the picture on screen was not exact and current.
  public var brokenTime = SimDuration.zero
  /// Of that, time during which the picture on screen was older than due, or there was none.
  public var frozenTime = SimDuration.zero
  /// What an identical picture counts in the means, in dB: libvpx's own bound.
  public static let identicalPSNR = 100.0
  /// Mean over all due frames of the luma PSNR of what was on screen, in dB; black before the first
  /// picture.
  public var meanShownPSNR = 0.0
  /// Mean over all frames of the luma PSNR of the encoder's reconstruction, in dB.
  public var meanEncodedPSNR = 0.0
  /// The same of the planes' weighted PSNR on screen, and of luma SSIM.
  public var meanShownWeightedPSNR = 0.0
  public var meanShownSSIM = 0.0
  public var meanEncodedSSIM = 0.0

  public init() {}
}

/// Everything one simulated call tells.
public struct CallRecords: Sendable, Equatable {
  public var conditions: CallConditions
  public var totals: CallTotals
  public var episodes: [EpisodeRecord]
  public var frames: [FrameRecord]
  public var feedback: [FeedbackRecord]
  /// In the order of time; empty where nobody watched the transport.
  public var segments: [SegmentRecord]

  public init(
    conditions: CallConditions, totals: CallTotals, episodes: [EpisodeRecord],
    frames: [FrameRecord], feedback: [FeedbackRecord], segments: [SegmentRecord] = []
  ) {
    self.conditions = conditions
    self.totals = totals
    self.episodes = episodes
    self.frames = frames
    self.feedback = feedback
    self.segments = segments
  }
}
