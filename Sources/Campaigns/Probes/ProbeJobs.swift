import CallSimulation
import Results

/// Puts the calls of a group with probes together by their pasts.
struct ProbeJobs {
  let ground: ProbeGround
  let group: PlanGroup
  /// By cell and seed.
  let calls: [(run: Int, scenario: CallScenario)]

  /// Ordered by the first cell of each past, and by seed.
  var jobs: [Job] {
    var pasts: [(past: Scenario, cells: [Int])] = []
    for (cell, scenario) in group.cells.enumerated() {
      let past = scenario.past
      if let place = pasts.firstIndex(where: { $0.past == past }) {
        pasts[place].cells.append(cell)
      } else {
        pasts.append((past, [cell]))
      }
    }
    return pasts.flatMap { past in
      (0..<group.seeds).flatMap { seed in
        parts(
          past.cells.map { cell in
            let call = calls[cell * group.seeds + seed]
            return ProbeSet.Variant(run: call.run, scenario: call.scenario.value)
          })
      }
    }
  }

  private func parts(_ variants: [ProbeSet.Variant]) -> [Job] {
    let count = ground.probesPerCall(variants[0].scenario)
    return stride(from: 0, to: count, by: ProbeSet.probesPerJob).map { begin in
      let set = ProbeSet(
        ground: ground, variants: variants,
        part: begin..<min(begin + ProbeSet.probesPerJob, count))
      return Job(group: group.name, run: variants[0].run, work: .probes(set))
    }
  }
}

extension PlanGroup {
  /// The group's calls by cell and seed, numbered on from `firstRun`.
  func calls(campaignSeed: UInt64, firstRun: Int) -> [(run: Int, scenario: CallScenario)] {
    let seeds = (0..<seeds).map { callSeed(campaignSeed: campaignSeed, number: $0) }
    return cells.flatMap { CallScenario.calls(of: $0, seeds: seeds) }
      .enumerated().map { (firstRun + $0.offset, $0.element) }
  }
}
