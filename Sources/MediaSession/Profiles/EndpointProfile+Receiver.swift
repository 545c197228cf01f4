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
      // Its jitter buffer comes down to 40 ms where nothing jitters, and hands packets to the decoder
      // with the next tick of 10 ms.
      playoutDelay = .milliseconds(50)
      noticing = .playout
      gapTakesNextFrame = true
      repetition = .frame
      repairRule = usesFeedback ? .referenceFrame : .keyFrame
      framesUntilPictureLoss = 60
      startRequest = .firAndPli
    case .webrtc:
      repeatInterval = .milliseconds(200)
    case .rfc7741: break
    case .pjsip:
      // PJSUA_VID_REQ_KEYFRAME_INTERVAL, for PLI and INFO alike.
      minimumRequestInterval = .seconds(3)
      repeatInterval = .seconds(3)
    case .freeswitch:
      minimumRequestInterval = .milliseconds(500)
      repeatInterval = .milliseconds(500)
    case .gstreamer:
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
