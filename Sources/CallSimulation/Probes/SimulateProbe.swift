import Results
import SimulationKernel
import VP8Codec

/// Simulates one call up to a probe's loss without any other, and on until that is repaired.
///
/// - Parameters:
///   - settling: how long a repair has to hold.
///   - run, group, outputs, film: as of `simulateCall`.
/// - Returns: what probes.csv says of it, and the records of the call up to where it was followed; nil
///   where the call is over before the probed frame.
/// - Throws: as `simulateCall`.
public func simulateProbe(
  _ probe: Probe, in scenario: Scenario, clip: Clip, settling: SimDuration, run: Int,
  group: String, outputs: CallOutputs = CallOutputs(), film: ScreenFilm? = nil
) throws -> (outcome: ProbeRow.Outcome, records: CallRecords)? {
  let call = try Call(scenario, clip: clip)
  call.film = film
  call.watchTransport()
  try call.open(outputs)
  call.isSpared = true
  call.begin()
  guard let now = try call.advance(toFrame: probe.frame) else { return nil }
  var outcome: ProbeRow.Outcome
  var builder: RecordBuilder
  if let problem = call.damageSoFar {
    call.finish(at: now)
    outcome = .failed(problem)
    builder = RecordBuilder(
      scenario: scenario, clip: clip, recorder: call.recorder, openHops: [], end: now)
  } else {
    call.adopt(scenario, now: now)
    builder = try call.followed(probe, settling: settling, now: now)
    outcome = call.outcome(of: probe, builder)
  }
  try call.commitOutputs()
  var records = builder.records(
    conditions: scenario.conditions(run: run, group: group), keepsFrames: true)
  records.totals.duration = builder.end - .zero
  records.segments = call.segmentWatch?.records ?? []
  return (outcome, records)
}
