import CallSimulation
import MediaSession
import SimulationKernel
import VP8Codec

/// Settings that work against each other: what a rollout can get wrong. Each is told with its
/// consequence, which a simulation shows (documentation, "Settings checks").
extension WarningCollector {
  mutating func collectChecks(_ scenario: Scenario) {
    checkReferences(scenario)
    checkWait(scenario)
    checkKeyFrames(scenario)
    checkGuard(scenario)
    checkRate(scenario)
    checkFeedbackInterval(scenario)
  }

  private mutating func checkReferences(_ scenario: Scenario) {
    let mechanism = scenario.mechanism
    guard mechanism.repairsByReference else { return }
    if scenario.codec.errorResilience == 0 {
      tell(
        ["codec", "g_error_resilient"],
        "found 0 beside mechanism \(mechanism.rawValue): after a loss the repairing frame may "
          + "decode to a wrong picture without an error, which only a key frame ends; expected 1 or 3",
        .failure)
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

  /// What the sender answers against what ends the receiver's wait.
  private mutating func checkWait(_ scenario: Scenario) {
    let (mechanism, control) = (scenario.mechanism, scenario.encoderControl)
    switch scenario.receiver.repairRule {
    case .referenceFrame where !control.marksNonReference:
      tell(
        ["receiver", "wait-for"],
        "reference-frame beside a sender that does not mark N (mark-non-reference): the receiver "
          + "takes the first whole frame for the repair and asks no more, though the picture is "
          + "wrong; expected mechanism", .failure)
    case .keyFrame where mechanism.repairsByReference:
      tell(
        ["receiver", "wait-for"],
        "key-frame beside mechanism \(mechanism.rawValue): what answers is predicted from golden or "
          + "altref and never ends that wait; only a key frame does, which PLI asks for once the "
          + "damage is too old to be named; expected mechanism")
    // Where silence proves nothing, nothing is established, and the answer is a key frame after all.
    case .keyFrame, .mechanism:
      guard mechanism == .pli || mechanism == .nackPli, control.keyFrameRequest == .reference,
        control.trustsSilence
      else { return }
      tell(
        ["sender", "key-frame-request"],
        "reference beside mechanism \(mechanism.rawValue), with which the receiver waits for a key "
          + "frame: what answers is predicted from golden or altref and never ends that wait, so that "
          + "the picture stays broken until a key frame comes unasked; expected key-frame", .failure
      )
    case .referenceFrame: break
    }
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
