/// What probes may differ in besides the mechanism, and effects are told apart by.
enum ProbeFactor: CaseIterable {
  case roundTrip, loss, burst, relay, proxies, transport, placement, connection, requestInterval
  case policy, situation, source, packets, position, kind

  /// One of a factor's values.
  struct Level: Hashable {
    /// By which numbers are sorted; the same for all names.
    var order: Double
    /// As tables name it: "RTT 100 ms".
    var title: String
    /// As the tics of an axis name it: "100".
    var label: String

    init(_ label: String, order: Double = 0, title: String? = nil) {
      self.order = order
      self.label = label
      self.title = title ?? label
    }

    fileprivate init(milliseconds value: Double, title: String) {
      let text = FigureText.trimmed(value)
      self.init(text, order: value, title: "\(title) \(text) ms")
    }
  }

  /// As axes and panels name it.
  var title: String {
    switch self {
    case .roundTrip: "round-trip time, ms"
    case .loss: "loss rate behind the probe"
    case .burst: "loss bursts behind the probe"
    case .relay: "relay"
    case .proxies: "SIP proxies"
    case .transport: "SIP transport"
    case .placement: "place of the proxies"
    case .connection: "SIP connections"
    case .requestInterval: "interval between INFO requests"
    case .policy: "rules for INFO requests"
    case .situation: "situation"
    case .source: "picture"
    case .packets: "packets lost in a row"
    case .position: "first packet lost"
    case .kind: "kind of the frame that is hit"
    }
  }

  /// A probe's value; nil where it has none.
  func level(_ conditions: CallConditions, _ followed: ProbeResults.Followed) -> Level? {
    switch self {
    case .packets:
      let count = followed.probe.packets
      return Level(
        "\(count)", order: Double(count),
        title: count == 1 ? "1 packet lost" : "\(count) packets lost")
    case .position:
      let position = followed.probe.position
      let order = Probe.Position.allCases.firstIndex(of: position) ?? 0
      return Level(
        position.rawValue, order: Double(order), title: "\(position.rawValue) packet of the frame")
    case .kind:
      return Level(
        followed.kind, order: Self.kindOrder(followed.kind), title: "frame \(followed.kind)")
    default: return level(conditions)
    }
  }

  /// The value of what the factor takes from the call alone.
  private func level(_ conditions: CallConditions) -> Level? {
    switch self {
    case .roundTrip: return Level(milliseconds: conditions.roundTrip.inMilliseconds, title: "RTT")
    case .loss:
      let percent = NetworkAxis.percent(conditions.lossRate)
      let text = "\(FigureText.trimmed(percent)) %"
      return Level(text, order: percent, title: "loss \(text)")
    case .burst:
      guard let burst = conditions.meanBurst else { return Level("independent losses") }
      return Level(milliseconds: burst.inMilliseconds, title: "bursts of")
    case .relay:
      guard let trip = conditions.relayRoundTrip else { return Level("no relay", order: -1) }
      return Level(milliseconds: trip.inMilliseconds, title: "relay, RTT")
    case .proxies:
      return conditions.proxies.map {
        Level("\($0)", order: Double($0), title: $0 == 1 ? "1 proxy" : "\($0) proxies")
      }
    case .transport: return conditions.transport.map { Level(ConditionText.transport($0)) }
    case .placement: return conditions.placement.map { Level($0, title: "proxies \($0)") }
    case .connection: return conditions.connection.map { Level($0, title: "connections \($0)") }
    case .requestInterval:
      return conditions.requestInterval.map {
        Level(milliseconds: $0.inMilliseconds, title: "INFO each")
      }
    case .policy:
      guard conditions.proxies != nil else { return nil }
      let rules = ConditionText.requestRules(conditions)
      return Level(rules.isEmpty ? "no endpoint's rules" : rules)
    case .situation: return Level(conditions.situation ?? "no situation")
    case .source: return Level(conditions.source)
    case .packets, .position, .kind: return nil
    }
  }

  private static func kindOrder(_ kind: String) -> Double {
    let kinds = ["key", "golden", "altref", "golden+altref", "last"]
    return Double(kinds.firstIndex(of: kind) ?? kinds.count)
  }

  /// The different values: numbers ascending, names in the order of their first appearance.
  static func ordered(_ levels: [Level]) -> [Level] {
    // Swift's sort is stable.
    ResultSet.distinct(levels).sorted { $0.order < $1.order }
  }
}
