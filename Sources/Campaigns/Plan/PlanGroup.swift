import CallSimulation
import Configuration
import MediaSession
import Signalling
import VP8Codec

/// One group of a plan: the combinations of what it varies, laid over the plan's base.
struct PlanGroup {
  static let keys = [
    "name", "set", "vary", "pair", "situations", "seeds", "frames", "exclude", "probes",
  ]
  static let maximumCells = 20_000

  let name: String
  let seeds: Int
  let keepsFrames: Bool
  /// nil where whole calls are wanted.
  let probes: ProbeGround?
  /// In the order of the file: the first varied key changes slowest.
  let cells: [Scenario]
  /// Keys with several values that are among no file's columns.
  let variedWithoutColumn: [String]
  /// Sentences on settings, of which every cell gives rise to each.
  let warnings: [String]

  /// The scenario keys that `CallConditions` has columns for.
  private static let keysWithColumns: Set = [
    "mechanism", "network.rtt", "network.loss", "network.burst", "network.relay",
    "network.relay.rtt", "network.relay.loss", "signalling.proxies", "signalling.transport",
    "signalling.placement", "signalling.connection", "signalling.policy", "signalling.repeat",
    "signalling.outstanding", "signalling.minimum-request-interval", "video.source",
  ]

  init(
    _ reader: ConfigurationReader, base: ConfigurationNode, seeds: Int
  ) throws(ConfigurationError) {
    let group = try reader.required("name", .text)
    name = group
    self.seeds = try reader.value("seeds", .integer(1...100_000)) ?? seeds
    keepsFrames = try reader.value("frames", .boolean) ?? false
    var common = base
    if let set = reader.node("set") {
      try Plan.checkScenarioKeys(set, path: reader.path(to: "set"))
      common = common.overlaidScenario(with: set)
    }
    let axes = try PlanAxis.all(reader)
    variedWithoutColumn = axes.flatMap { $0.withoutColumn(Self.keysWithColumns) }
    let exclusions = try PlanExclusion.all(reader)
    var cells: [Scenario] = []
    var warnings: [String]?
    var seen = Set<CellIdentity>()
    let plain = try Self.combinations(axes, over: common, reader)
    for situation in try Self.situations(reader, over: common, axes: axes) {
      let combinations = try Self.combinations(axes, over: situation.node, reader)
      for (node, plainNode) in zip(combinations, plain) {
        // Every combination is read, also those left out, so that no error hides behind another key.
        var scenario = try ScenarioReader.read(node)
        if exclusions.contains(where: { $0.holds(in: node) }) { continue }
        try Self.checkSource(scenario, node)
        let cellWarnings =
          ScenarioReader.warnings(scenario, node)
          + [OneChannel.warning(scenario, node, calls: self.seeds)].compactMap { $0 }
        warnings = warnings?.filter(cellWarnings.contains) ?? cellWarnings
        let title = [group, situation.name].compactMap { $0 }.joined(separator: ": ")
        scenario.name = Self.cellName(title, axes, node)
        scenario.situation =
          Self.isUntouched(scenario, plainNode) ? nil : situation.name
        if seen.insert(CellIdentity(scenario)).inserted { cells.append(scenario) }
      }
    }
    guard !cells.isEmpty else {
      throw reader.error("exclude", "leaves no combination, expected at least one")
    }
    self.cells = cells
    probes = try reader.mapping("probes", keys: ProbeSettings.keys).map {
      (reader) throws(ConfigurationError) in
      try ProbeGround(reader, cells: cells)
    }
    if probes != nil, keepsFrames {
      throw reader.error(
        "frames", "stands beside probes, which have no rows of frames; expected one")
    }
    self.warnings = (warnings ?? []) + [probes?.warning(group: name)].compactMap { $0 }
  }

  /// Settings with a name, each laid over what the group has in common: what changes together and
  /// stands for one thing. What the group varies is combined with each.
  private static func situations(
    _ reader: ConfigurationReader, over common: ConfigurationNode, axes: [PlanAxis]
  ) throws(ConfigurationError) -> [(name: String?, node: ConfigurationNode)] {
    guard reader.has("situations") else { return [(nil, common)] }
    let elements = try reader.mappings("situations", keys: ["name", "set"])
    guard !elements.isEmpty else {
      throw reader.error("situations", "found none, expected names and settings")
    }
    var situations: [(name: String?, node: ConfigurationNode)] = []
    for element in elements {
      let name = try element.required("name", .text)
      guard !situations.contains(where: { $0.name == name }) else {
        throw element.error("name", "\"\(name)\" names two situations, expected one")
      }
      guard let set = element.node("set") else {
        throw element.missing("set", "settings such as {signalling: {proxies: 0}}")
      }
      try Plan.checkScenarioKeys(set, path: element.path(to: "set"))
      try checkAgainst(axes, set, element)
      situations.append((name, common.overlaidScenario(with: set)))
    }
    return situations
  }

  /// What a situation says must not be overruled by what the group varies.
  private static func checkAgainst(
    _ axes: [PlanAxis], _ set: ConfigurationNode, _ element: ConfigurationReader
  ) throws(ConfigurationError) {
    for path in axes.flatMap(\.paths) {
      guard let inner = set.value(at: path) else { continue }
      throw ConfigurationError(
        place: inner.place, key: element.path(to: "set.\(path.joined(separator: "."))"),
        problem: "is varied by the group too, expected it in one of the two")
    }
  }

  /// Whether a cell without SIP is the same call as without its situation, whose calls it then shares:
  /// they are made once, and belong to none by name.
  private static func isUntouched(_ scenario: Scenario, _ plainNode: ConfigurationNode) -> Bool {
    guard !scenario.mechanism.usesSIP, let plain = try? ScenarioReader.read(plainNode) else {
      return false
    }
    return CellIdentity(scenario) == CellIdentity(plain)
  }

  private static func combinations(
    _ axes: [PlanAxis], over common: ConfigurationNode, _ reader: ConfigurationReader
  ) throws(ConfigurationError) -> [ConfigurationNode] {
    let namesNetworks = axes.contains { $0.paths.contains(["network", "profile"]) }
    var nodes = [namesNetworks ? common.withoutNetwork : common]
    for axis in axes {
      guard nodes.count * axis.choices.count <= maximumCells else {
        throw reader.error(
          "vary", "the group has over \(maximumCells) combinations, expected fewer")
      }
      nodes = nodes.flatMap { node in
        axis.choices.map { choice in
          zip(axis.paths, choice).reduce(node) { $0.setting($1.0, to: $1.1) }
        }
      }
    }
    return nodes
  }

  /// Several processes cannot share one standard input.
  private static func checkSource(
    _ scenario: Scenario, _ node: ConfigurationNode
  ) throws(ConfigurationError) {
    guard scenario.video.source == .file("-") else { return }
    throw ConfigurationError(
      place: node["video"]?["source"]?.place ?? node.place, key: "video.source",
      problem: "found \"-\", expected a built-in source or a file, since many calls share it")
  }

  private static func cellName(
    _ group: String, _ axes: [PlanAxis], _ node: ConfigurationNode
  ) -> String {
    let parts = axes.flatMap(\.paths).compactMap { path -> String? in
      guard case .scalar(let text) = node.value(at: path)?.content else { return nil }
      return "\(path.last ?? "") \(text)"
    }
    return parts.isEmpty ? group : "\(group): \(parts.joined(separator: ", "))"
  }
}
