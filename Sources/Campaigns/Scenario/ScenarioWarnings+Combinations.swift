import CallSimulation
import MediaSession
import SimulationKernel
import VP8Codec

/// Keys that are given and have no effect beside others; not where the value is the default, or for
/// the codec a preset's, as files that list all keys have them.
extension WarningCollector {
  mutating func collectCombinations(_ scenario: Scenario) {
    collectReceiver(scenario)
    collectTiming(scenario)
    collectCodec(scenario.codec)
  }

  private mutating func collectReceiver(_ scenario: Scenario) {
    let (receiver, usual) = (scenario.receiver, ReceiverSettings())
    if receiver.repetition == .frame, receiver.repeatInterval != usual.repeatInterval {
      warn(["receiver", "repeat-interval"]) { _ in
        "beside repeat frame, which asks again with each dropped picture: remove it"
      }
    }
    if receiver.repetition == .interval {
      warn(["receiver", "pli-after-frames"]) {
        $0 == "none" ? nil : "beside repeat interval; only repeat frame counts dropped pictures"
      }
    }
    if scenario.media.effectiveForward.delay.reorders, receiver.reorderingTolerance == .zero,
      receiver.playout != .leastSquares, !scenario.mechanism.usesRetransmission
    {
      warn(["network", "reordering"]) { _ in
        "beside receiver.reordering-tolerance 0ms, with which each packet that was overtaken counts as "
          + "lost; expected a tolerance as long as the jitter"
      }
    }
    if receiver.stopsAtDrop, receiver.noticing == .arrival {
      warn(["receiver", "stop-at-drop"]) { _ in
        "beside notice arrival, with which no frame is dropped together with the one before it"
      }
    }
    if receiver.playout == .leastSquares {
      warn(["receiver", "late-frames"]) {
        $0 == "drop"
          ? "beside playout least-squares, whose line never forgets: where delays rise for good, frames are "
            + "dropped for long; expected drop-gaps" : nil
      }
    }
    let half = scenario.video.frameRate.captureTime(ofFrame: 1) / 2
    let longest: SimDuration = scenario.encoderControl.encodingTime.upperBound
    if longest > half {
      warn(["sender", "encoding-time"]) { _ in
        "beside \(scenario.video.frameRate) frames a second: it is cut to half a frame's time, "
          + "\(half.inMilliseconds) ms"
      }
    }
    if receiver.playout != .fixed, receiver.playoutDelay > receiver.maximumPlayoutDelay {
      warn(["receiver", "playout-delay"]) { _ in
        "above maximum-playout-delay, \(receiver.maximumPlayoutDelay.inMilliseconds) ms, which holds"
      }
    }
    if scenario.mechanism.usesRetransmission, receiver.gapTakesNextFrame {
      warn(["receiver", "gap-takes-next-frame"]) { _ in
        "beside mechanism \(scenario.mechanism.rawValue), with which the frame behind a gap waits for "
          + "what is sent again: remove it"
      }
    }
    if receiver.playout != .leastSquares {
      for (key, value) in [
        ("ticker", \ReceiverSettings.tickerInterval), ("start-lag", \ReceiverSettings.startLag),
      ] where receiver[keyPath: value] != usual[keyPath: value] {
        warn(["receiver", key]) { _ in
          "beside playout \(receiver.playout.rawValue); only least-squares has a ticker"
        }
      }
    }
    guard receiver.playout == .fixed else { return }
    for (key, value) in [
      ("minimum-playout-delay", \ReceiverSettings.minimumPlayoutDelay),
      ("maximum-playout-delay", \ReceiverSettings.maximumPlayoutDelay),
    ] where receiver[keyPath: value] != usual[keyPath: value] {
      warn(["receiver", key]) { _ in "beside playout fixed, whose delay is playout-delay" }
    }
  }

  private mutating func collectTiming(_ scenario: Scenario) {
    let (rtcp, usual) = (scenario.rtcp, RTCPSettings())
    if rtcp.sendsNACKAtOnce, !scenario.mechanism.usesRetransmission {
      warn(["rtcp", "nack-at-once"]) { _ in
        "beside mechanism \(scenario.mechanism.rawValue), which has no NACK"
      }
    }
    if rtcp.earlyFeedback == .immediate, rtcp.trrInterval != usual.trrInterval {
      warn(["rtcp", "trr-interval"]) { _ in
        "beside early-feedback immediate: no feedback waits for it, only regular reports do"
      }
    }
    // By this delay SLI judges which pictures it can name, also where nothing waits.
    if rtcp.earlyFeedback == .immediate, !scenario.mechanism.repairsByReference,
      rtcp.maximumFeedbackDelay != usual.maximumFeedbackDelay
    {
      warn(["rtcp", "max-feedback-delay"]) { _ in
        "beside early-feedback immediate, with which no feedback waits: remove it"
      }
    }
    if scenario.codec.temporalLayers > 1,
      scenario.encoderControl.referenceInterval != EncoderControlSettings().referenceInterval
    {
      warn(["sender", "reference-interval"]) { _ in
        "beside temporal layers, whose pattern renews golden and never altref: remove it"
      }
    }
  }

  private mutating func collectCodec(_ codec: VP8EncoderSettings) {
    if codec.rateControl < 2, isUncommon(.constantQualityLevel, codec) {
      warn(.constantQualityLevel) { _ in
        "beside rc_end_usage \(codec.rateControl == 0 ? "vbr" : "cbr"); only cq and q look at it"
      }
    }
    if codec.keyFrameMode == 0, isUncommon(.keyFrameMaximumDistance, codec) {
      warn(.keyFrameMaximumDistance) { _ in
        "beside kf_mode disabled, with which libvpx makes no key frame on its own; "
          + "expected kf_mode auto"
      }
    }
    if codec.errorResilience != 0, codec.goldenBoost > 0 {
      warn(.goldenBoost) { _ in
        "beside g_error_resilient \(codec.errorResilience), with which libvpx chooses no golden "
          + "frames of its own to be boosted: remove it"
      }
    }
  }

  private func isUncommon(_ key: VP8EncoderSettings.Key, _ codec: VP8EncoderSettings) -> Bool {
    !VP8EncoderPreset.allCases.contains {
      $0.settings().value(of: key) == codec.value(of: key)
    }
  }

  /// By whichever of libvpx's names it is given.
  private mutating func warn(
    _ key: VP8EncoderSettings.Key, _ problem: (String) -> String?
  ) {
    for name in [key.rawValue, key.controlName].compactMap({ $0 }) {
      warn(["codec", name], problem)
    }
  }
}
