import CallSimulation
import Configuration
import Foundation
import Results
import SimulationKernel

/// What a candidate has shown.
struct TuningMeasure {
  var times = ProbeTimes()
  /// What the settings cost without loss, by network; empty before the first round.
  var costs: [Int: Cost] = [:]
  /// Why it cannot be measured; nil where it can.
  var failure: String?

  struct Cost {
    /// kbit/s of media.
    var bitrate: Double
    /// dB of what was on screen, which tells of pictures that came too late, too.
    var psnr: Double
  }

  /// Means over networks; nil where there is none.
  var cost: Cost? {
    guard !costs.isEmpty else { return nil }
    let count = Double(costs.count)
    let sum = costs.keys.sorted().reduce(into: Cost(bitrate: 0, psnr: 0)) { sum, network in
      sum.bitrate += costs[network]!.bitrate
      sum.psnr += costs[network]!.psnr
    }
    return Cost(bitrate: sum.bitrate / count, psnr: sum.psnr / count)
  }
}

/// Runs the probes and calls of candidates in workers.
final class TuningCampaign {
  let file: TuningFile
  let axes: [TuningAxis]
  let candidates: [TuningCandidate]
  let probesPerCall: Int
  let pool: WorkerPool
  let interruption: Interruption?
  /// By candidate.
  private(set) var measures: [TuningMeasure]

  init(
    _ file: TuningFile, _ axes: [TuningAxis], _ candidates: [TuningCandidate], probesPerCall: Int,
    pool: WorkerPool, interruption: Interruption?
  ) {
    self.file = file
    self.axes = axes
    self.candidates = candidates
    self.probesPerCall = probesPerCall
    self.pool = pool
    self.interruption = interruption
    measures = candidates.map { _ in TuningMeasure() }
  }

  /// How long a probe is followed.
  var horizon: SimDuration {
    let duration = file.settings.jobs[0].scenario.duration
    return min(.seconds(5), duration / 2)
  }

  /// To which times are cut for means, in ms: no probe that stayed open was watched for less.
  var limit: Double {
    min(horizon.inMilliseconds, measures.compactMap(\.times.shortestOpen).min() ?? .infinity)
  }

  /// Probes some candidates with new seeds; in the first round each is called once on each network without
  /// its losses, too.
  ///
  /// - Returns: what each has shown so far; nil of those that failed.
  func measure(seeds: Range<Int>, _ chosen: [Int]) throws -> [TuningObjectives?] {
    let plan = try plan(seeds: seeds, chosen)
    let campaign = CampaignRun(pool: pool, interruption: interruption)
    let results = try campaign.run(plan, jobs: plan.jobs(), folder: nil).results
    let owners = owners(chosen)
    for call in results.probes.calls {
      guard let owner = owners[call.conditions.group] else { continue }
      measures[owner.candidate].times.add(call, network: owner.network)
    }
    for call in results.calls {
      guard let owner = owners[call.conditions.group], let totals = call.run.outcome?.totals else {
        continue
      }
      measures[owner.candidate].costs[owner.network] = .init(
        bitrate: Double(totals.mediaOctets) * 8 / 1_000 / totals.duration.inSeconds,
        psnr: totals.meanShownPSNR)
    }
    let failures =
      results.failures.map { ($0.conditions.group, $0.failure ?? "failed") }
      + results.probes.failures.map { ($0.conditions.group, $0.reason) }
    for (group, reason) in failures {
      guard let owner = owners[group] else { continue }
      measures[owner.candidate].failure = reason
    }
    let limit = limit
    return chosen.map { candidate in
      let measure = measures[candidate]
      guard measure.failure == nil, let recovery = measure.times.mean(upTo: limit),
        let cost = measure.cost
      else { return nil }
      return TuningObjectives(recovery: recovery, bitrate: cost.bitrate, psnr: cost.psnr)
    }
  }

  /// Judges the file's gates on whole calls with a candidate's settings.
  func gates(_ candidate: Int) throws -> GateReport {
    let node = file.overlaid(TuningCandidates.overlay(axes, candidates[candidate].values))
    let document = CampaignDocument(
      kind: .settings, file: file.name, text: node.flowText + "\n")
    // No further rounds: each candidate is judged on as many calls.
    let settings = try ValidationSettings(
      node, lastLook: file.settings.schedule.calls[0], checks: false)
    let run = ValidationRun(
      settings, document: document,
      campaign: CampaignRun(pool: pool, interruption: interruption))
    return try run.run(folder: nil).report
  }

  private func owners(_ chosen: [Int]) -> [String: (candidate: Int, network: Int)] {
    var owners: [String: (candidate: Int, network: Int)] = [:]
    for candidate in chosen {
      for network in file.settings.networks.indices {
        owners[Self.probedGroup(candidate, network)] = (candidate, network)
        owners[Self.quietGroup(candidate, network)] = (candidate, network)
      }
    }
    return owners
  }

  private static func probedGroup(_ candidate: Int, _ network: Int) -> String {
    "probes.\(candidate).\(network)"
  }

  private static func quietGroup(_ candidate: Int, _ network: Int) -> String {
    "quiet.\(candidate).\(network)"
  }

  /// A plan that workers read: a group for each candidate and network.
  ///
  /// A seed's past and probes depend on the seed and the video alone, so that all candidates lose
  /// packets at the same frames.
  private func plan(
    seeds: Range<Int>, _ chosen: [Int]
  ) throws(ConfigurationError) -> CampaignDocument {
    let place = ConfigurationPlace(file: file.name)
    func scalar(_ text: String) -> ConfigurationNode {
      ConfigurationNode(.scalar(text), place: place)
    }
    let duration = file.settings.jobs[0].scenario.duration
    let probes = ConfigurationNode.mapping(
      [
        ("count", scalar("\(probesPerCall)")), ("horizon", scalar(durationText(horizon))),
        ("from", scalar(durationText(min(.seconds(2), duration / 4)))),
      ], place: place)
    var groups: [ConfigurationNode] = []
    for candidate in chosen {
      let nodes = try file.scenarioNodes(
        TuningCandidates.overlay(axes, candidates[candidate].values))
      for (network, node) in nodes.enumerated() {
        groups.append(
          .mapping(
            [
              ("name", scalar(Self.probedGroup(candidate, network))), ("set", node),
              ("seeds", scalar("\(seeds.count)")), ("probes", probes),
            ], place: place))
        guard seeds.lowerBound == 0 else { continue }
        groups.append(
          .mapping(
            [
              ("name", scalar(Self.quietGroup(candidate, network))), ("set", node.withoutLoss),
              ("seeds", scalar("1")),
            ], place: place))
      }
    }
    let seed = StreamKey(seed: file.settings.seed, name: "tune.\(seeds.lowerBound)").value >> 11
    let plan = ConfigurationNode.mapping(
      [
        ("name", scalar("tuning")), ("seed", scalar("\(seed)")),
        ("groups", ConfigurationNode(.list(groups), place: place)),
      ], place: place)
    return CampaignDocument(kind: .plan, file: file.name, text: plan.flowText + "\n")
  }
}
