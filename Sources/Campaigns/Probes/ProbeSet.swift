import CallSimulation
import Results
import VP8Codec

/// The probes of one call under several scenarios that have its past in common: a job.
public struct ProbeSet: Sendable, Equatable {
  /// A scenario and the number of its call in the plan.
  public struct Variant: Sendable, Equatable {
    public var run: Int
    public var scenario: Scenario
  }
  /// The group's.
  public var ground: ProbeGround
  public var variants: [Variant]
  /// Which of the call's probes, in the order of time, are this job's.
  public var part: Range<Int>

  /// A call with more probes than this becomes several jobs, each of which runs the past anew. Futures
  /// take far longer than the past by then.
  static let probesPerJob = 100

  public var settings: ProbeSettings { ground.settings }

  /// The probes of this job, in the order of their frames.
  ///
  /// They depend on the group, the call's seed and the rate of the clip's frames alone, so that all
  /// conditions of the group are probed at the same frames.
  func probes(clip: Clip) -> [Probe] {
    let drawing = ground.drawing(frameRate: clip.frameRate)
    let probes = drawing.probes(seed: variants[0].scenario.seed)
    return Array(probes[part.clamped(to: probes.indices)])
  }
}
