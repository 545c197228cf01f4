import Configuration
import Foundation
import NetworkModels
import Results
import SimulationKernel

/// The words of `avpfsim trace generate`, one an option, as a user writes them.
public struct TraceRecipe: Sendable {
  public enum Model: String, CaseIterable, Sendable {
    case gilbert
    case gilbertElliott = "gilbert-elliott"
    case randomWalk = "random-walk"
    /// What a scenario's network does to packets at even intervals.
    case network
  }

  public var model: Model
  public var duration = "60s"
  public var seed: UInt64 = 1
  public var format: TraceFormat?
  /// Options that belong to some of the models, by name without dashes, as they were given.
  public var options: [(name: String, text: String)] = []

  public init(model: Model) { self.model = model }

  /// What an option is where it is not given; nil where it must be.
  private static func options(_ model: Model) -> [(name: String, standard: String?)] {
    switch model {
    case .gilbert: [("loss", nil), ("burst", nil), ("interval", "10ms")]
    case .gilbertElliott:
      [
        ("good-to-bad", nil), ("bad-to-good", nil), ("good-loss", "0%"), ("bad-loss", "100%"),
        ("interval", "10ms"),
      ]
    case .randomWalk:
      [("lowest", nil), ("highest", nil), ("change", "500ms"), ("step", "10%")]
    case .network: [("scenario", nil), ("octets", "100"), ("interval", "10ms")]
    }
  }

  /// The trace's text, with the command that makes it again in a comment where the format has any.
  ///
  /// - Throws: one sentence about the option at fault, what was found and what was expected.
  public func text() throws(ConfigurationError) -> [UInt8] {
    try checkOptions()
    let format = format ?? standardFormat
    guard format.hasPackets == (model != .randomWalk) else {
      throw error(
        "format",
        "found \(format.rawValue) with \(model.rawValue), expected one of "
          + TraceFormat.allCases.filter { $0.hasPackets != format.hasPackets }.map(\.rawValue)
          .joined(separator: ", "))
    }
    let duration = try read("duration", duration, .duration(.milliseconds(1)...(.seconds(86_400))))
    var text: [UInt8] = []
    if format != .mahimahi { text += "# \(command(format))\n".utf8 }
    switch model {
    case .gilbert, .gilbertElliott:
      let interval = try value(
        "interval", .duration(.microseconds(1)...TraceParser.longestInterval))
      let count = try packets(duration, interval)
      let parameters =
        try model == .gilbert ? gilbert(interval) : gilbertElliott()
      let losses = TraceGenerator.losses(parameters, count: count, seed: seed)
      text += TraceWriter.text(PacketTrace(losses: losses, interval: interval), as: format)
    case .randomWalk:
      text += TraceWriter.text(try walk(duration, format), as: format)
    case .network:
      text += TraceWriter.text(try network(duration), as: format)
    }
    return text
  }

  private var standardFormat: TraceFormat {
    switch model {
    case .gilbert, .gilbertElliott: .pattern
    case .randomWalk: .rate
    case .network: .packets
    }
  }

  /// The way from sender to receiver: the same channel that a call of this seed meets.
  private func network(_ duration: SimDuration) throws(ConfigurationError) -> PacketTrace {
    let octets = try value("octets", .integer(1...65_535))
    let interval = try value(
      "interval", .duration(.microseconds(1)...TraceParser.longestInterval))
    let count = try packets(duration, interval)
    let scenario = try ScenarioReader.read(
      ConfigurationFile.load(text("scenario")!), source: nil)
    let link = Link(scenario.media.effectiveForward, seed: seed, name: "media.forward")
    return TraceGenerator.packets(over: link, count: count, interval: interval, octets: octets)
  }

  /// Writes the trace whole or not at all.
  public func write(to path: String) throws {
    let text = try text()
    try WholeFile.write(String(decoding: text, as: UTF8.self), to: path)
  }

  private func gilbert(_ interval: SimDuration) throws(ConfigurationError)
    -> GilbertElliottParameters
  {
    let rate = try value("loss", .percent(0..<100))
    let burst = try value("burst", .duration(interval...(.seconds(60))))
    let packets = Double(burst.nanoseconds) / Double(interval.nanoseconds)
    guard packets * (1 - rate) >= rate else {
      throw error(
        "burst",
        "found \(durationText(burst)) with --loss \(text("loss")!), expected a longer one, "
          + "since the packets received come one by one at least")
    }
    return TraceGenerator.gilbert(rate: rate, meanBurst: packets)
  }

  private func gilbertElliott() throws(ConfigurationError) -> GilbertElliottParameters {
    let parameters = GilbertElliottParameters(
      goodToBad: try value("good-to-bad", .percent(0.0...100.0)),
      badToGood: try value("bad-to-good", .percent(0.0...100.0)),
      goodLoss: try value("good-loss", .percent(0.0...100.0)),
      badLoss: try value("bad-loss", .percent(0.0...100.0)))
    guard parameters.goodToBad + parameters.badToGood > 0 else {
      throw error("good-to-bad", "found 0% with --bad-to-good 0%, expected one of them above")
    }
    return parameters
  }

  private func walk(
    _ duration: SimDuration, _ format: TraceFormat
  ) throws(ConfigurationError) -> RateTimeline {
    let bounds = Bitrate(bitsPerSecond: 0)...Bitrate.kilobitsPerSecond(1_000_000)
    let lowest = try value("lowest", .bitrate(bounds))
    let highest = try value("highest", .bitrate(bounds))
    guard lowest < highest else {
      throw error("highest", "found \(text("highest")!), expected more than --lowest")
    }
    let change = try value("change", .duration(.milliseconds(1)...duration))
    let step = try value("step", .percent(0.0...100.0))
    guard duration.nanoseconds / change.nanoseconds < Int64(TraceLimits.rateRows) else {
      throw error("change", "found \(durationText(change)), expected fewer changes in --duration")
    }
    let walk = TraceGenerator.RandomWalk(
      lowest: lowest, highest: highest, interval: change, step: step)
    let most = Double(highest.bitsPerSecond) / 12_000 * duration.inSeconds
    guard format == .rate || most < Double(TraceLimits.opportunities) else {
      throw error(
        "duration", "found more than \(TraceLimits.opportunities) opportunities, expected fewer")
    }
    return TraceGenerator.rate(walk, duration: duration, seed: seed)
  }

  private func packets(
    _ duration: SimDuration, _ interval: SimDuration
  ) throws(ConfigurationError) -> Int {
    let count = duration.nanoseconds / interval.nanoseconds
    guard count >= 1, count <= Int64(TraceLimits.packets) else {
      throw error(
        "duration", "found \(count) packets of an --interval, expected 1 to \(TraceLimits.packets)")
    }
    return Int(count)
  }

  /// The command line that makes the trace again.
  private func command(_ format: TraceFormat) -> String {
    (["avpfsim trace generate \(model.rawValue)"]
      + Self.options(model).map { "--\($0.name) \(text($0.name)!)" }
      + ["--duration \(duration) --seed \(seed) --format \(format.rawValue)"])
      .joined(separator: " ")
  }

  private func text(_ name: String) -> String? {
    options.first { $0.name == name }?.text
      ?? Self.options(model).first { $0.name == name }.flatMap(\.standard)
  }

  private func checkOptions() throws(ConfigurationError) {
    let known = Self.options(model)
    for option in options where !known.contains(where: { $0.name == option.name }) {
      throw error(
        option.name,
        "found with \(model.rawValue), expected only "
          + known.map { "--\($0.name)" }.joined(separator: ", "))
    }
    for option in known where text(option.name) == nil {
      throw error(option.name, "found nothing, expected a value, which \(model.rawValue) needs")
    }
  }

  private func value<Value>(
    _ name: String, _ value: ConfigurationValue<Value>
  ) throws(ConfigurationError) -> Value {
    try read(name, text(name)!, value)
  }

  private func read<Value>(
    _ name: String, _ text: String, _ value: ConfigurationValue<Value>
  ) throws(ConfigurationError) -> Value {
    let node = ConfigurationNode(.scalar(text), place: ConfigurationPlace(file: "--\(name)"))
    return try value.read(node, path: "")
  }

  private func error(_ name: String, _ problem: String) -> ConfigurationError {
    ConfigurationError(place: ConfigurationPlace(file: "--\(name)"), problem: problem)
  }
}
