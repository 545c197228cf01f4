import Configuration
import SimulationKernel

/// A benchmark plan: groups of cells, each cell a scenario that is called with several seeds.
public struct Plan: Sendable {
  public let name: String
  public let seed: UInt64
  /// In the file's order.
  public let groups: [PlanGroupSize]
  /// Ordered by group, cell and seed.
  public let jobs: [Job]
  /// How many calls they are about.
  public private(set) var calls = 0
  /// What the reader of the results should know, a sentence each.
  public let warnings: [String]

  static let keys = ["name", "seed", "seeds", "base", "groups"]
  static let maximumJobs = 1_000_000

  /// Reads a plan and makes its jobs.
  ///
  /// - Parameter seed: replaces the plan's own.
  public init(_ node: ConfigurationNode, seed: UInt64? = nil) throws(ConfigurationError) {
    try FileKind.plan.check(node)
    let reader = try ConfigurationReader(node, keys: Self.keys)
    name = try reader.value("name", .text) ?? "plan"
    let ownSeed = try reader.value("seed", .seed) ?? 1
    self.seed = seed ?? ownSeed
    let seeds = try reader.value("seeds", .integer(1...100_000)) ?? 1
    let empty = ConfigurationNode(.mapping([]), place: node.place)
    let base = reader.node("base") ?? empty
    try Self.checkScenarioKeys(base, path: "base")

    let groupReaders = try reader.mappings("groups", keys: PlanGroup.keys)
    guard !groupReaders.isEmpty else {
      throw reader.error("groups", "found no group, expected at least one")
    }
    var jobs: [Job] = []
    var sizes: [PlanGroupSize] = []
    var warnings: [String] = []
    for groupReader in groupReaders {
      let group = try PlanGroup(groupReader, base: base, seeds: seeds)
      guard !sizes.contains(where: { $0.name == group.name }) else {
        throw groupReader.error("name", "\"\(group.name)\" names two groups, expected one")
      }
      sizes.append(PlanGroupSize(group))
      warnings += group.warnings.filter { !warnings.contains($0) }
      warnings += group.variedWithoutColumn.map {
        "group \(group.name) varies \($0), which no column of the results tells apart: tables and "
          + "plots pool its values; give each value a group of its own"
      }
      guard calls + group.cells.count * group.seeds <= Self.maximumJobs else {
        throw groupReader.error(
          "vary", "the plan has over \(Self.maximumJobs) calls, expected fewer")
      }
      let calls = group.calls(campaignSeed: self.seed, firstRun: calls)
      if let probes = group.probes {
        jobs += ProbeJobs(ground: probes, group: group, calls: calls).jobs
      } else {
        jobs += calls.map {
          Job(
            group: group.name, run: $0.run, scenario: $0.scenario, keepsFrames: group.keepsFrames)
        }
      }
      self.calls += calls.count
    }
    groups = sizes
    self.jobs = jobs
    self.warnings = warnings
  }

  /// What lies under a scenario in a plan has its keys, save those the plan decides.
  static func checkScenarioKeys(
    _ node: ConfigurationNode, path: String
  ) throws(ConfigurationError) {
    _ = try ConfigurationReader(node, path: path, keys: scenarioKeys)
  }

  static let scenarioKeys = ScenarioReader.keys.filter { $0 != "name" && $0 != "seed" }
}
