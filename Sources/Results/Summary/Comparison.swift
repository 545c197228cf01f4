import SimulationKernel

/// The mechanisms of the headline group side by side.
struct Comparison {
  /// One mechanism's figures.
  struct Entry {
    var style: MechanismStyle
    var sample: CallSample
    var p50: Estimate
    var p95: Estimate
    var broken: Estimate
    /// The median over the reference's.
    var ratio: Estimate

    func sample(where axis: NetworkAxis, is value: Double) -> CallSample {
      CallSample(sample.calls.filter { axis.value(of: $0.conditions) == value })
    }
  }

  let entries: [Entry]
  /// What the others are measured by: `sip-info`, else `none`, else the first; nil where alone.
  let reference: Entry?
  /// What varies among the calls with episodes: round-trip time before loss, and either before the
  /// relay.
  let axis: NetworkAxis?
  /// The group's conditions in words.
  let networks: String
  let seed: UInt64

  /// nil where there is no call.
  init?(_ results: ResultSet, seed: UInt64) {
    guard let group = results.headlineGroup else { return nil }
    let calls = results.calls(in: group)
    let styles = results.mechanisms(of: calls)
    let samples = styles.map { style in
      CallSample(calls.filter { $0.conditions.mechanism == style.name })
    }
    let position =
      styles.firstIndex { $0.name == "sip-info" } ?? styles.firstIndex { $0.name == "none" } ?? 0
    entries = zip(styles, samples).map { style, sample in
      Entry(
        style: style, sample: sample, p50: sample.recovery(0.5, seed: seed),
        p95: sample.recovery(0.95, seed: seed), broken: sample.brokenShare(seed: seed),
        ratio: sample.ratio(to: samples[position], seed: seed))
    }
    reference = entries.count > 1 ? entries[position] : nil
    let damaged = ResultSet.damaged(calls)
    axis = [NetworkAxis.roundTrip, .loss, .relay].first { $0.values(of: damaged).count > 1 }
    networks = "group \(group), \(ConditionText.describe(calls.map(\.conditions)))"
    self.seed = seed
  }
}

/// A condition that plots and tables go along.
enum NetworkAxis {
  case roundTrip
  case loss
  /// Media's way through a relay, or without one.
  case relay
  case proxies

  var title: String {
    switch self {
    case .roundTrip: "round-trip time"
    case .loss: "loss rate"
    case .relay: "round-trip time through the relay"
    case .proxies: "number of SIP proxies"
    }
  }

  /// The relay's value where media is direct, before all others.
  private static let withoutRelay = -1.0

  /// In milliseconds, percent, or a count; nil where the call has none.
  func value(of conditions: CallConditions) -> Double? {
    switch self {
    case .roundTrip: conditions.roundTrip.inMilliseconds
    case .loss: Self.percent(conditions.lossRate)
    case .relay: conditions.relayRoundTrip?.inMilliseconds ?? Self.withoutRelay
    case .proxies: conditions.proxies.map(Double.init)
    }
  }

  static func percent(_ share: Double) -> Double {
    Double(FixedPoint.scaled(share, decimals: 6)) / 1e4
  }

  func label(_ value: Double) -> String {
    switch self {
    case .relay where value == Self.withoutRelay: "no relay"
    case .roundTrip, .relay: "\(FigureText.trimmed(value)) ms"
    case .loss: "\(FigureText.trimmed(value)) %"
    case .proxies: FigureText.trimmed(value)
    }
  }

  /// The different values in ascending order.
  func values(of calls: [ResultSet.Call]) -> [Double] {
    ResultSet.distinct(calls.compactMap { value(of: $0.conditions) }).sorted()
  }
}

/// Conditions in words.
enum ConditionText {
  static func describe(_ conditions: [CallConditions]) -> String {
    let seeds = ResultSet.distinct(conditions.map(\.seed)).count
    return describe(conditions, seeds: seeds == 1 ? "1 seed" : "\(seeds) seeds")
  }

  /// Of a single call, by its seed.
  static func describe(_ call: CallConditions) -> String {
    describe([call], seeds: "seed \(call.seed)")
  }

  private static func describe(_ conditions: [CallConditions], seeds: String) -> String {
    let losses = conditions.compactMap(NetworkAxis.loss.value)
    let trips = conditions.compactMap(NetworkAxis.roundTrip.value)
    var parts = [
      "RTT \(FigureText.range(trips)) ms",
      "loss \(FigureText.range(losses)) %\(bursts(conditions))",
    ]
    parts += relay(conditions)
    let proxies = conditions.compactMap(\.proxies).map(Double.init)
    if !proxies.isEmpty {
      let transports = ResultSet.distinct(conditions.compactMap(\.transport)).map(transport)
      let plural = proxies == proxies.filter { $0 == 1 } ? "proxy" : "proxies"
      let places = ResultSet.distinct(conditions.compactMap(\.placement)).joined(separator: ", ")
      let placing = places.isEmpty ? "" : " (\(places))"
      parts.append(
        "SIP through \(FigureText.range(proxies)) \(plural)\(placing) over "
          + transports.joined(separator: ", ") + states(conditions))
    }
    let rules = ResultSet.distinct(
      conditions.filter { $0.proxies != nil }.map { requestRules($0) }
    ).filter { !$0.isEmpty }
    if !rules.isEmpty { parts.append("INFO: \(rules.joined(separator: " or "))") }
    parts.append(ResultSet.distinct(conditions.map(\.source)).joined(separator: ", "))
    parts.append(seeds)
    return parts.joined(separator: ", ")
  }

  /// Nothing where all media is direct.
  private static func relay(_ conditions: [CallConditions]) -> [String] {
    let trips = conditions.compactMap { $0.relayRoundTrip?.inMilliseconds }
    guard !trips.isEmpty else { return [] }
    let losses = conditions.compactMap(\.relayLossRate).map(NetworkAxis.percent)
    let some = trips.count < conditions.count ? "some " : ""
    return [
      "\(some)media relayed (RTT \(FigureText.range(trips)) ms, "
        + "loss \(FigureText.range(losses)) %)"
    ]
  }

  /// "linphone (one at a time)": what INFO requests keep to besides the interval; empty where it is
  /// nothing.
  static func requestRules(_ conditions: CallConditions) -> String {
    let rules = [
      conditions.repetition == "once" ? "once" : nil,
      conditions.outstanding == "one" ? "one at a time" : nil,
    ].compactMap { $0 }.joined(separator: ", ")
    guard let policy = conditions.policy else { return rules }
    return rules.isEmpty ? policy : "\(policy) (\(rules))"
  }

  /// Nothing where all connections are up and stay so, as where nothing is said of them.
  private static func states(_ conditions: [CallConditions]) -> String {
    let states = ResultSet.distinct(conditions.compactMap(\.connection))
    return states.contains { $0 != "warm" }
      ? " (connections \(states.joined(separator: ", ")))" : ""
  }

  /// ", warm", ", cold": how plots tell connections apart.
  static func state(_ connection: String?) -> String { connection.map { ", \($0)" } ?? "" }

  /// Where a state stands among others: the one that costs least first.
  static func rank(connection: String?) -> Int {
    connection.flatMap { ["warm", "cold", "half-dead"].firstIndex(of: $0) } ?? 0
  }

  /// "TLS 1.3" of "tls1.3".
  static func transport(_ name: String) -> String {
    switch name {
    case "udp": "UDP"
    case "tcp": "TCP"
    case "tls1.2": "TLS 1.2"
    case "tls1.3": "TLS 1.3"
    default: name
    }
  }

  private static func bursts(_ conditions: [CallConditions]) -> String {
    let bursts = ResultSet.distinct(
      conditions.compactMap { $0.meanBurst.map { FigureText.trimmed($0.inMilliseconds) } })
    if bursts.isEmpty { return "" }
    let text = "in bursts of \(bursts.joined(separator: ", ")) ms"
    return conditions.contains { $0.meanBurst == nil } ? " (some \(text))" : " \(text)"
  }
}
