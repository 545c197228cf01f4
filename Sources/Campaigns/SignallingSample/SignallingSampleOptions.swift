import CallSimulation
import Configuration
import NetworkModels
import Signalling
import SimulationKernel

/// The words of `avpfsim signalling`, one an option, as a user writes them.
public struct SignallingSampleOptions: Sendable {
  public var rtt = "50ms"
  public var loss = "0%"
  public var hops = 1
  public var transport = "tls1.3"
  public var isCold = false
  /// Nil where nothing was said: `ecdsa`.
  public var certificate: String?
  public var resumesSessions = false
  /// Nagle's algorithm on; nil where nothing was said: off.
  public var usesNagle: Bool?
  public var spacing = "2s..3s"
  public var connections = 10
  public var messages = 300
  public var size = "600B"
  public var burst: String?
  public var rate: String?
  public var queue: String?
  public var hasReply = false
  public var fragmentLoss: String?
  public var script: String?
  /// Nil where nothing was said: `linux`.
  public var profile: String?
  public var seed: UInt64 = 1

  public init() {}

  /// - Throws: one sentence about the option at fault, what was found and what was expected.
  public func settings() throws(ConfigurationError) -> SignallingSampleSettings {
    var settings = SignallingSampleSettings()
    settings.transport = try read(
      transport, "--transport", ConfigurationValue<SignallingSettings.Transport>.oneOf)
    settings.tcp =
      try read(profile ?? "linux", "--tcp-profile", ConfigurationValue<TCPProfileName>.oneOf)
      .profile
    settings.isCold = isCold
    try checkContradictions(settings.transport)
    settings.tls = try tls(settings.transport)
    settings.tcp.nagle = usesNagle ?? false
    settings.spacing = try read(
      spacing, "--spacing", .durationRange(.zero ... .seconds(86_400)))
    settings.connections = try within(connections, 1...100_000, "--connections")
    settings.messages = try within(messages, 1...10_000_000, "--messages")
    try checkSpan(settings)
    // A datagram's most: 65,535 less the headers of IPv4 and UDP.
    let largest = settings.transport == .udp ? 65_507 : 1_000_000
    settings.octets = try read(size, "--size", .octets(1...largest))
    if let burst { settings.burstOctets = try read(burst, "--burst", .octets(1...10_000_000)) }
    settings.hops = try links(settings.transport)
    if let fragmentLoss {
      settings.fragmentLoss = try read(fragmentLoss, "--fragment-loss", .percent(0.0...100.0))
      guard settings.requests.requestOctets > Self.largestWhole else {
        throw error(
          "--fragment-loss",
          "given for messages of \(settings.requests.requestOctets) octets, which are not fragmented, "
            + "expected a --size above \(Self.largestWhole)B")
      }
    }
    if hasReply { settings.answerOctets = Self.answerOctets }
    settings.hostDelay = Self.hostDelay(settings.transport)
    if let script {
      settings.script = try SegmentScript.read(
        script, hops: settings.hops.count, transport: settings.transport, isCold: isCold)
    }
    settings.seed = seed
    return settings
  }

  /// The largest message in a datagram of one packet: Ethernet's 1500 less IPv4's and UDP's headers.
  private static let largestWhole = 1_472

  /// A 200 OK with one Via.
  private static let answerOctets = 350

  /// The excess over half the round trip on idle connections, as measured on Linux 6.18.
  private static func hostDelay(_ transport: SignallingSettings.Transport) -> HostDelay {
    switch transport {
    case .udp, .tcp: HostDelay(least: .microseconds(105), meanWait: .microseconds(35))
    case .tls12, .tls13: HostDelay(least: .microseconds(170), meanWait: .microseconds(40))
    }
  }

  /// The longest sample that simulated time can hold, and then some.
  private func checkSpan(_ settings: SignallingSampleSettings) throws(ConfigurationError) {
    let longest = SimDuration.seconds(100 * 366 * 86_400)
    let span = settings.spacing.upperBound.nanoseconds
      .multipliedReportingOverflow(by: Int64(settings.messages))
    guard !span.overflow, span.partialValue <= longest.nanoseconds else {
      throw error(
        "--messages",
        "found \(settings.messages) with a --spacing of up to "
          + "\(durationText(settings.spacing.upperBound)), expected fewer than fill 100 years")
    }
  }

  private func checkContradictions(
    _ transport: SignallingSettings.Transport
  ) throws(ConfigurationError) {
    guard transport == .udp else {
      guard fragmentLoss == nil else {
        throw error(
          "--fragment-loss",
          "found with --transport \(transport.rawValue), which is not fragmented, expected udp")
      }
      return
    }
    if let usesNagle {
      throw error(
        usesNagle ? "--nagle" : "--nodelay",
        "found with --transport udp, expected tcp, tls1.2 or tls1.3")
    }
    if profile != nil {
      throw error("--tcp-profile", "found with --transport udp, expected tcp, tls1.2 or tls1.3")
    }
    if hasReply {
      throw error(
        "--reply",
        "found with --transport udp, where every request is answered, expected it left out")
    }
    if isCold {
      throw error(
        "--cold",
        "found with --transport udp, which has no connections, expected tcp, tls1.2 or tls1.3")
    }
    if burst != nil {
      throw error(
        "--burst",
        "found with --transport udp, whose messages do not wait for each other, "
          + "expected tcp, tls1.2 or tls1.3")
    }
  }

  /// What is negotiated in a handshake matters only where there is one.
  private func tls(
    _ transport: SignallingSettings.Transport
  ) throws(ConfigurationError) -> TLSProfile? {
    for (option, isGiven) in [
      ("--certificate", certificate != nil), ("--resumption", resumesSessions),
    ]
    where isGiven {
      guard transport.tlsVersion != nil else {
        throw error(
          option, "found with --transport \(transport.rawValue), expected tls1.2 or tls1.3")
      }
      guard isCold else {
        throw error(option, "found without --cold, expected connections that are opened anew")
      }
    }
    guard let version = transport.tlsVersion else { return nil }
    let kind = try read(
      certificate ?? "ecdsa", "--certificate", ConfigurationValue<TLSProfile.Certificate>.oneOf)
    return TLSProfile(version: version, certificate: kind, isResumed: resumesSessions)
  }

  private func links(
    _ transport: SignallingSettings.Transport
  ) throws(ConfigurationError) -> [HopLinks] {
    let count = try within(hops, 1...9, "--hops")
    let rtt = try read(rtt, "--rtt", .duration(.zero ... .seconds(10)))
    let share = try read(loss, "--loss", .percent(0.0...100.0))
    var link = LinkSettings(
      oneWayDelay: rtt / 2, loss: share > 0 ? .independent(rate: share) : .none)
    guard rate != nil || queue == nil else {
      throw error("--queue", "given without --rate, expected the rate of the link behind it")
    }
    if let rate {
      let bitrate = try read(
        rate, "--rate", .bitrate(.kilobitsPerSecond(1)...(.kilobitsPerSecond(100_000_000))))
      link.rate = bitrate
      let octets = try read(queue ?? "64kB", "--queue", .octets(1_500...1_000_000_000))
      link.queueLimit = bitrate.duration(ofOctets: octets)
      link.queueOctets = octets
    }
    return Array(repeating: HopLinks(towardsSender: link, towardsReceiver: link), count: count)
  }

  private func within(
    _ number: Int, _ range: ClosedRange<Int>, _ option: String
  ) throws(ConfigurationError) -> Int {
    guard range.contains(number) else {
      throw error(
        option,
        "found \(number), expected a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private func read<Value>(
    _ text: String, _ option: String, _ value: ConfigurationValue<Value>
  ) throws(ConfigurationError) -> Value {
    let node = ConfigurationNode(.scalar(text), place: ConfigurationPlace(file: option))
    return try value.read(node, path: "")
  }

  private func error(_ option: String, _ problem: String) -> ConfigurationError {
    ConfigurationError(place: ConfigurationPlace(file: option), problem: problem)
  }
}
