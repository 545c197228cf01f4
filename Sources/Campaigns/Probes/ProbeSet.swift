import CallSimulation
import Results
import SimulationKernel
import VP8Codec

/// The probes of one call under several scenarios that have its past in common: a job.
public struct ProbeSet: Sendable, Equatable {
  /// A scenario and the number of its call in the plan.
  public struct Variant: Sendable, Equatable {
    public var run: Int
    public var scenario: Scenario
  }
  public var settings: ProbeSettings
  /// Whose plans tell the kinds of frames apart: one of each of the group's mechanisms. Empty where
  /// any frame will do.
  public var schedules: [Scenario]
  public var variants: [Variant]
  /// Which of the call's probes, in the order of time, are this job's.
  public var part: Range<Int>

  /// A call with more probes than this becomes several jobs, each of which runs the past anew. Futures
  /// take far longer than the past by then.
  static let probesPerJob = 100

  /// The probes of this job, in the order of their frames.
  ///
  /// They depend on the group, the call's seed and the clip's frames alone, so that all conditions
  /// of the group are probed at the same frames.
  func probes(clip: Clip) -> [Probe] {
    let scenario = variants[0].scenario
    let frameCount = clip.frameRate.frameCount(within: scenario.duration)
    let drawing = ProbeDrawing(
      settings: settings, frameRate: clip.frameRate, frameCount: frameCount, seed: scenario.seed,
      kinds: kinds(frameRate: clip.frameRate, frameCount: frameCount))
    let probes = drawing.probes()
    return Array(probes[part.clamped(to: probes.indices)])
  }

  /// What each frame is under at least one of the mechanisms; nil where that does not matter.
  private func kinds(frameRate: FrameRate, frameCount: Int) -> [FrameSchedule.Kind]? {
    guard settings.frames != .any else { return nil }
    var kinds = [FrameSchedule.Kind](repeating: .ordinary, count: frameCount)
    for scenario in schedules {
      let schedule = FrameSchedule(scenario, frameRate: frameRate, frameCount: frameCount)
      for index in kinds.indices {
        switch (schedule.kinds[index], kinds[index]) {
        case (.key, _): kinds[index] = .key
        case (.golden, .ordinary): kinds[index] = .golden
        default: break
        }
      }
    }
    return kinds
  }
}
