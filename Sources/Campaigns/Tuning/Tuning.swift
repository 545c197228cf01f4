import Configuration
import Results

/// A search for the settings that repair soonest at the least cost.
public struct Tuning {
  /// Where no more combinations than this are wanted, all are tried.
  public static let defaultCandidates = 48
  public static let defaultProbes = 6

  public let axes: [TuningAxis]
  public let candidates: [TuningCandidate]
  let file: TuningFile
  let found: TuningCandidates
  private let halving = SuccessiveHalving()
  private let probesPerCall: Int

  /// Reads a settings file and what to vary.
  ///
  /// - Parameters:
  ///   - over: keys with or without values, as `--over` has them.
  ///   - bound: the most candidates beside the present settings.
  ///   - probesPerCall: losses a call and network, positive.
  ///   - calls: on each network for the gates; nil: as the file says.
  public init(
    _ node: ConfigurationNode, name: String, over: String, bound: Int = defaultCandidates,
    probesPerCall: Int = defaultProbes, calls: Int? = nil, seed: UInt64? = nil
  ) throws(ConfigurationError) {
    file = try TuningFile(node, name: name, seed: seed, calls: calls)
    axes = try TuningAxis.all(over, beside: file.settings)
    found = try TuningCandidates(axes, of: file, bound: bound, seed: file.settings.seed)
    candidates = found.candidates
    self.probesPerCall = probesPerCall
  }

  public var warnings: [String] { file.settings.warnings }

  /// What will be tried, a sentence or more.
  public var announcement: String {
    let keys = axes.map(\.key).joined(separator: ", ")
    var text =
      found.isSample
      ? "trying \(candidates.count) of \(found.combinations) combinations of \(keys), a Latin sample"
      : "trying \(candidates.count) combinations of \(keys)"
    text += " on \(file.settings.networks.joined(separator: ", "))"
    if let reason = found.firstRefusal {
      text += "; \(found.refused) more cannot be (\(reason))"
    }
    return text
  }

  /// Runs the rounds, and the gates' calls for what is left.
  ///
  /// - Parameter announce: told what each round does.
  /// - Throws: `CampaignError`, also where the present settings themselves fail.
  public func run(
    pool: WorkerPool, interruption: Interruption? = nil, announce: (String) -> Void = { _ in }
  ) throws -> TuningResult {
    let campaign = TuningCampaign(
      file, axes, candidates, probesPerCall: probesPerCall, pool: pool,
      interruption: interruption)
    let rounds = try halving.run(changes: candidates.map(\.changes)) { seeds, chosen in
      announce(
        "\(chosen.count) settings, \(seeds.count) new calls with \(probesPerCall) losses each on each "
          + "network")
      return try campaign.measure(seeds: seeds, chosen)
    }
    if let reason = campaign.measures[0].failure {
      throw CampaignError.environment("the present settings cannot be called: \(reason)")
    }
    let last = rounds[rounds.count - 1].entries
    let shown = last.filter { $0.rank == 0 || $0.candidate == 0 }.map(\.candidate)
    announce("gates: \(shown.count) settings on whole calls")
    var gates: [Int: GateReport] = [:]
    for candidate in shown.sorted() { gates[candidate] = try campaign.gates(candidate) }
    return TuningResult(
      tuning: self, rounds: rounds, measures: campaign.measures, gates: gates,
      limit: campaign.limit)
  }
}
