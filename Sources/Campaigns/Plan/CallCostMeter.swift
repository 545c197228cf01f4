import CallSimulation
import SimulationKernel
import VP8Codec

/// Measures what a simulated second costs on this machine, by the beginning of a call.
enum CallCostMeter {
  /// Pictures of the clip, which the call plays forth and back: workers share a clip among calls, so
  /// that drawing it is no part of a call's cost.
  private static let pictures = 25
  private static let longest = SimDuration.seconds(10)

  /// Why a call is ended before its time.
  private struct Enough: Error {}

  /// Seconds of wall time for a simulated second.
  ///
  /// - Parameter budget: seconds of wall time after which the call is left.
  static func cost(of scenario: Scenario, budget: Double) throws -> Double {
    var beginning = scenario
    beginning.duration = min(scenario.duration, longest)
    let clip = try Clip.load(beginning.video, frames: min(beginning.clipFrames, pictures))
    for index in 0..<clip.frameCount { _ = clip.picture(at: index) }
    let began = Progress.now()
    var simulated = Double(beginning.duration.nanoseconds) * 1e-9
    do {
      _ = try simulateCall(beginning, clip: clip) { now in
        guard Progress.now() - began >= budget, now > .zero else { return }
        simulated = Double(now.nanoseconds) * 1e-9
        throw Enough()
      }
    } catch is Enough {}
    return (Progress.now() - began) / simulated
  }
}
