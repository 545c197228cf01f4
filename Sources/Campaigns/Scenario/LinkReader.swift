import Configuration
import NetworkModels
import SimulationKernel

/// Reads what one direction of a path does to packets.
enum LinkReader {
  /// What both directions have alike where the way back says nothing else.
  static let pathKeys = [
    "loss", "burst", "loss-model", "outages", "jitter", "reordering", "slot", "route-changes",
    "duplicates",
  ]
  /// What each direction has by itself.
  static let queueKeys = [
    "rate", "rate-trace", "queue", "queue-octets", "burst-octets", "codel", "cross-traffic",
    "trace", "trace-start",
  ]

  private static let time = ConfigurationValue.duration(.zero ... .seconds(24 * 3_600))
  private static let span = ConfigurationValue.duration(.microseconds(1)...(.seconds(3_600)))
  private static let delay = ConfigurationValue.duration(.zero ... .seconds(10))
  static let burstLength = ConfigurationValue<SimDuration>.duration(
    .microseconds(1)...(.seconds(60))
  ).or("none")
  static let bottleneckRate = ConfigurationValue<Bitrate>.bitrate(
    .kilobitsPerSecond(8)...(.kilobitsPerSecond(100_000_000))
  ).or("unlimited")

  // MARK: Path

  static func readPath(
    _ reader: ConfigurationReader, into link: inout LinkSettings
  ) throws(ConfigurationError) {
    if let loss = try lossModel(reader, default: link.loss) { link.loss = loss }
    if let outages = try outages(reader) { link.outages = outages }
    if let jitter = try jitter(reader) { link.delay.jitter = jitter.value }
    if let reorders = try reader.value("reordering", .boolean) { link.delay.reorders = reorders }
    if let slot = try reader.value("slot", .duration(.zero ... .seconds(1))) {
      link.delay.slot = slot
    }
    if let changes = try routeChanges(reader) { link.delay.routeChanges = changes }
    if let share = try reader.value("duplicates", .percent(0...100)) {
      link.delay.duplicates = share
    }
  }

  /// `loss` and `burst`, or `loss-model`; nil where nothing is said of losses.
  static func lossModel(
    _ reader: ConfigurationReader, default former: LossModel = .none
  ) throws(ConfigurationError) -> LossModel? {
    if let model = try namedModel(reader) {
      for key in ["loss", "burst"] where reader.has(key) {
        throw reader.error(key, "found beside loss-model, expected one of the two")
      }
      return model
    }
    return try simpleLoss(reader, default: former)
  }

  /// `loss` and `burst` of a mapping that has both keys; nil where it says nothing of losses.
  static func simpleLoss(
    _ reader: ConfigurationReader, default former: LossModel = .none
  ) throws(ConfigurationError) -> LossModel? {
    let rate = try reader.value("loss", .percent(0..<100))
    let burst = try reader.value("burst", burstLength)
    guard burst == nil || burst == .some(nil) || rate != nil || former.rate > 0 else {
      throw reader.error("burst", "given without loss, expected the loss rate that comes in bursts")
    }
    guard rate != nil || burst != nil else { return nil }
    return loss(rate ?? former.rate, burst ?? former.meanBurst)
  }

  private static func loss(_ rate: Double, _ burst: SimDuration?) -> LossModel {
    guard rate > 0 else { return .none }
    guard let burst else { return .independent(rate: rate) }
    return .gilbertElliott(rate: rate, meanBurst: burst)
  }

  private static func namedModel(
    _ reader: ConfigurationReader
  ) throws(ConfigurationError) -> LossModel? {
    guard reader.has("loss-model"),
      let models = try reader.mapping("loss-model", keys: ["two-state", "four-state"])
    else { return nil }
    switch (models.has("two-state"), models.has("four-state")) {
    case (true, false): return .twoState(try twoState(models))
    case (false, true): return .fourState(try fourState(models))
    default: throw reader.error("loss-model", "expected one of two-state and four-state in it")
    }
  }

  private static func twoState(
    _ models: ConfigurationReader
  ) throws(ConfigurationError) -> TwoStateLoss {
    let keys = ["good", "bad", "loss-in-good", "loss-in-bad"]
    let reader = try models.mapping("two-state", keys: keys)!
    return TwoStateLoss(
      meanGood: try reader.required("good", span), meanBad: try reader.required("bad", span),
      lossInGood: try reader.value("loss-in-good", .percent(0...100)) ?? 0,
      lossInBad: try reader.value("loss-in-bad", .percent(0...100)) ?? 1)
  }

  private static func fourState(
    _ models: ConfigurationReader
  ) throws(ConfigurationError) -> FourStateLoss {
    let keys = ["step", "p13", "p31", "p32", "p23", "p14"]
    let reader = try models.mapping("four-state", keys: keys)!
    let share = ConfigurationValue<Double>.percent(0...100)
    let model = FourStateLoss(
      step: try reader.required("step", .duration(.microseconds(100)...(.seconds(60)))),
      p13: try reader.required("p13", share), p31: try reader.required("p31", share),
      p32: try reader.value("p32", share) ?? 0, p23: try reader.value("p23", share) ?? 1,
      p14: try reader.value("p14", share) ?? 0)
    guard model.p13 + model.p14 <= 1 else {
      throw reader.error("p14", "makes more than 100% with p13, expected at most that")
    }
    guard model.p31 + model.p32 <= 1 else {
      throw reader.error("p32", "makes more than 100% with p31, expected at most that")
    }
    guard model.p31 > 0, model.p32 == 0 || model.p23 > 0 else {
      throw reader.error(
        model.p31 > 0 ? "p23" : "p31", "found 0%, expected more: a burst ends some time")
    }
    return model
  }

  private static func outages(
    _ reader: ConfigurationReader
  ) throws(ConfigurationError) -> [Range<SimTime>]? {
    guard reader.has("outages") else { return nil }
    var outages: [Range<SimTime>] = []
    for element in try reader.mappings("outages", keys: ["at", "for"]) {
      let begin = SimTime.zero + (try element.required("at", time))
      let end = begin + (try element.required("for", span))
      guard outages.last.map({ $0.upperBound <= begin }) ?? true else {
        throw element.error("at", "found within or before the last outage, expected after its end")
      }
      outages.append(begin..<end)
    }
    return outages
  }

  // MARK: Delay

  /// The outer nil: nothing is said of jitter; the inner one: there is none.
  private static func jitter(
    _ top: ConfigurationReader
  ) throws(ConfigurationError) -> (value: Jitter?, said: Bool)? {
    guard let node = top.node("jitter") else { return nil }
    if case .scalar = node.content {
      // Exponential: what is known of it is its mean.
      let mean = try top.value("jitter", delay.or("none")) ?? nil
      return (mean.map { Jitter(mean: $0, distribution: .gamma(shape: 1)) }, true)
    }
    let keys = ["mean", "distribution", "deviation", "shape", "correlation"]
    let reader = try top.mapping("jitter", keys: keys)!
    let mean = try reader.required("mean", delay)
    let name = try reader.value("distribution", ConfigurationValue<Name>.oneOf) ?? .gamma
    let distribution = try distribution(name, mean: mean, reader)
    let correlation = try reader.value("correlation", .duration(.zero ... .seconds(60))) ?? .zero
    return (Jitter(mean: mean, distribution: distribution, correlationTime: correlation), true)
  }

  private enum Name: String, CaseIterable, Sendable {
    case uniform, normal, gamma, pareto
  }

  private static func distribution(
    _ name: Name, mean: SimDuration, _ reader: ConfigurationReader
  ) throws(ConfigurationError) -> Jitter.Distribution {
    for (key, users) in [("deviation", [Name.normal]), ("shape", [.gamma, .pareto])] {
      guard reader.has(key), !users.contains(name) else { continue }
      throw reader.error(key, "found with distribution \(name.rawValue), which has none")
    }
    switch name {
    case .uniform: return .uniform
    case .normal:
      return .normal(deviation: try reader.required("deviation", delay))
    case .gamma: return .gamma(shape: try reader.value("shape", .number(0.1...100)) ?? 1)
    case .pareto: return .pareto(shape: try reader.value("shape", .number(1.1...100)) ?? 3)
    }
  }

  private static func routeChanges(
    _ reader: ConfigurationReader
  ) throws(ConfigurationError) -> [DelaySettings.RouteChange]? {
    guard reader.has("route-changes") else { return nil }
    var changes: [DelaySettings.RouteChange] = []
    for element in try reader.mappings("route-changes", keys: ["at", "delay"]) {
      let at = SimTime.zero + (try element.required("at", time))
      guard changes.last.map({ $0.time < at }) ?? true else {
        throw element.error("at", "found not after the last change, expected times in order")
      }
      changes.append(.init(time: at, oneWayDelay: try element.required("delay", delay)))
    }
    return changes
  }

  // MARK: Traces

  /// What is played back of one direction: losses and delays, and the rate.
  static func readTraces(
    _ reader: ConfigurationReader, into link: inout LinkSettings
  ) throws(ConfigurationError) {
    if let file = try traceFile("trace", reader) {
      for key in ["loss", "burst", "loss-model"] where reader.has(key) {
        throw reader.error(key, "found beside trace, whose losses are played back; expected one")
      }
      let packets = try file.packets(for: "to play back")
      link.loss = .timeline(packets.lossTimeline)
      link.delay.timeline = packets.delayTimeline
    }
    if let file = try traceFile("rate-trace", reader) {
      if reader.has("rate") {
        throw reader.error("rate", "found beside rate-trace, expected one of the two")
      }
      guard case .rate(let timeline) = file.trace else {
        throw reader.error(
          "rate-trace",
          "found a trace of packets, expected one of a rate: Mahimahi's or time_ms,kbps")
      }
      link.queue.timeline = timeline
    }
    if let start = try reader.value("trace-start", traceStart) {
      guard link.playsTraces else {
        throw reader.error("trace-start", "given without a trace, expected trace or rate-trace too")
      }
      link.traceStart = start
    }
  }

  private static let traceStart: ConfigurationValue<TraceStart> = {
    let offset = ConfigurationValue<SimDuration>.duration(.zero ... .seconds(1_000_000))
    return ConfigurationValue(expectation: "\(offset.expectation), or random") {
      (text) throws(ConfigurationMismatch) in
      if text == "random" { return .random }
      guard let time = try? offset.value(of: text) else {
        throw ConfigurationMismatch("\(offset.expectation), or random")
      }
      return .at(time)
    }
  }()

  private static func traceFile(
    _ key: String, _ reader: ConfigurationReader
  ) throws(ConfigurationError) -> TraceFile? {
    guard let path = try reader.value(key, .path), let node = reader.node(key) else { return nil }
    do throws(ConfigurationError) {
      return try TraceFile(path: node.place.path(to: path))
    } catch {
      // Of a file that is there the line is named; of one that is not, who wants it.
      guard error.place.line == 0 else { throw error }
      throw reader.error(key, "\(error.place.file): \(error.problem)")
    }
  }

  /// The trace files that a scenario names.
  static func tracePaths(_ node: ConfigurationNode) -> [String] {
    let network = node["network"]
    return [network, network?["reverse"], network?["relay"]].compactMap { $0 }.flatMap { part in
      ["trace", "rate-trace"].compactMap { key in
        guard let value = part[key], case .scalar(let text) = value.content else { return nil }
        return value.place.path(to: text)
      }
    }
  }

  // MARK: Queue

  static func readQueue(
    _ reader: ConfigurationReader, into queue: inout QueueSettings
  ) throws(ConfigurationError) {
    if let rate = try reader.value("rate", bottleneckRate) {
      queue.rate = rate
      queue.timeline = nil
    }
    if let limit = try reader.value("queue", .duration(.zero ... .seconds(60))) {
      queue.limit = limit
    }
    let octets = ConfigurationValue<Int>.integer(1_500...1_000_000_000).or("none")
    if let limit = try reader.value("queue-octets", octets) { queue.octetLimit = limit }
    if let burst = try reader.value("burst-octets", octets) { queue.burst = burst }
    if let discipline = try coDel(reader) { queue.discipline = discipline }
    if let traffic = try crossTraffic(reader) { queue.crossTraffic = traffic.value }
    for key in ["queue-octets", "burst-octets", "codel", "cross-traffic"] where reader.has(key) {
      guard queue.rate == nil, queue.timeline == nil else { continue }
      throw reader.error(key, "given without rate, expected the rate of the bottleneck too")
    }
  }

  private static func coDel(
    _ top: ConfigurationReader
  ) throws(ConfigurationError) -> QueueSettings.Discipline? {
    guard let node = top.node("codel") else { return nil }
    // RFC 8289 section 4.4.
    let (target, interval) = (SimDuration.milliseconds(5), SimDuration.milliseconds(100))
    if case .scalar = node.content {
      return try top.value("codel", .boolean) == true
        ? .coDel(target: target, interval: interval) : .dropTail
    }
    let reader = try top.mapping("codel", keys: ["target", "interval"])!
    let range = ConfigurationValue.duration(.milliseconds(1)...(.seconds(10)))
    return .coDel(
      target: try reader.value("target", range) ?? target,
      interval: try reader.value("interval", range) ?? interval)
  }

  private static func crossTraffic(
    _ top: ConfigurationReader
  ) throws(ConfigurationError) -> (value: QueueSettings.CrossTraffic?, said: Bool)? {
    guard let node = top.node("cross-traffic") else { return nil }
    if case .scalar("none") = node.content { return (nil, true) }
    let keys = ["rate", "octets", "on", "off"]
    guard let reader = try top.mapping("cross-traffic", keys: keys) else { return nil }
    let rates = Bitrate.kilobitsPerSecond(1)...Bitrate.kilobitsPerSecond(10_000_000)
    var traffic = QueueSettings.CrossTraffic(rate: try reader.required("rate", .bitrate(rates)))
    if let octets = try reader.value("octets", .integer(40...1_500)) { traffic.octets = octets }
    switch (reader.has("on"), reader.has("off")) {
    case (false, false): break
    case (true, true):
      traffic.pattern = .onOff(
        meanOn: try reader.required("on", span), meanOff: try reader.required("off", span))
    case (let hasOn, _):
      throw reader.error(
        hasOn ? "on" : "off",
        "given without \(hasOn ? "off" : "on"), expected the mean lengths of both")
    }
    return (traffic, true)
  }
}

extension ConfigurationValue where Value == Double {
  /// A number without a unit.
  static func number(_ range: ClosedRange<Double>) -> Self {
    let expectation = "a number from \(range.lowerBound) to \(range.upperBound)"
    return Self(expectation: expectation) { (text) throws(ConfigurationMismatch) in
      guard let number = Double(text), range.contains(number) else {
        throw ConfigurationMismatch(expectation)
      }
      return number
    }
  }
}
