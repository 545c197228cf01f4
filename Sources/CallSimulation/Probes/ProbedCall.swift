import MediaSession
import Results
import SimulationKernel
import VP8Codec

/// A call that runs without a loss up to a probe, and from there into one future.
///
/// Up to the probe, packets to the receiver arrive whatever the network does to others, so every
/// probe finds a whole picture. From the probed frame on the network is as the scenario says, at
/// each time in the state in which it would have been anyhow.
public final class ProbedCall {
  private let call: Call
  private var reached: SimTime?

  /// - Parameter scenario: the call's, or the `past` of several; scripted losses are left out.
  /// - Throws: as `simulateCall`.
  public init(_ scenario: Scenario, clip: Clip) throws {
    call = try Call(scenario, clip: clip)
    call.isSpared = true
    call.begin()
  }

  /// Whether frame `index` is the one that is about to be captured.
  public func isAt(_ index: Int) -> Bool {
    reached != nil && call.recorder.frames.entries.count == index
  }

  /// Runs until frame `index` is about to be captured; false where the call is over before.
  ///
  /// Frames are asked for in their order (checked), each once.
  public func advance(toFrame index: Int) throws -> Bool {
    precondition(index >= call.recorder.frames.entries.count, "frame \(index) is in the past")
    reached = try call.advance(toFrame: index)
    return reached != nil
  }

  /// The future of the call as a scenario that has its past in common, from the probe's loss on.
  /// The call is over then.
  ///
  /// - Parameter settling: how long a repair has to hold.
  public func follow(
    _ probe: Probe, as scenario: Scenario, settling: SimDuration
  ) throws -> ProbeRow.Outcome {
    guard let reached else { preconditionFailure("the probed frame has not been reached") }
    if let problem = call.damageSoFar { return .failed(problem) }
    call.adopt(scenario, now: reached)
    return try call.follow(probe, settling: settling, now: reached)
  }
}
