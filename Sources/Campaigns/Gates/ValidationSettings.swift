import Configuration
import SimulationKernel

/// A settings file: what is to be rolled out, the networks it must hold on, and the gates.
public struct ValidationSettings: Sendable {
  static let keys = ["name", "seed", "calls", "duration", "settings", "networks", "gates"]
  /// What all networks share is written once, under `settings`.
  static let networkKeys = ["name"] + NetworkReader.keys + ["signalling"]

  public let name: String
  public let seed: UInt64
  /// In the file's order.
  public let networks: [String]
  public let gates: [Gate]
  /// Ordered by network and call; the network is the job's group.
  public let jobs: [Job]
  /// What the reader of the results should know, a sentence each.
  public let warnings: [String]

  /// - Parameter seed: replaces the file's own.
  public init(_ node: ConfigurationNode, seed: UInt64? = nil) throws(ConfigurationError) {
    try FileKind.settings.check(node)
    let reader = try ConfigurationReader(node, keys: Self.keys)
    name = try reader.value("name", .text) ?? "settings"
    let ownSeed = try reader.value("seed", .seed) ?? 1
    self.seed = seed ?? ownSeed
    let calls = try reader.value("calls", .integer(1...10_000)) ?? 20
    gates = try Self.gates(reader)

    var settings = reader.node("settings") ?? ConfigurationNode(.mapping([]), place: node.place)
    _ = try ConfigurationReader(
      settings, path: "settings", keys: Plan.scenarioKeys.filter { $0 != "duration" })
    if let duration = reader.node("duration") {
      settings = settings.setting(["duration"], to: duration)
    }
    let readers = try reader.mappings("networks", keys: Self.networkKeys)
    guard !readers.isEmpty else {
      throw reader.error("networks", "found no network, expected at least one")
    }
    var networks: [String] = []
    var jobs: [Job] = []
    var warnings: [String] = []
    for network in readers {
      let name = try network.required("name", .text)
      guard !networks.contains(name), name != GateReport.allNetworks else {
        throw network.error("name", "\"\(name)\" is taken, expected a name of its own")
      }
      networks.append(name)
      let node = Self.overlay(settings, with: network)
      var scenario = try ScenarioReader.read(node)
      warnings += ScenarioReader.warnings(scenario, node).filter { !warnings.contains($0) }
      guard scenario.video.source != .file("-") else {
        throw ConfigurationError(
          place: settings.place, key: "settings.video.source",
          problem: "found \"-\", expected a built-in source or a file, since many calls share it")
      }
      scenario.name = name
      for number in 0..<calls {
        scenario.seed = callSeed(campaignSeed: self.seed, number: number)
        jobs.append(
          Job(group: name, run: jobs.count, scenario: CallScenario(scenario), keepsFrames: false))
      }
    }
    self.networks = networks
    self.jobs = jobs
    self.warnings = warnings
  }

  private static func gates(_ reader: ConfigurationReader) throws(ConfigurationError) -> [Gate] {
    var gates: [Gate] = []
    for (index, node) in (try reader.list("gates") ?? []).enumerated() {
      gates.append(
        try ConfigurationValue<Gate>.gate.read(node, path: "\(reader.path(to: "gates"))[\(index)]"))
    }
    guard !gates.isEmpty else {
      throw reader.error("gates", "found no gate, expected one such as recovery.p95 <= 400ms")
    }
    return gates
  }

  /// The settings with a network's keys where a scenario has them.
  private static func overlay(
    _ settings: ConfigurationNode, with network: ConfigurationReader
  ) -> ConfigurationNode {
    var scenario = settings
    for key in NetworkReader.keys {
      guard let value = network.node(key) else { continue }
      scenario = scenario.setting(["network", key], to: value)
    }
    if let signalling = network.node("signalling") {
      scenario = scenario.setting(["signalling"], to: signalling)
    }
    return scenario
  }
}
