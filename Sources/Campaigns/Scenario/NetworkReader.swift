import CallSimulation
import Configuration
import MediaSession
import NetworkModels
import SimulationKernel

/// Reads `network`: the path of RTP and RTCP.
enum NetworkReader {
  static let keys =
    ["profile", "rtt"] + LinkReader.pathKeys + LinkReader.queueKeys + ["reverse", "relay", "lose"]
  private static let relayKeys = ["rtt"] + LinkReader.pathKeys + LinkReader.queueKeys
  private static let reverseKeys = ["delay"] + LinkReader.pathKeys + LinkReader.queueKeys + ["lose"]

  /// The round trip splits evenly unless `reverse.delay` takes its own share of it. The reverse
  /// direction loses and jitters as the forward one does unless it says otherwise.
  ///
  /// - Parameter frames: a frame beyond them cannot be lost on purpose.
  static func read(
    _ top: ConfigurationReader, frames: Int
  ) throws(ConfigurationError) -> MediaPathSettings {
    guard let reader = try top.mapping("network", keys: keys) else { return MediaPathSettings() }
    let profile = try reader.value(
      "profile", ConfigurationValue<MediaPathSettings>.namedNetwork.or("none"))
    var media = profile.flatMap { $0 } ?? MediaPathSettings()
    let reverse = try reader.mapping("reverse", keys: reverseKeys)
    if reader.has("rtt") || reverse?.has("delay") ?? false {
      let rtt = try roundTrip(reader, default: media)
      (media.forward.oneWayDelay, media.reverse.oneWayDelay) = try delays(rtt, reverse)
    }
    try LinkReader.readPath(reader, into: &media.forward)
    try LinkReader.readTraces(reader, into: &media.forward)
    try LinkReader.readQueue(reader, into: &media.forward.queue)
    try LinkReader.readPath(reader, into: &media.reverse)
    if let reverse {
      try LinkReader.readPath(reverse, into: &media.reverse)
      // The ways of one capture begin at one moment of it, unless said otherwise.
      media.reverse.traceStart = media.forward.traceStart
      try LinkReader.readTraces(reverse, into: &media.reverse)
      try LinkReader.readQueue(reverse, into: &media.reverse.queue)
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
    try LinkReader.readPath(reader, into: &link)
    try LinkReader.readTraces(reader, into: &link)
    try LinkReader.readQueue(reader, into: &link.queue)
    var relay = MediaPathSettings.Relay(forward: link, reverse: link)
    (relay.forward.oneWayDelay, relay.reverse.oneWayDelay) = try delays(rtt, nil)
    return relay
  }

  private static let roundTripTime = ConfigurationValue<SimDuration>.duration(
    .zero ... .seconds(10))

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
