import SimulationKernel

extension ReceiverSettings {
  /// A receiver's rules as an endpoint has them.
  ///
  /// - Parameter usesFeedback: whether RTCP feedback is negotiated (AVPF), on which some depend.
  public init(_ profile: EndpointProfile, usesFeedback: Bool) {
    self.init()
    self.profile = profile
    switch profile {
    case .linphone:
      // Its jitter buffer has 60 ms to begin with and 40 at the least, and hands packets to the decoder
      // with the next tick of 10 ms.
      playout = .adaptive
      playoutDelay = .milliseconds(70)
      minimumPlayoutDelay = .milliseconds(50)
      maximumPlayoutDelay = .milliseconds(510)
      noticing = .playout
      gapTakesNextFrame = true
      repetition = .frame
      repairRule = usesFeedback ? .referenceFrame : .keyFrame
      framesUntilPictureLoss = 60
      startRequest = .firAndPli
    case .webrtc:
      repeatInterval = .milliseconds(200)
      // No least delay but that of rendering; up to 10 s; what is late is decoded as soon as it can be.
      playout = .adaptive
      minimumPlayoutDelay = .milliseconds(10)
      maximumPlayoutDelay = .seconds(10)
      lateFrames = .wait
    case .rfc7741: break
    case .pjsip:
      // PJSUA_VID_REQ_KEYFRAME_INTERVAL, for PLI and INFO alike.
      minimumRequestInterval = .seconds(3)
      repeatInterval = .seconds(3)
    case .freeswitch:
      minimumRequestInterval = .milliseconds(500)
      repeatInterval = .milliseconds(500)
    case .gstreamer:
      // rtpjitterbuffer's latency, after which it drops packets.
      playoutDelay = .milliseconds(200)
      lateFrames = .drop
      // The decoder asks for a key unit with each frame that it cannot decode.
      repetition = .frame
    }
  }
}

extension RTCPSettings {
  /// When a receiving endpoint's feedback leaves.
  public init(_ profile: EndpointProfile) {
    self.init()
    switch profile {
    case .linphone:
      earlyFeedback = .once
      // The ticker serves RTCP every 10 ms. With this TOOL a packet of feedback has 152 octets, and
      // T_rr is such that feedback waits for as long as was measured.
      timerGranularity = .milliseconds(10)
      tool = "Linphone (mediastreamer2 and oRTP 5.1)"
      trrInterval = .seconds(5)
      // It drops nothing.
      maximumFeedbackDelay = .seconds(60)
    case .webrtc:
      earlyFeedback = .immediate
      isReducedSize = true
    case .pjsip, .freeswitch: earlyFeedback = .immediate
    case .rfc7741, .gstreamer: break
    }
  }
}
