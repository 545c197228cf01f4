import CallSimulation
import MediaSession
import SimulationKernel
import VP8Codec

/// Whether key frames come when they are needed.
extension WarningCollector {
  mutating func checkKeyFrames(_ scenario: Scenario) {
    let codec = scenario.codec
    checkPeriodicKeyFrames(scenario)
    if (1..<150).contains(codec.maximumIntraRate) {
      tell(
        ["codec", VP8EncoderSettings.Key.maximumIntraRate.rawValue],
        "found \(codec.maximumIntraRate): a key frame may take little more than a mean frame, which "
          + "codes a scene cut at the worst quantizer; expected 300 to 1000, or 0")
    }
  }

  private mutating func checkPeriodicKeyFrames(_ scenario: Scenario) {
    let (mechanism, control) = (scenario.mechanism, scenario.encoderControl)
    guard mechanism.needsPeriodicKeyFrames, !encoderMakesKeyFrames(scenario),
      !renewsByKeyFrames(scenario)
    else { return }
    let consequence =
      "the first loss that nothing else repairs stays on screen until the call ends"
    let interval = control.periodicKeyFrameInterval
    if control.periodicKeyFrames == .never {
      tell(
        ["sender", "periodic-key-frames"],
        "never beside mechanism \(mechanism.rawValue), which cannot ask for a key frame: "
          + consequence, .failure)
    } else if interval >= scenario.duration {
      // A call below the usual interval is short, and no setting is to blame. Who wants no repair at all
      // knows.
      let isShort = interval == Self.usualInterval
      guard !isShort || mechanism != .none else { return }
      tell(
        isShort ? ["duration"] : ["sender", "periodic-key-frame-interval"],
        (isShort ? "a periodic key frame comes each " : "")
          + "\(interval.inWholeMilliseconds)ms in a call of "
          + "\(scenario.duration.inWholeMilliseconds)ms beside mechanism \(mechanism.rawValue), which "
          + "cannot ask for a key frame: \(consequence)", isShort ? .warning : .failure)
    }
  }

  /// Whether a key frame comes where a renewal finds neither golden nor altref acknowledged, and nothing
  /// acknowledges them (Linphone without RPSI).
  private func renewsByKeyFrames(_ scenario: Scenario) -> Bool {
    let control = scenario.encoderControl
    return control.refresh == .feedback && scenario.mechanism.usesRTCPFeedback
      && control.unacknowledgedRefresh == .keyFrame && !control.trustsSilence
      && control.referenceInterval < scenario.duration
  }

  private static let usualInterval = EncoderControlSettings().periodicKeyFrameInterval

  /// Whether libvpx makes a key frame within the call though nobody asks. Those it makes at scene
  /// cuts besides cannot be relied on.
  private func encoderMakesKeyFrames(_ scenario: Scenario) -> Bool {
    let codec = scenario.codec
    return codec.keyFrameMode == 1
      && codec.keyFrameMaximumDistance
        < scenario.video.frameRate.frameCount(within: scenario.duration)
  }

  mutating func checkGuard(_ scenario: Scenario) {
    let (mechanism, control) = (scenario.mechanism, scenario.encoderControl)
    let asksByRTCP = mechanism.asksEncoderByRTCP && !mechanism.repairsByReference
    let asksBySIP = mechanism.usesSIP && control.limitsFastUpdates
    guard asksByRTCP || asksBySIP, control.guardedRequests == .drop else { return }
    if control.minimumReferenceDistance > 0 {
      tell(
        ["sender", "minimum-reference-distance"],
        "\(control.minimumReferenceDistance) \(origin(control.profile, "sender", "minimum-reference-distance"))"
          + "beside mechanism \(mechanism.rawValue): a request that "
          + "comes within so many frames after a key frame is ignored, also where that key frame "
          + "was damaged, and only the next request brings another")
    }
    let guardTime = scenario.effectiveEncoderControl.minimumKeyFrameInterval
    if guardTime >= .seconds(1) {
      let byRoundTrips = guardTime > control.minimumKeyFrameInterval
      tell(
        ["sender", byRoundTrips ? "guard-round-trips" : "minimum-key-frame-interval"],
        (byRoundTrips ? "\(control.guardRoundTrips) round trips, which are " : "")
          + "\(guardTime.inWholeMilliseconds)ms, within which requests are dropped: where a key "
          + "frame is damaged the picture stays broken for that long at least")
    }
  }
}

extension WarningCollector {
  /// Whose value it is where the file does not give it: "of profile linphone ".
  fileprivate func origin(_ profile: EndpointProfile?, _ section: String, _ key: String) -> String {
    guard let profile, node[section]?[key] == nil else { return "" }
    return "of profile \(profile.rawValue) "
  }
}

extension SimDuration {
  fileprivate var inWholeMilliseconds: Int64 { nanoseconds / 1_000_000 }
}
