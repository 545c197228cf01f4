import MediaSession
import SimulationKernel
import VP8Codec

/// What the frames of a call are planned to be as long as nothing is lost: known without an encoder.
///
/// Key frames that the encoder makes on its own, at a scene cut, and frames that its rate control
/// drops are not planned.
public struct FrameSchedule: Sendable {
  public enum Kind: Sendable {
    case key
    /// Renews golden or altref.
    case golden
    case ordinary
  }
  /// By capture index.
  public let kinds: [Kind]

  /// - Parameter frameCount: how many frames the call has.
  public init(_ scenario: Scenario, frameRate: FrameRate, frameCount: Int) {
    var control = EncoderControl(scenario, frameRate: frameRate)
    var unacknowledged: PictureNumber?
    var kinds: [Kind] = []
    kinds.reserveCapacity(frameCount)
    for index in 0..<frameCount {
      let now = SimTime.zero + frameRate.captureTime(ofFrame: Int64(index))
      if let picture = unacknowledged, scenario.mechanism.acknowledgesReferences {
        _ = control.handle(.reference(picture), id: 0, now: now)
      }
      unacknowledged = nil
      let plan = control.plan(Int64(index), now: now)
      if plan.isKey {
        kinds.append(.key)
        unacknowledged = Int64(index)
      } else if !plan.updated.isDisjoint(with: [.golden, .altref]) {
        kinds.append(.golden)
        unacknowledged = Int64(index)
      } else {
        kinds.append(.ordinary)
      }
    }
    self.kinds = kinds
  }
}

extension EncoderControl {
  /// The control of a call's encoder.
  init(_ scenario: Scenario, frameRate: FrameRate) {
    self.init(
      mechanism: scenario.mechanism, settings: scenario.effectiveEncoderControl,
      framesPerRefresh: Int64(
        frameRate.frameCount(within: scenario.encoderControl.referenceInterval)),
      temporalLayers: scenario.codec.temporalLayers)
  }
}
