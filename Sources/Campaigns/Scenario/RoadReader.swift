import Configuration
import NetworkModels
import Signalling
import SimulationKernel

/// Reads what a SIP road meets: lost connections, other signalling, routers that break messages, and
/// a device that sleeps.
enum RoadReader {
  static let keys = [
    "connection", "nat-drop", "give-up", "dns", "network-switch", "hops", "load", "extra-octets",
    "fragment-loss", "alg", "mobile", "share-access-links",
  ]
  private static let callTime = ConfigurationValue.duration(.zero ... .seconds(24 * 3_600))
  private static let hopKeys = ["rtt", "loss", "burst", "rate", "queue"]

  /// - Parameter settings: transport and proxies as read; the rest is set here.
  static func read(
    _ reader: ConfigurationReader, into settings: inout SignallingSettings
  ) throws(ConfigurationError) {
    try readConnection(reader, into: &settings)
    try readNetworkSwitch(reader, into: &settings)
    settings.hops = try hops(reader, count: settings.proxies + 1)
    settings.load = try load(reader)
    if settings.load != nil, settings.connection == .cold {
      throw reader.error(
        "load", "found beside connection: cold, expected warm: other signalling keeps it open")
    }
    try readObstacles(reader, into: &settings)
    settings.mobile = try mobile(reader, settings)
    if let shares = try reader.value("share-access-links", .boolean) {
      settings.sharesAccessLinks = shares
    }
  }

  // MARK: Connection

  private static func readConnection(
    _ reader: ConfigurationReader, into settings: inout SignallingSettings
  ) throws(ConfigurationError) {
    typealias Connection = ConfigurationValue<SignallingSettings.Connection>
    if let connection = try reader.value("connection", Connection.oneOf) {
      settings.connection = connection
      guard settings.transport != .udp || connection == .warm else {
        throw reader.error(
          "connection",
          "found \(connection.rawValue) with transport udp, expected tcp or TLS: UDP has no connection"
        )
      }
    }
    if let time = try reader.value("nat-drop", callTime) {
      guard settings.connection == .halfDead else {
        throw reader.error(
          "nat-drop", "found with connection \(settings.connection.rawValue), expected half-dead")
      }
      settings.natDrop = time
    }
    if let time = try reader.value("give-up", .duration(.milliseconds(1)...(.seconds(32)))) {
      settings.giveUp = time
    }
    if let time = try reader.value("dns", .duration(.zero ... .seconds(30))) {
      settings.nameLookUp = time
    }
  }

  private static func readNetworkSwitch(
    _ reader: ConfigurationReader, into settings: inout SignallingSettings
  ) throws(ConfigurationError) {
    typealias RecordRoute = ConfigurationValue<SignallingSettings.NetworkSwitch.RecordRoute>
    guard let change = try reader.mapping("network-switch", keys: ["at", "record-route"]) else {
      return
    }
    let time = try change.required("at", callTime)
    let recordRoute = try change.value("record-route", RecordRoute.oneOf) ?? .name
    guard recordRoute == .name || settings.proxies > 0 else {
      throw change.error(
        "record-route", "found address without proxies, expected name: no proxy records a route")
    }
    guard recordRoute == .address || settings.transport != .udp else {
      throw change.error(
        "record-route",
        "found name with transport udp, expected address: UDP has no connection that is lost")
    }
    settings.networkSwitch = .init(time: time, recordRoute: recordRoute)
  }

  // MARK: Hops

  private static func hops(
    _ reader: ConfigurationReader, count: Int
  ) throws(ConfigurationError) -> [SignallingSettings.HopOverride] {
    guard reader.has("hops") else { return [] }
    let elements = try reader.mappings("hops", keys: hopKeys)
    guard elements.count == 1 || elements.count == count else {
      let expected = count == 1 ? "1" : "1 for all, or \(count)"
      throw reader.error(
        "hops", "found \(elements.count), expected \(expected): one more than there are proxies")
    }
    var hops: [SignallingSettings.HopOverride] = []
    for element in elements { hops.append(try hop(element)) }
    return hops
  }

  private static func hop(
    _ reader: ConfigurationReader
  ) throws(ConfigurationError) -> SignallingSettings.HopOverride {
    var hop = SignallingSettings.HopOverride()
    hop.roundTrip = try reader.value("rtt", .duration(.zero ... .seconds(10)))
    hop.loss = try LinkReader.simpleLoss(reader)
    hop.rate = try reader.value("rate", LinkReader.bottleneckRate)
    hop.queueLimit = try reader.value("queue", .duration(.zero ... .seconds(60)))
    return hop
  }

  // MARK: Other signalling

  private static func load(
    _ reader: ConfigurationReader
  ) throws(ConfigurationError) -> SignallingLoad? {
    let keys = ["interval", "sizes", "burst", "burst-interval"]
    guard let reader = try reader.mapping("load", keys: keys) else { return nil }
    let interval = ConfigurationValue.duration(.microseconds(100)...(.seconds(3_600)))
    var load = SignallingLoad(interval: try reader.required("interval", interval))
    if let nodes = try reader.list("sizes") {
      guard !nodes.isEmpty else {
        throw reader.error("sizes", "found no message, expected a list such as [register, 1500B]")
      }
      var sizes: [Int] = []
      for node in nodes { sizes.append(try message.read(node, path: reader.path(to: "sizes"))) }
      load.sizes = sizes
    }
    load.burst =
      try reader.value(
        "burst", ConfigurationValue<Int>.octets(500...1_000_000).or("none")) ?? nil
    if let time = try reader.value(
      "burst-interval", .duration(.milliseconds(10)...(.seconds(3_600))))
    {
      guard load.burst != nil else {
        throw reader.error("burst-interval", "found without burst, expected both")
      }
      load.burstInterval = time
    }
    return load
  }

  /// `register`, `notify`, `invite`, or octets.
  private static let message: ConfigurationValue<Int> = {
    let size = ConfigurationValue<Int>.octets(500...65_000)
    let names = SignallingLoad.Kind.allCases.map(\.rawValue).joined(separator: ", ")
    return ConfigurationValue(expectation: "\(names), or \(size.expectation)") {
      (text) throws(ConfigurationMismatch) in
      if let kind = SignallingLoad.Kind(rawValue: text) { return kind.octets }
      do throws(ConfigurationMismatch) {
        return try size.value(of: text)
      } catch {
        throw ConfigurationMismatch("\(names), or \(error.expectation)")
      }
    }
  }()

  // MARK: Obstacles

  private static func readObstacles(
    _ reader: ConfigurationReader, into settings: inout SignallingSettings
  ) throws(ConfigurationError) {
    let transport = settings.transport
    if let octets = try reader.value("extra-octets", .integer(0...8_000)) {
      guard octets == 0 || octets >= SignallingSettings.leastExtraOctets else {
        throw reader.error(
          "extra-octets", "found \(octets), expected 0 or at least 13, those of a header line")
      }
      settings.extraOctets = octets
    }
    if let share = try reader.value("fragment-loss", .percent(0...100)) {
      guard share == 0 || transport == .udp else {
        throw reader.error(
          "fragment-loss",
          "found with transport \(transport.rawValue), expected udp: TCP sends no fragments")
      }
      settings.fragmentLoss = share
    }
    if let share = try reader.value("alg", .percent(0...100)) {
      guard share == 0 || transport.tlsVersion == nil else {
        throw reader.error(
          "alg",
          "found with transport \(transport.rawValue), expected udp or tcp: "
            + "a router cannot read what TLS carries")
      }
      settings.gatewayBreakage = share
    }
  }

  private static func mobile(
    _ reader: ConfigurationReader, _ settings: SignallingSettings
  ) throws(ConfigurationError) -> MobileSettings? {
    let keys = ["wake-up", "awake", "keep-alive", "binding"]
    guard let inner = try reader.mapping("mobile", keys: keys) else { return nil }
    guard settings.proxies > 0 else {
      throw reader.error("mobile", "found without proxies, expected one, which wakes the device up")
    }
    var mobile = MobileSettings()
    if let time = try inner.value("wake-up", .duration(.zero ... .seconds(30))) {
      mobile.wakeUp = time
    }
    if let time = try inner.value("awake", callTime) { mobile.awake = time }
    let interval = ConfigurationValue<SimDuration>.duration(.seconds(1)...(.seconds(3_600)))
    mobile.keepAlive = try inner.value("keep-alive", interval.or("none")) ?? nil
    if let time = try inner.value("binding", interval) { mobile.binding = time }
    guard mobile.keepAlive.map({ $0 <= mobile.binding }) ?? true else {
      throw inner.error(
        "keep-alive",
        "found an interval above binding (120s unless given), expected at most that: "
          + "a NAT has forgotten the connection by then")
    }
    return mobile
  }
}
