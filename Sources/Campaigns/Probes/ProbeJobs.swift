import CallSimulation
import Results

/// Puts the calls of a group with probes together by their pasts.
struct ProbeJobs {
  let settings: ProbeSettings
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
    let count = settings.probesPerCall
    return stride(from: 0, to: count, by: ProbeSet.probesPerJob).map { begin in
      let set = ProbeSet(
        settings: settings, schedules: schedules, variants: variants,
        part: begin..<min(begin + ProbeSet.probesPerJob, count))
      return Job(group: group.name, run: variants[0].run, work: .probes(set))
    }
  }

  /// One scenario of each way in which the group's calls plan their frames.
  private var schedules: [Scenario] {
    guard settings.frames != .any else { return [] }
    var schedules: [Scenario] = []
    for cell in group.cells
    where !schedules.contains(where: {
      $0.mechanism == cell.mechanism && $0.encoderControl == cell.encoderControl
        && $0.codec.temporalLayers == cell.codec.temporalLayers
    }) {
      schedules.append(cell)
    }
    return schedules
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
