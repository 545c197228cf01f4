import Configuration
import Signalling
import SimulationKernel

/// Reads `signalling`: the road of a SIP INFO.
enum SignallingReader {
  static let keys = [
    "transport", "proxies", "placement", "proxy-processing", "minimum-request-interval",
    "key-frame-clears-interval", "answers", "tls-processing",
  ]

  static func read(_ top: ConfigurationReader) throws(ConfigurationError) -> SignallingSettings {
    var settings = SignallingSettings()
    guard let reader = try top.mapping("signalling", keys: keys + RoadReader.keys) else {
      return settings
    }
    typealias Transport = ConfigurationValue<SignallingSettings.Transport>
    typealias Placement = ConfigurationValue<SignallingSettings.Placement>
    let work = SimDuration.zero...SimDuration.seconds(10)
    if let transport = try reader.value("transport", Transport.oneOf) {
      settings.transport = transport
    }
    if let proxies = try reader.value("proxies", .integer(0...8)) { settings.proxies = proxies }
    if let placement = try reader.value("placement", Placement.oneOf) {
      settings.placement = placement
    }
    try readProcessing(reader, work, into: &settings)
    if let interval = try reader.value(
      "minimum-request-interval", .duration(.milliseconds(1)...(.seconds(3_600))))
    {
      settings.minimumRequestInterval = interval
    }
    if let clears = try reader.value("key-frame-clears-interval", .boolean) {
      settings.keyFrameClearsInterval = clears
    }
    if let answers = try answers(reader) { settings.answers = answers }
    if let time = try reader.value("tls-processing", .duration(work)) {
      settings.tlsProcessing = time
    }
    try RoadReader.read(reader, into: &settings)
    return settings
  }

  /// `proxy-processing`: a duration, or a mapping of its mean and how it is distributed.
  private static func readProcessing(
    _ reader: ConfigurationReader, _ range: ClosedRange<SimDuration>,
    into settings: inout SignallingSettings
  ) throws(ConfigurationError) {
    typealias Distribution = ConfigurationValue<SignallingSettings.ProcessingDistribution>
    guard let node = reader.node("proxy-processing") else { return }
    guard case .mapping = node.content else {
      if let time = try reader.value("proxy-processing", .duration(range)) {
        settings.proxyProcessing = time
      }
      return
    }
    let keys = ["mean", "distribution"]
    guard let inner = try reader.mapping("proxy-processing", keys: keys) else { return }
    settings.proxyProcessing = try inner.required("mean", .duration(range))
    settings.proxyProcessingDistribution =
      try inner.value("distribution", Distribution.oneOf) ?? .exponential
  }

  /// The sender's user agent's answers, one a request.
  private static func answers(
    _ reader: ConfigurationReader
  ) throws(ConfigurationError) -> [SignallingSettings.Answer]? {
    guard let nodes = try reader.list("answers") else { return nil }
    guard !nodes.isEmpty else {
      throw reader.error("answers", "found no status, expected a list such as [491, 200]")
    }
    var answers: [SignallingSettings.Answer] = []
    for node in nodes {
      answers.append(
        try ConfigurationValue<SignallingSettings.Answer>.oneOf
          .read(node, path: reader.path(to: "answers")))
    }
    return answers
  }
}
