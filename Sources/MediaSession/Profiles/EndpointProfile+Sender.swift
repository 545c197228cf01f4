import SimulationKernel

extension EncoderControlSettings {
  /// A sender's rules as an endpoint has them.
  ///
  /// - Parameter usesFeedback: whether RTCP feedback is negotiated (AVPF), on which some depend.
  public init(_ profile: EndpointProfile, usesFeedback: Bool) {
    self.init()
    self.profile = profile
    switch profile {
    case .linphone: adoptLinphone(usesFeedback: usesFeedback)
    case .webrtc:
      // EncoderRtcpFeedback compares with the last request that it passed on.
      minimumKeyFrameInterval = .milliseconds(300)
      guardOrigin = .request
      // Its encoder's key-frame interval is 3,000 frames: 100 s at 30 frames a second.
      periodicKeyFrames = .always
      periodicKeyFrameInterval = .seconds(100)
    case .rfc7741:
      // RFC 7741 section 5 limits nothing: what is asked for comes with the next frame.
      minimumKeyFrameInterval = .zero
      repairReferences = .newest
    case .pjsip:
      // PJMEDIA_VID_STREAM_MIN_KEYFRAME_INTERVAL_MSEC: a request waits until it has passed.
      minimumKeyFrameInterval = .seconds(1)
      guardedRequests = .defer
      // PJMEDIA_VID_STREAM_START_KEYFRAME_CNT of them, a second apart.
      startKeyFrames = (1...5).map { .seconds($0) }
    case .freeswitch:
      // The core passes a refresh on at most once a second.
      minimumKeyFrameInterval = .seconds(1)
      guardOrigin = .request
    case .gstreamer:
      // rtpsession ignores a request within two round trips of the last one.
      minimumKeyFrameInterval = .zero
      guardRoundTrips = 2
      guardOrigin = .request
    }
  }

  private mutating func adoptLinphone(usesFeedback: Bool) {
    minimumKeyFrameInterval = .zero
    minimumReferenceDistance = 4
    // What a thread has encoded leaves with the ticker's next tick, in a real call up to 3 ms off. And
    // feedback is read by a tick and handed on by the main loop; how long that takes is fitted: what
    // left 27 ms before a frame did not move it (LinphoneMeasured).
    encodingTime = .milliseconds(10) ... .milliseconds(13)
    feedbackDelay = .milliseconds(10)
    limitsFastUpdates = false
    keyFrameRequest = .reference
    refresh = .feedback
    unacknowledgedRefresh = .keyFrame
    firstRenewed = .golden
    trustsSilence = false
    repairReferences = .all
    staleReports = .reference
    doubtsDependentReferences = true
    independentRefresh = 5
    marksNonReference = usesFeedback
    periodicKeyFrameInterval = .seconds(10)
    periodicKeyFrames = usesFeedback ? .never : .always
    startKeyFrames = usesFeedback ? [] : [.seconds(2), .seconds(4)]
  }
}
