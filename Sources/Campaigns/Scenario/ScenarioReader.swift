import CallSimulation
import Configuration
import MediaSession
import NetworkModels
import Signalling
import SimulationKernel
import VP8Codec

/// Reads a scenario file: the settings of one call.
public enum ScenarioReader {
  /// The keys at a scenario's top. A plan's `base` and `set` hold the same.
  public static let keys = [
    "name", "seed", "duration", "video", "codec", "mechanism", "sdp", "network", "receiver",
    "sender", "rtp", "retransmission", "rtcp", "signalling",
  ]

  /// Reads and checks a scenario.
  ///
  /// - Parameter source: takes the place of `video.source`; a file also of the size and rate.
  public static func read(
    _ node: ConfigurationNode, source: String?
  ) throws(ConfigurationError) -> Scenario {
    try FileKind.scenario.check(node)
    guard let source else { return try read(node) }
    let place = ConfigurationPlace(file: "--source")
    let sourceNode = ConfigurationNode(.scalar(source), place: place)
    var scenarioNode = node
    if case .file = try ConfigurationValue.videoSource.read(sourceNode, path: ""),
      case .mapping(let entries) = node.content
    {
      scenarioNode = ConfigurationNode(
        .mapping(entries.filter { $0.key != "video" }), place: node.place)
    }
    return try read(scenarioNode.setting(["video", "source"], to: sourceNode))
  }

  /// The files of session descriptions that a scenario names.
  public static func descriptionPaths(_ node: ConfigurationNode) -> [String] {
    SDPReader.paths(node) + LinkReader.tracePaths(node)
  }

  /// Reads a scenario from a mapping; what it leaves out keeps its default.
  public static func read(_ node: ConfigurationNode) throws(ConfigurationError) -> Scenario {
    let reader = try ConfigurationReader(SDPReader.expanded(node), keys: keys)
    var scenario = Scenario()
    if let name = try reader.value("name", .text) { scenario.name = name }
    if let seed = try reader.value("seed", .seed) { scenario.seed = seed }
    scenario.video = try VideoReader.read(reader)
    scenario.duration = try duration(reader, video: scenario.video)
    if let mechanism = try reader.value("mechanism", ConfigurationValue<Mechanism>.oneOf) {
      scenario.mechanism = mechanism
    }
    let profiles = try EndpointProfiles(reader, mechanism: scenario.mechanism)
    scenario.codec = try CodecReader.read(
      reader, video: scenario.video, profiles: profiles)
    scenario.media = try NetworkReader.read(reader, frames: scenario.clipFrames)
    scenario.receiver = try SessionReader.receiver(reader, defaults: profiles.receiverSettings)
    scenario.signalling = try SignallingReader.read(reader, policy: profiles.signallingPolicy)
    scenario.encoderControl = try SessionReader.sender(
      reader, defaults: encoderControl(beside: scenario, profiles.encoderControl))
    scenario.rtp = try SessionReader.rtp(reader, defaults: profiles.rtp)
    scenario.retransmission = try SessionReader.retransmission(
      reader, defaults: profiles.retransmission)
    scenario.rtcp = try SessionReader.rtcp(reader, defaults: profiles.rtcp)
    try SessionReader.checkPacketSize(of: scenario, reader)
    return scenario
  }

  /// What the sender does unless told otherwise: with SIP INFO, as an endpoint whose rules are taken
  /// limits its key frames too.
  private static func encoderControl(
    beside scenario: Scenario, _ defaults: EncoderControlSettings
  ) -> EncoderControlSettings {
    var settings = defaults
    if scenario.mechanism.usesSIP, settings.profile == nil,
      let interval = scenario.signalling.policy?.minimumKeyFrameInterval
    {
      settings.minimumKeyFrameInterval = interval
      settings.guardedRequests = .defer
    }
    return settings
  }

  /// A call lasts at least one frame, and at most a day.
  private static func duration(
    _ reader: ConfigurationReader, video: VideoSettings
  ) throws(ConfigurationError) -> SimDuration {
    let (frames, seconds) = (Int64(video.frameRate.numerator), Int64(video.frameRate.denominator))
    let frame = SimDuration(nanoseconds: (1_000_000_000 * seconds + frames - 1) / frames)
    let range = frame...SimDuration.seconds(24 * 3_600)
    return try reader.value("duration", .duration(range)) ?? Scenario().duration
  }
}
