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
      // oRTP's jitter buffer, 60 ms to begin with, 40 to 500 later.
      playout = .leastSquares
      // Fitted: so long has the largest measured time of a notice had the buffer be (LinphoneMeasured).
      startLag = .milliseconds(90)
      noticing = .playout
      gapTakesNextFrame = true
      stopsAtDrop = true
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
      // The ticker serves RTCP every 10 ms. With this TOOL a packet of feedback has 144 octets, and
      // T_rr is such that feedback waits for as long as was measured.
      timerGranularity = .milliseconds(10)
      tool = "Linphone-Desktop/5.1 LinphoneCore/5.1 (mediastreamer2, oRTP)"
      trrInterval = .seconds(5)
      // It drops nothing.
      maximumFeedbackDelay = .seconds(60)
      sendsNACKAtOnce = true
    case .webrtc:
      earlyFeedback = .immediate
      isReducedSize = true
    case .pjsip, .freeswitch: earlyFeedback = .immediate
    case .rfc7741, .gstreamer: break
    }
  }
}

extension RetransmissionSettings {
  /// What is asked for again, and how much of what was sent is kept.
  public init(receiver: EndpointProfile?, sender: EndpointProfile?) {
    self.init()
    // oRTP asks for a packet once, and keeps 100.
    if receiver == .linphone { maximumRequests = 1 }
    if sender == .linphone { historyCapacity = 100 }
  }
}
