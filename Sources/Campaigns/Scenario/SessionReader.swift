import CallSimulation
import Configuration
import MediaSession
import SimulationKernel
import WireFormats

/// Reads `receiver`, `sender` and `rtcp`: the rules of the two endpoints.
enum SessionReader {
  private static let anySpan = SimDuration.zero...SimDuration.seconds(3_600)
  static let rtcpKeys = [
    "session-bandwidth", "bandwidth-share", "trr-interval", "profile", "participants",
    "early-feedback", "max-feedback-delay", "reduced-size", "timer-granularity", "tool",
    "nack-at-once",
  ]
  static let receiverKeys =
    ["profile", "repeat-interval"] + playoutKeys + receiverRuleKeys
  static let senderKeys =
    [
      "profile", "minimum-key-frame-interval", "periodic-key-frame-interval",
      "reference-interval", "maximum-payload",
    ] + senderRuleKeys

  static func receiver(
    _ top: ConfigurationReader, defaults: ReceiverSettings
  ) throws(ConfigurationError) -> ReceiverSettings {
    var settings = defaults
    guard let reader = try top.mapping("receiver", keys: receiverKeys) else { return settings }
    try readReceiverRules(reader, into: &settings)
    try readPlayout(reader, into: &settings)
    if let interval = try reader.value(
      "repeat-interval", .duration(.milliseconds(1)...(.seconds(3_600))))
    {
      settings.repeatInterval = interval
    }
    return settings
  }

  static func sender(
    _ top: ConfigurationReader, defaults: EncoderControlSettings
  ) throws(ConfigurationError) -> EncoderControlSettings {
    var settings = defaults
    guard let reader = try top.mapping("sender", keys: senderKeys) else { return settings }
    try readSenderRules(reader, into: &settings)
    let positive = SimDuration.milliseconds(1)...SimDuration.seconds(86_400)
    if let interval = try reader.value("minimum-key-frame-interval", .duration(anySpan)) {
      settings.minimumKeyFrameInterval = interval
    }
    if let interval = try reader.value("periodic-key-frame-interval", .duration(positive)) {
      settings.periodicKeyFrameInterval = interval
    }
    if let interval = try reader.value("reference-interval", .duration(positive)) {
      settings.referenceInterval = interval
    }
    // At the most what fits beside IPv4's 20, UDP's 8 and RTP's 12; `checkPacketSize` knows the rest.
    if let octets = try reader.value("maximum-payload", .integer(100...1_460)) {
      settings.maximumPayload = octets
    }
    return settings
  }

  /// Refuses payloads whose packets would not stay whole on the way.
  static func checkPacketSize(
    of scenario: Scenario, _ top: ConfigurationReader
  ) throws(ConfigurationError) {
    let size = MediaPacketSize(scenario)
    let payload = scenario.encoderControl.maximumPayload
    guard payload > size.largestPayload, let sender = try top.mapping("sender", keys: senderKeys)
    else { return }
    let parts = size.overhead.map { "\($0.octets) of \($0.name)" }.joined(separator: ", ")
    throw sender.error(
      "maximum-payload",
      "found \(payload), which with \(parts) makes packets above \(MediaPacketSize.largest) octets, "
        + "expected at most \(size.largestPayload)")
  }

  static func rtp(
    _ top: ConfigurationReader, defaults: RTPSettings
  ) throws(ConfigurationError) -> RTPSettings {
    var settings = defaults
    let keys = ["packetization", "picture-id", "srtp"]
    guard let reader = try top.mapping("rtp", keys: keys) else { return settings }
    if let mode = try reader.value(keys[0], ConfigurationValue<VP8Packetization>.oneOf) {
      settings.packetization = mode
    }
    if let width = try reader.value(
      keys[1], ConfigurationValue<PictureID.Width>.pictureIDWidth.or("none"))
    {
      settings.pictureIDWidth = width
    }
    if let isSecure = try reader.value(keys[2], .boolean) { settings.usesSRTP = isSecure }
    return settings
  }

  static func retransmission(
    _ top: ConfigurationReader, defaults: RetransmissionSettings
  ) throws(ConfigurationError) -> RetransmissionSettings {
    var settings = defaults
    let keys = ["give-up", "max-requests", "max-outstanding", "history", "history-packets"]
    guard let reader = try top.mapping("retransmission", keys: keys) else { return settings }
    let span = ConfigurationValue<SimDuration>.duration(.milliseconds(1)...(.seconds(60)))
      .or("auto")
    if let time = try reader.value(keys[0], span) {
      settings.giveUpAge = time
    }
    if let count = try reader.value(keys[1], .integer(1...1_000)) {
      settings.maximumRequests = count
    }
    if let count = try reader.value(keys[2], .integer(1...10_000)) {
      settings.maximumOutstanding = count
    }
    if let time = try reader.value(keys[3], span) {
      settings.historyAge = time
    }
    if let count = try reader.value(keys[4], .integer(1...32_768)) {
      settings.historyCapacity = count
    }
    return settings
  }

  static func rtcp(
    _ top: ConfigurationReader, defaults: RTCPSettings
  ) throws(ConfigurationError) -> RTCPSettings {
    var settings = defaults
    let keys = rtcpKeys
    guard let reader = try top.mapping("rtcp", keys: keys) else { return settings }
    let rates = Bitrate.kilobitsPerSecond(8)...Bitrate.kilobitsPerSecond(100_000)
    if let rate = try reader.value(keys[0], .bitrate(rates)) { settings.sessionBandwidth = rate }
    if let share = try reader.value(keys[1], .perMille(1...500)) {
      settings.bandwidthPerMille = share
    }
    if let interval = try reader.value(keys[2], .duration(anySpan)) {
      settings.trrInterval = interval
    }
    if let profile = try reader.value(keys[3], ConfigurationValue<RTCPProfile>.oneOf) {
      settings.profile = profile
    }
    if let members = try reader.value(keys[4], .integer(2...1_000)) {
      settings.participants = members
    }
    if let early = try reader.value(keys[5], ConfigurationValue<EarlyFeedback>.oneOf) {
      settings.earlyFeedback = early
    }
    if let delay = try reader.value(keys[6], .duration(anySpan)) {
      settings.maximumFeedbackDelay = delay
    }
    if let isReduced = try reader.value(keys[7], .boolean) { settings.isReducedSize = isReduced }
    if let step = try reader.value(keys[8], .duration(.zero ... .seconds(1))) {
      settings.timerGranularity = step
    }
    if let tool = try reader.value(keys[9], .text) {
      guard tool.utf8.count <= 255 else {
        throw reader.error(keys[9], "found \(tool.utf8.count) octets, expected at most 255")
      }
      settings.tool = tool == "none" ? nil : tool
    }
    if let isAtOnce = try reader.value(keys[10], .boolean) { settings.sendsNACKAtOnce = isAtOnce }
    return settings
  }
}

extension ConfigurationValue where Value == PictureID.Width {
  /// The bits of a PictureID: 7 or 15.
  static var pictureIDWidth: Self {
    let expectation = "7 or 15 (bits)"
    return Self(expectation: expectation) { (text) throws(ConfigurationMismatch) in
      switch text {
      case "7": return .sevenBits
      case "15": return .fifteenBits
      default: throw ConfigurationMismatch(expectation)
      }
    }
  }
}

extension ConfigurationValue where Value == Int {
  /// A share in percent with at most one decimal, kept in parts per thousand.
  static func perMille(_ range: ClosedRange<Int>) -> Self {
    let expectation =
      "a percentage from \(tenths(range.lowerBound)) to "
      + "\(tenths(range.upperBound)) in steps of 0.1%"
    let percent = ConfigurationValue<Double>.percent(0.0...100.0)
    return Self(expectation: expectation) { (text) throws(ConfigurationMismatch) in
      guard let share = try? percent.value(of: text) else {
        throw ConfigurationMismatch(expectation)
      }
      let perMille = (share * 1_000).rounded()
      guard (perMille - share * 1_000).magnitude < 1e-9, range.contains(Int(perMille)) else {
        throw ConfigurationMismatch(expectation)
      }
      return Int(perMille)
    }
  }

  private static func tenths(_ perMille: Int) -> String {
    perMille % 10 == 0 ? "\(perMille / 10)%" : "\(perMille / 10).\(perMille % 10)%"
  }
}
