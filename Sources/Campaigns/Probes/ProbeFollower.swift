import CallSimulation
import Results
import SimulationKernel
import VP8Codec

/// How a worker comes from a call's past to its futures. Both ways give the same octets.
public enum ProbeFollower: String, Sendable, CaseIterable {
  /// The past is simulated once, and the process copies itself at each probe, once for each future.
  /// The process has one thread (not checked).
  case branching
  /// The call is simulated anew from its start for each future, under its own scenario. Slow, and
  /// nothing but the plain meaning of a probe: what branching is held to.
  case replaying

  /// Follows all probes of a job.
  ///
  /// - Parameter deliver: takes the row of each probe and variant, probe by probe in their order.
  /// - Returns: how many futures ended by a signal or otherwise before their time.
  /// - Throws: what fails before the first probe; what fails in a future is that future's row.
  func follow(
    _ set: ProbeSet, group: String, clip: Clip, deliver: (ProbeRow) -> Void
  ) throws -> Int {
    let probes = set.probes(clip: clip)
    let futures = ProbeFutures(set: set, group: group, clip: clip)
    switch self {
    case .branching: return try BranchingFollower(futures: futures).follow(probes, deliver)
    case .replaying:
      try futures.replay(probes, deliver)
      return 0
    }
  }
}

/// What both ways have in common.
struct ProbeFutures {
  let set: ProbeSet
  let group: String
  let clip: Clip

  /// A variant's row.
  func row(_ variant: ProbeSet.Variant, _ probe: Probe, _ outcome: ProbeRow.Outcome) -> ProbeRow {
    ProbeRow(
      conditions: variant.scenario.conditions(run: variant.run, group: group), probe: probe,
      outcome: outcome)
  }

  /// The future of a call that stands at the probe.
  func future(of call: ProbedCall, _ variant: ProbeSet.Variant, _ probe: Probe) -> ProbeRow {
    do {
      let outcome = try call.follow(
        probe, as: variant.scenario, settling: set.settings.settling)
      return row(variant, probe, outcome)
    } catch {
      return row(variant, probe, .failed("\(error)"))
    }
  }

  func replay(_ probes: [Probe], _ deliver: (ProbeRow) -> Void) throws {
    for probe in probes {
      for variant in set.variants {
        let call = try ProbedCall(variant.scenario, clip: clip)
        guard try call.advance(toFrame: probe.frame) else { continue }
        deliver(future(of: call, variant, probe))
      }
    }
  }
}
