import CallSimulation
import Configuration
import Results

/// Where settings must hold, as the file has it.
struct ValidationNetwork {
  /// What all networks share is written once, under `settings`.
  static let keys = ["name"] + NetworkReader.keys + ["signalling", "video"]

  let name: String
  /// The scenario's keys that lie over the settings.
  let node: ConfigurationNode

  /// The elements of `networks`: mappings, or the names of network profiles.
  static func read(
    _ reader: ConfigurationReader, mayBeNone: Bool = false
  ) throws(ConfigurationError) -> [ValidationNetwork] {
    var networks: [ValidationNetwork] = []
    for (index, element) in (try reader.list("networks") ?? []).enumerated() {
      let path = "\(reader.path(to: "networks"))[\(index)]"
      let network = try ValidationNetwork(element, path: path)
      guard !networks.contains(where: { $0.name == network.name }),
        network.name != GateReport.allNetworks
      else {
        throw ConfigurationError(
          place: element["name"]?.place ?? element.place, key: "\(path).name",
          problem: "\"\(network.name)\" is taken, expected a name of its own")
      }
      networks.append(network)
    }
    guard mayBeNone || !networks.isEmpty else {
      throw reader.error("networks", "found no network, expected at least one")
    }
    return networks
  }

  private init(_ node: ConfigurationNode, path: String) throws(ConfigurationError) {
    if case .scalar = node.content {
      let profile = try ConfigurationValue<NetworkProfile>.oneOf.read(node, path: path)
      name = profile.rawValue
      let empty = ConfigurationNode(.mapping([]), place: node.place)
      self.node = empty.setting(["network", "profile"], to: node)
      return
    }
    let reader = try ConfigurationReader(node, path: path, keys: Self.keys)
    name = try reader.required("name", .text)
    var scenario = ConfigurationNode(.mapping([]), place: node.place)
    for key in NetworkReader.keys {
      guard let value = reader.node(key) else { continue }
      scenario = scenario.setting(["network", key], to: value)
    }
    for key in ["signalling", "video"] {
      guard let value = reader.node(key) else { continue }
      scenario = scenario.setting([key], to: value)
    }
    self.node = scenario
  }
}

/// The settings on one network, and the baseline's beside them.
struct ValidationCell: Sendable {
  let name: String
  let scenario: Scenario
  let baseline: Scenario?
  let findings: [SettingsFinding]
  let baselineFindings: [SettingsFinding]
  /// Where all calls are one observation, a sentence that says why.
  let sameLosses: String?

  static let candidateName = ValidationCells.candidateName
  static let baselineName = ValidationCells.baselineName

  /// Whether the baseline's settings are the same, so that its calls are, whatever their number.
  var isUnchanged: Bool {
    guard var other = baseline else { return false }
    other.situation = scenario.situation
    return CellIdentity(other) == CellIdentity(scenario)
  }

  var scenarios: [Scenario] { baseline.map { [scenario, $0] } ?? [scenario] }

  init(
    _ network: ValidationNetwork, settings: ConfigurationNode, baseline: ConfigurationNode?,
    calls: Int, checks: Bool
  ) throws(ConfigurationError) {
    name = network.name
    (scenario, findings) = try Self.scenario(
      network, settings, situation: baseline == nil ? nil : Self.candidateName, checks: checks)
    sameLosses = OneChannel.warning(
      scenario, settings.overlaidScenario(with: network.node), calls: calls)
    guard let baseline else {
      (self.baseline, baselineFindings) = (nil, [])
      return
    }
    let other = try Self.scenario(
      network, baseline, situation: Self.baselineName, checks: checks)
    (self.baseline, baselineFindings) = (other.scenario, other.findings)
  }

  private static func scenario(
    _ network: ValidationNetwork, _ settings: ConfigurationNode, situation: String?, checks: Bool
  ) throws(ConfigurationError) -> (scenario: Scenario, findings: [SettingsFinding]) {
    let node = settings.overlaidScenario(with: network.node)
    var scenario = try ScenarioReader.read(node)
    guard scenario.video.source != .file("-") else {
      throw ConfigurationError(
        place: node.value(at: ["video", "source"])?.place ?? settings.place,
        key: "settings.video.source",
        problem: "found \"-\", expected a built-in source or a file, since many calls share it")
    }
    let findings = checks ? ScenarioReader.findings(scenario, node) : []
    scenario.name = network.name
    scenario.situation = situation
    return (scenario, findings)
  }
}
