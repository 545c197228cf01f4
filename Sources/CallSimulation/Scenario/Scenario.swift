import MediaSession
import NetworkModels
import Signalling
import SimulationKernel
import VP8Codec

/// All that decides the course of one call. The same scenario gives the same bytes.
public struct Scenario: Sendable, Equatable {
  public var name = "call"
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

  /// The most frames between the camera and the screen at one time: while they travel, queue, and
  /// wait for their playout, with half a second to spare for a slow bottleneck.
  func framesUnderWay(frameRate: FrameRate) -> Int {
    let queue = media.forward.rate == nil ? SimDuration.zero : media.forward.queueLimit
    var latency = media.forward.oneWayDelay + queue + receiver.playoutDelay + .milliseconds(500)
    // Behind a picture that waits for a retransmission the others wait too.
    if mechanism.usesRetransmission { latency = latency + retransmission.giveUpAge }
    return frameRate.frameCount(within: latency) + 8
  }
}
