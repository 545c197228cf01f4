import CallSimulation
import Configuration
import SimulationKernel

/// A settings file: what is to be rolled out, the networks it must hold on, and the gates.
public struct ValidationSettings: Sendable {
  static let keys = [
    "name", "seed", "calls", "max-calls", "duration", "settings", "networks", "gates",
  ]
  /// Calls on each network up to which open verdicts are pursued, as a multiple of the first look's.
  static let usualPatience = 4

  public let name: String
  public let seed: UInt64
  let cells: [ValidationCell]
  public let gates: [Gate]
  let schedule: LookSchedule
  let hasBaseline: Bool
  /// Which risk each verdict may take.
  let levels: GateLevels

  /// In the file's order.
  public var networks: [String] { cells.map(\.name) }
  /// The networks, and all of them together where there are several.
  var lines: [String] { Self.lines(networks) }
  /// The codec's target bitrate, in kbit/s.
  var target: Double { Double(cells[0].scenario.codec.targetBitrate) }

  /// - Parameters:
  ///   - baseline: the settings to compare with: of this file only `settings` is taken.
  ///   - seed: replaces the file's own.
  ///   - lastLook: replaces the file's `max-calls`.
  ///   - checks: whether to look for settings that work against each other, which takes a while.
  public init(
    _ node: ConfigurationNode, baseline: ConfigurationNode? = nil, seed: UInt64? = nil,
    lastLook: Int? = nil, checks: Bool = true
  ) throws(ConfigurationError) {
    try FileKind.settings.check(node)
    let reader = try ConfigurationReader(node, keys: Self.keys)
    name = try reader.value("name", .text) ?? "settings"
    let ownSeed = try reader.value("seed", .seed) ?? 1
    self.seed = seed ?? ownSeed
    schedule = try Self.schedule(reader, last: lastLook)
    gates = try Self.gates(reader, hasBaseline: baseline != nil)
    hasBaseline = baseline != nil
    let settings = try Self.settings(reader, of: node, durationOf: reader)
    let networks = try ValidationNetwork.read(reader)
    let other = try baseline.map { (baseline) throws(ConfigurationError) in
      try Self.baseline(baseline, beside: networks, reader)
    }
    var cells: [ValidationCell] = []
    for network in networks {
      cells.append(
        try ValidationCell(
          network, settings: settings, baseline: other, calls: schedule.calls[0], checks: checks))
    }
    self.cells = cells
    levels = GateLevels(
      looks: schedule.calls.count, lines: gates.count * Self.lines(networks.map(\.name)).count)
  }

  private static func lines(_ networks: [String]) -> [String] {
    networks.count > 1 ? networks + [GateReport.allNetworks] : networks
  }

  // MARK: Findings

  /// What the checks of settings found, the candidate's and the baseline's, each once.
  public var findings: (own: [SettingsFinding], baseline: [SettingsFinding]) {
    func distinct(_ findings: [SettingsFinding]) -> [SettingsFinding] {
      var seen: Set<SettingsFinding> = []
      return findings.filter { seen.insert($0).inserted }
    }
    return (distinct(cells.flatMap(\.findings)), distinct(cells.flatMap(\.baselineFindings)))
  }

  /// What the reader of the results should know, a sentence each.
  public var warnings: [String] {
    (findings.own + findings.baseline).map { "\($0.error)" } + cells.compactMap(\.sameLosses)
  }

  // MARK: Calls

  /// The calls of the first look, ordered by network and call; the network is the job's group.
  public var jobs: [Job] {
    jobs(round(cells.indices.map { ($0, 0) }, firstRun: 0))
  }

  /// The calls that looks add on some networks.
  ///
  /// - Parameter looks: positions of networks, and for each the look, from 0.
  func round(_ looks: [(network: Int, look: Int)], firstRun: Int) -> ValidationRound {
    ValidationRound(
      firstRun: firstRun,
      parts: looks.map { network, look in
        let first = look == 0 ? 0 : schedule.calls[look - 1]
        return .init(network: network, first: first, count: schedule.calls[look] - first)
      })
  }

  /// The calls of a round: each number once, and with a baseline a second time right behind with that.
  func jobs(_ round: ValidationRound) -> [Job] {
    var jobs: [Job] = []
    for part in round.parts where cells.indices.contains(part.network) {
      let cell = cells[part.network]
      let seeds = (part.first..<part.first + part.count).map {
        callSeed(campaignSeed: seed, number: $0)
      }
      let sides = cell.scenarios.map { CallScenario.calls(of: $0, seeds: seeds) }
      for index in seeds.indices {
        for side in sides {
          jobs.append(
            Job(
              group: cell.name, run: round.firstRun + jobs.count, scenario: side[index],
              keepsFrames: false))
        }
      }
    }
    return jobs
  }

  /// The seeds of the first calls on a network.
  func seeds(_ count: Int) -> [UInt64] {
    (0..<count).map { callSeed(campaignSeed: seed, number: $0) }
  }

  // MARK: Reading

  private static func schedule(
    _ reader: ConfigurationReader, last: Int?
  ) throws(ConfigurationError) -> LookSchedule {
    let first = try reader.value("calls", .integer(1...10_000)) ?? 20
    let own = try reader.value("max-calls", .integer(1...100_000))
    if let own, own < first {
      throw reader.error("max-calls", "found \(own), expected at least the \(first) of calls")
    }
    return LookSchedule(first: first, last: max(first, last ?? own ?? first * usualPatience))
  }

  private static func gates(
    _ reader: ConfigurationReader, hasBaseline: Bool
  ) throws(ConfigurationError) -> [Gate] {
    var gates: [Gate] = []
    for (index, node) in (try reader.list("gates") ?? []).enumerated() {
      let path = "\(reader.path(to: "gates"))[\(index)]"
      let gate = try ConfigurationValue<Gate>.gate.read(node, path: path)
      guard hasBaseline || !gate.bound.needsBaseline else {
        throw ConfigurationError(
          place: node.place, key: path,
          problem: "found a comparison with the baseline, expected --against with its settings")
      }
      gates.append(gate)
    }
    guard !gates.isEmpty else {
      throw reader.error("gates", "found no gate, expected one such as recovery.p95 <= 400ms")
    }
    return gates
  }

  /// What all networks share: `settings`, with the calls' duration.
  private static func settings(
    _ reader: ConfigurationReader, of node: ConfigurationNode,
    durationOf other: ConfigurationReader
  ) throws(ConfigurationError) -> ConfigurationNode {
    let settings =
      reader.node("settings") ?? ConfigurationNode(.mapping([]), place: node.place)
    _ = try ConfigurationReader(
      settings, path: "settings", keys: Plan.scenarioKeys.filter { $0 != "duration" })
    guard let duration = other.node("duration") else { return settings }
    return settings.setting(["duration"], to: duration)
  }

  /// The baseline's settings. Networks that it names must be the candidate's: both meet the same.
  private static func baseline(
    _ node: ConfigurationNode, beside networks: [ValidationNetwork],
    _ candidate: ConfigurationReader
  ) throws(ConfigurationError) -> ConfigurationNode {
    try FileKind.settings.check(node)
    let reader = try ConfigurationReader(node, keys: keys)
    for other in try ValidationNetwork.read(reader, mayBeNone: true) {
      guard let same = networks.first(where: { $0.name == other.name }),
        same.node.means(other.node)
      else {
        throw ConfigurationError(
          place: other.node.place, key: "networks",
          problem: "\"\(other.name)\" is not a network of \(candidate.place.file), where both run; "
            + "expected its networks, or none")
      }
    }
    return try settings(reader, of: node, durationOf: candidate)
  }
}
