import Configuration
import NetworkModels
import Signalling
import SimulationKernel

/// Reads `signalling`: the road of a SIP INFO.
enum SignallingReader {
  static let keys = [
    "transport", "proxies", "placement", "proxy-processing", "policy",
    "minimum-request-interval", "key-frame-clears-interval", "repeat", "outstanding",
    "retry-after-491", "answers", "opposite-requests", "certificate", "resumption",
    "tls-processing", "tcp", "request-delay",
  ]

  /// - Parameter policy: whose rules the user agent has where the file names none.
  static func read(
    _ top: ConfigurationReader, policy: SignallingSettings.Policy?
  ) throws(ConfigurationError) -> SignallingSettings {
    var settings = SignallingSettings()
    if let policy { settings.adopt(policy) }
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
    try readRules(reader, into: &settings)
    if let answers = try answers(reader) { settings.answers = answers }
    let mean = ConfigurationValue<SimDuration>.duration(.milliseconds(100)...(.seconds(3_600)))
    if let interval = try reader.value("opposite-requests", mean.or("none")) {
      settings.oppositeRequests = interval
    }
    try readTLS(reader, into: &settings)
    settings.tcp = try TCPReader.read(reader, transport: settings.transport)
    try RoadReader.read(reader, into: &settings)
    return settings
  }

  /// The receiver's user agent's rules: an endpoint's, save what single keys say.
  private static func readRules(
    _ reader: ConfigurationReader, into settings: inout SignallingSettings
  ) throws(ConfigurationError) {
    typealias Policy = ConfigurationValue<SignallingSettings.Policy>
    typealias Repetition = ConfigurationValue<SignallingSettings.Repetition>
    typealias Outstanding = ConfigurationValue<SignallingSettings.Outstanding>
    if let policy = try reader.value("policy", Policy.oneOf.or("none")) {
      if let policy { settings.adopt(policy) } else { settings.adoptNone() }
    }
    if let interval = try reader.value(
      "minimum-request-interval", .duration(.milliseconds(1)...(.seconds(3_600))))
    {
      settings.minimumRequestInterval = interval
    }
    if let delay = try reader.value("request-delay", .duration(.zero ... .seconds(1))) {
      settings.requestDelay = delay
    }
    if let clears = try reader.value("key-frame-clears-interval", .boolean) {
      settings.keyFrameClearsInterval = clears
    }
    if let repetition = try reader.value("repeat", Repetition.oneOf) {
      settings.repetition = repetition
    }
    if let outstanding = try reader.value("outstanding", Outstanding.oneOf) {
      settings.outstanding = outstanding
    }
    let wait = ConfigurationValue<ClosedRange<SimDuration>>.durationRange(.zero ... .seconds(60))
    if let range = try reader.value("retry-after-491", wait.or("none")) {
      settings.retryAfter491 = range
    }
  }

  private static func readTLS(
    _ reader: ConfigurationReader, into settings: inout SignallingSettings
  ) throws(ConfigurationError) {
    typealias Certificate = ConfigurationValue<TLSProfile.Certificate>
    let work = SimDuration.zero...SimDuration.seconds(10)
    if let time = try reader.value(
      "tls-processing", ConfigurationValue<SimDuration>.duration(work).or("auto"))
    {
      settings.tlsProcessing = time
    }
    let transport = settings.transport
    if let certificate = try reader.value("certificate", Certificate.oneOf) {
      guard transport.tlsVersion != nil else {
        throw reader.error(
          "certificate",
          "given beside transport \(transport.rawValue), which has no certificates, "
            + "expected only with tls1.2 or tls1.3")
      }
      settings.certificate = certificate
    }
    if let resumes = try reader.value("resumption", .boolean) {
      guard transport.tlsVersion != nil || !resumes else {
        throw reader.error(
          "resumption",
          "found true beside transport \(transport.rawValue), which has no sessions to resume, "
            + "expected tls1.2 or tls1.3")
      }
      settings.resumesSessions = resumes
    }
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
