import MediaSession
import NetworkModels
import Signalling
import SimulationKernel
import VP8Codec

/// All that decides the course of one call. The same scenario gives the same bytes.
public struct Scenario: Sendable, Equatable {
  public var name = "call"
  /// A plan's name for what the settings stand for.
  public var situation: String?
  public var seed: UInt64 = 1
  /// How long frames are captured; the call ends then.
  public var duration = SimDuration.seconds(20)
  public var video = VideoSettings()
  public var codec = VP8EncoderSettings()
  public var mechanism = Mechanism.pli
  public var media = MediaPathSettings()
  public var receiver = ReceiverSettings()
  public var encoderControl = EncoderControlSettings()
  public var rtp = RTPSettings()
  public var retransmission = RetransmissionSettings()
  public var rtcp = RTCPSettings()
  public var signalling = SignallingSettings()

  public init() {}
}

extension Scenario {
  /// The bandwidth from which RTCP's share derives (RFC 3550 section 6.2).
  var sessionBandwidth: Bitrate {
    rtcp.sessionBandwidth ?? .kilobitsPerSecond(Int64(codec.targetBitrate))
  }

  var roundTrip: SimDuration {
    media.effectiveForward.oneWayDelay + media.effectiveReverse.oneWayDelay
  }

  /// The sender's rules, with the guard as long as the round trips ask for.
  public var effectiveEncoderControl: EncoderControlSettings {
    var settings = encoderControl
    settings.minimumKeyFrameInterval = max(
      settings.minimumKeyFrameInterval, roundTrip * Int64(settings.guardRoundTrips))
    return settings
  }

  /// What ends the receiver's wait for a repair.
  var repairRule: ReferenceTracker.RepairRule {
    switch receiver.repairRule {
    case .keyFrame: .keyFrame
    case .referenceFrame: .referenceFrame
    case .mechanism: mechanism.repairsByReference ? .intactReferences : .keyFrame
    }
  }

  /// How long the sender keeps packets; 1 s, or 3 round trips where that is longer, is libwebrtc's.
  var retransmissionHistoryAge: SimDuration {
    retransmission.historyAge ?? max(.seconds(1), roundTrip * 3)
  }

  /// How long the receiver waits for a missing packet.
  var retransmissionGiveUpAge: SimDuration {
    retransmission.giveUpAge ?? retransmissionHistoryAge
  }

  /// How many pictures back an SLI names one for certain: of the 64 that six bits tell apart, those
  /// are gone that may be sent while the report waits for RTCP and is on its way.
  func nameableDistance(frameRate: FrameRate) -> Int64 {
    let underWay = frameRate.frameCount(
      within: roundTrip + rtcp.maximumFeedbackDelay + encoderControl.feedbackDelay)
    return Int64(max(0, 63 - underWay))
  }

  /// The longest from a frame's capture to its packet's arrival: it is encoded, waits in the queue,
  /// passes the bottleneck and travels.
  var longestTransit: SimDuration {
    encoderControl.encodingTime.upperBound
      + media.effectiveForward.longestTransit(octets: WireSize(self).octets(rtp: Call.slotSize))
  }

  /// The longest from a frame's capture to its playout, nothing sent again.
  var longestLatency: SimDuration {
    let latency = longestTransit + receiver.longestPlayoutDelay
    // A line through all that came errs by less than twice what delays have differed by: the weights of a
    // least-squares prediction at the end of its data add up to 5/3.
    return receiver.playout == .leastSquares ? latency + longestTransit * 2 : latency
  }

  /// Whether the receiver's buffer hands packets on in their order, so that one which was overtaken is
  /// missing only when its frame is due (oRTP). Where nothing is overtaken it makes no difference.
  var sortsUntilDue: Bool {
    receiver.playout == .leastSquares && receiver.reorderingTolerance == .zero
      && receiver.effectiveLateFrames != .wait && media.effectiveForward.delay.reorders
  }

  /// The most frames between the camera and the screen at one time: while they travel, wait for
  /// their playout, and wait behind one of which a packet is sent again.
  func framesUnderWay(frameRate: FrameRate) -> Int {
    var latency = longestLatency + receiver.reorderingTolerance
    if mechanism.usesRetransmission { latency = latency + retransmissionGiveUpAge }
    let waiting = receiver.stopsAtDrop ? DecoderQueue.capacity : 0
    return frameRate.frameCount(within: latency) + waiting + 8
  }

  /// How far back a frame can be that is shown yet, counted from the newest captured one.
  ///
  /// The depacketizer still knows a lost packet's frame if it is within `framesUnderWay` of the
  /// frame that arrives when the loss is noticed. Since that one was captured its transit has
  /// passed, and the time to give up passes before the last retransmission is there.
  func framesWithinReach(frameRate: FrameRate) -> Int {
    let frames = framesUnderWay(frameRate: frameRate)
    guard mechanism.usesRetransmission else { return frames }
    let since = longestTransit + retransmissionGiveUpAge
    return frames + frameRate.frameCount(within: since) + 1
  }
}
