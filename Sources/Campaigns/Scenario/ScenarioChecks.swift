import CallSimulation
import MediaSession
import SimulationKernel
import VP8Codec

/// Settings that work against each other: what a rollout can get wrong. Each is told with its
/// consequence, which a simulation shows (documentation, "Settings checks").
extension WarningCollector {
  mutating func collectChecks(_ scenario: Scenario) {
    checkReferences(scenario)
    checkKeyFrames(scenario)
    checkGuard(scenario)
    checkKeyFrameSize(scenario)
    checkFeedbackInterval(scenario)
  }

  private mutating func checkReferences(_ scenario: Scenario) {
    let mechanism = scenario.mechanism
    guard mechanism.repairsByReference else { return }
    if scenario.codec.errorResilience == 0 {
      tell(
        ["codec", "g_error_resilient"],
        "found 0 beside mechanism \(mechanism.rawValue): after a loss the repairing frame decodes "
          + "without an error to a wrong picture, which stays wrong until the next key frame; "
          + "expected 1 or 3")
    }
    if scenario.codec.temporalLayers > 1, mechanism != .sli {
      tell(
        ["codec", VP8EncoderSettings.Key.temporalLayers.rawValue],
        "found \(scenario.codec.temporalLayers) beside mechanism \(mechanism.rawValue): the layers' "
          + "pattern writes golden with each cycle, so that an RPSI names a picture that is gone, and "
          + "repairs come from an altref that is never renewed; expected mechanism pli or nack+pli")
    }
    if scenario.rtp.pictureIDWidth == nil {
      tell(
        ["rtp", "picture-id"],
        "none beside mechanism \(mechanism.rawValue): SLI and RPSI cannot name a picture, so PLI is "
          + "sent in their place and nothing is acknowledged; expected 15")
    }
  }

  private mutating func checkKeyFrames(_ scenario: Scenario) {
    let (mechanism, control) = (scenario.mechanism, scenario.encoderControl)
    let comesUnasked =
      control.periodicKeyFrames != .never || scenario.codec.keyFrameMode == 1
    if mechanism.needsPeriodicKeyFrames, !comesUnasked {
      tell(
        ["sender", "periodic-key-frames"],
        "never beside mechanism \(mechanism.rawValue), which cannot ask for a key frame: the first "
          + "loss that nothing else repairs stays on screen until the call ends")
    }
    if (1..<150).contains(scenario.codec.maximumIntraRate) {
      tell(
        ["codec", VP8EncoderSettings.Key.maximumIntraRate.rawValue],
        "found \(scenario.codec.maximumIntraRate): a key frame may take little more than a mean "
          + "frame, which codes a scene cut at the worst quantizer; expected 300 to 1000, or 0")
    }
  }

  private mutating func checkGuard(_ scenario: Scenario) {
    let (mechanism, control) = (scenario.mechanism, scenario.encoderControl)
    let asksForKeyFrames =
      mechanism.asksEncoderByRTCP && !mechanism.repairsByReference
    guard asksForKeyFrames, control.guardedRequests == .drop else { return }
    if control.minimumReferenceDistance > 0 {
      tell(
        ["sender", "minimum-reference-distance"],
        "\(control.minimumReferenceDistance) beside mechanism \(mechanism.rawValue): a request that "
          + "comes within so many frames after a key frame is ignored, also where that key frame "
          + "was damaged, and only the next request brings another")
    }
    let guardTime = control.minimumKeyFrameInterval
    if guardTime >= .seconds(1) {
      tell(
        ["sender", "minimum-key-frame-interval"],
        "\(guardTime.nanoseconds / 1_000_000)ms, within which requests are dropped: where a key "
          + "frame is damaged the picture stays broken for that long at least")
    }
  }

  /// libwebrtc calls a gap between pictures a freeze that is 150 ms longer than the mean.
  private mutating func checkKeyFrameSize(_ scenario: Scenario) {
    let codec = scenario.codec
    guard let rate = scenario.media.effectiveForward.rate, codec.maximumIntraRate > 0 else {
      return
    }
    let frame = scenario.video.frameRate.captureTime(ofFrame: 1)
    let bits = Double(codec.targetBitrate) * 10 * Double(codec.maximumIntraRate) * frame.inSeconds
    let time = bits / Double(rate.bitsPerSecond)
    guard time > frame.inSeconds + 0.150 else { return }
    tell(
      ["codec", VP8EncoderSettings.Key.maximumIntraRate.rawValue],
      "found \(codec.maximumIntraRate): a key frame of that size takes \(Int(time * 1_000)) ms at "
        + "\(rate.bitsPerSecond / 1_000) kbit/s, which viewers see as a freeze by itself")
  }

  private mutating func checkFeedbackInterval(_ scenario: Scenario) {
    guard scenario.mechanism.usesRTCPFeedback, scenario.rtcp.profile == .avpf,
      scenario.rtcp.earlyFeedback != .immediate
    else { return }
    let perSecond = scenario.feedbackCapacity.packetsPerSecond
    guard perSecond < 1 else { return }
    tell(
      ["rtcp", "bandwidth-share"],
      "the receiver's part carries a packet every \((10 / perSecond).rounded() / 10) s: feedback "
        + "soon after other feedback waits for that long or is dropped")
  }
}
