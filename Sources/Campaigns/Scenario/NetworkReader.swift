import CallSimulation
import Configuration
import MediaSession
import NetworkModels
import SimulationKernel

/// Reads `network`: the path of RTP and RTCP.
enum NetworkReader {
  static let keys = ["rtt", "loss", "burst", "rate", "queue", "reverse", "relay", "lose"]
  private static let relayKeys = ["rtt", "loss", "burst", "rate", "queue"]
  private static let reverseKeys = ["delay", "loss", "burst", "rate", "queue", "lose"]

  /// The round trip splits evenly unless `reverse.delay` takes its own share of it. The reverse
  /// direction loses as the forward one does unless it says otherwise.
  ///
  /// - Parameter frames: a frame beyond them cannot be lost on purpose.
  static func read(
    _ top: ConfigurationReader, frames: Int
  ) throws(ConfigurationError) -> MediaPathSettings {
    var media = MediaPathSettings()
    guard let reader = try top.mapping("network", keys: keys) else { return media }
    let reverse = try reader.mapping("reverse", keys: reverseKeys)
    let rtt = try roundTrip(reader, default: media)
    (media.forward.oneWayDelay, media.reverse.oneWayDelay) = try delays(rtt, reverse)

    media.forward.loss = try lossModel(reader) ?? .none
    try readBottleneck(reader, into: &media.forward)

    media.reverse.loss = media.forward.loss
    if let reverse {
      let reverseRate =
        try reverse.value("loss", .percent(0..<100)) ?? media.forward.loss.rate
      var reverseBurst = try reader.value("burst", burstLength) ?? nil
      if let own = try reverse.value("burst", burstLength) { reverseBurst = own }
      media.reverse.loss = loss(reverseRate, reverseBurst)
      try readBottleneck(reverse, into: &media.reverse)
      media.scriptedFeedbackLosses = try scriptedFeedbackLosses(reverse)
    }
    media.relay = try relay(reader)
    media.scriptedLosses = try scriptedLosses(reader, frames: frames)
    return media
  }

  /// The path through a relay, the same both ways and with nothing of the direct one's; nil where
  /// media takes that.
  private static func relay(
    _ network: ConfigurationReader
  ) throws(ConfigurationError) -> MediaPathSettings.Relay? {
    if case .scalar("none")? = network.node("relay")?.content { return nil }
    guard let reader = try network.mapping("relay", keys: relayKeys) else { return nil }
    let rtt = try reader.required("rtt", roundTripTime)
    var link = LinkSettings()
    let (rate, burst) = try lossAndBurst(reader)
    link.loss = loss(rate, burst)
    try readBottleneck(reader, into: &link)
    var relay = MediaPathSettings.Relay(forward: link, reverse: link)
    (relay.forward.oneWayDelay, relay.reverse.oneWayDelay) = try delays(rtt, nil)
    return relay
  }

  private static func lossAndBurst(
    _ reader: ConfigurationReader
  ) throws(ConfigurationError) -> (rate: Double, burst: SimDuration?) {
    let rate = try reader.value("loss", .percent(0..<100)) ?? 0
    let burst = try reader.value("burst", burstLength) ?? nil
    guard burst == nil || reader.has("loss") else {
      throw reader.error("burst", "given without loss, expected the loss rate that comes in bursts")
    }
    return (rate, burst)
  }

  private static let roundTripTime = ConfigurationValue<SimDuration>.duration(
    .zero ... .seconds(10))

  private static let burstLength = ConfigurationValue<SimDuration>.duration(
    .microseconds(1)...(.seconds(60))
  )
  .or("none")

  static let bottleneckRate = ConfigurationValue<Bitrate>.bitrate(
    .kilobitsPerSecond(8)...(.kilobitsPerSecond(100_000_000))
  ).or("unlimited")

  private static func roundTrip(
    _ reader: ConfigurationReader, default media: MediaPathSettings
  ) throws(ConfigurationError) -> SimDuration {
    try reader.value("rtt", roundTripTime)
      ?? media.forward.oneWayDelay + media.reverse.oneWayDelay
  }

  private static func delays(
    _ rtt: SimDuration, _ reverse: ConfigurationReader?
  ) throws(ConfigurationError) -> (forward: SimDuration, reverse: SimDuration) {
    let half = SimDuration(nanoseconds: rtt.nanoseconds / 2)
    let delay = try reverse?.value("delay", .duration(.zero ... .seconds(10))) ?? half
    guard delay <= rtt else {
      throw reverse!.error(
        "delay",
        "found \(durationText(delay)), expected at most the round trip's \(durationText(rtt))")
    }
    return (rtt - delay, delay)
  }

  private static func loss(
    _ rate: Double, _ burst: SimDuration?
  ) -> LossModel {
    guard rate > 0 else { return .none }
    guard let burst else { return .independent(rate: rate) }
    return .gilbertElliott(rate: rate, meanBurst: burst)
  }

  /// `loss` and `burst` of a mapping that has both keys; nil where it says nothing of losses.
  static func lossModel(_ reader: ConfigurationReader) throws(ConfigurationError) -> LossModel? {
    let rate = try reader.value("loss", .percent(0..<100))
    let burst = try reader.value("burst", burstLength) ?? nil
    guard burst == nil || rate != nil else {
      throw reader.error("burst", "given without loss, expected the loss rate that comes in bursts")
    }
    return rate.map { loss($0, burst) }
  }

  private static func readBottleneck(
    _ reader: ConfigurationReader, into link: inout LinkSettings
  ) throws(ConfigurationError) {
    if let rate = try reader.value("rate", bottleneckRate) { link.rate = rate }
    if let queue = try reader.value("queue", .duration(.zero ... .seconds(60))) {
      link.queueLimit = queue
    }
  }

  private static func scriptedFeedbackLosses(
    _ reverse: ConfigurationReader
  ) throws(ConfigurationError) -> [MediaPathSettings.ScriptedFeedbackLoss] {
    var losses: [MediaPathSettings.ScriptedFeedbackLoss] = []
    for element in try reverse.mappings("lose", keys: ["message", "number"]) {
      let kind = try element.required("message", ConfigurationValue<FeedbackMessage.Kind>.oneOf)
      let number = try element.value("number", .integer(0...10_000_000)) ?? 0
      losses.append(MediaPathSettings.ScriptedFeedbackLoss(message: kind, number: number))
    }
    return losses
  }

  private static func scriptedLosses(
    _ reader: ConfigurationReader, frames: Int
  ) throws(ConfigurationError) -> [MediaPathSettings.ScriptedLoss] {
    var losses: [MediaPathSettings.ScriptedLoss] = []
    for element in try reader.mappings("lose", keys: ["frame", "packet"]) {
      let frame = try element.required("frame", .integer(0...10_000_000))
      guard frame < frames else {
        throw element.error(
          "frame", "found \(frame), expected less than \(frames), the frames of the call")
      }
      let packet = try element.value("packet", .integer(-1...65_535)) ?? 0
      losses.append(MediaPathSettings.ScriptedLoss(frame: frame, packet: packet))
    }
    return losses
  }
}
