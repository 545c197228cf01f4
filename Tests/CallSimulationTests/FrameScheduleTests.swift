import MediaSession
import Results
import SimulationKernel
import Testing
import VP8Codec

@testable import CallSimulation

@Suite("Frame schedule")
struct FrameScheduleTests {
  @Test(
    "what is planned without an encoder is what a call without a loss does",
    arguments: [Mechanism.none, .pli, .sli, .rpsi, .sliRpsi, .nackPli])
  func asSimulated(mechanism: Mechanism) throws {
    var scenario = smallScenario(mechanism)
    scenario.duration = .seconds(10)
    scenario.encoderControl.periodicKeyFrameInterval = .seconds(3)
    let clip = try Clip.load(scenario.video, frames: 250)
    let frames = try simulateCall(scenario, clip: clip).frames
    let schedule = FrameSchedule(
      scenario, frameRate: clip.frameRate, frameCount: frames.count)
    for (frame, kind) in zip(frames, schedule.kinds) {
      let updated = frame.referencesUpdated ?? ""
      switch kind {
      case .key: #expect(frame.kind == .key)
      case .golden:
        #expect(frame.kind != .key)
        #expect(updated.contains("golden") || updated.contains("altref"))
      case .ordinary:
        #expect(frame.kind != .key)
        #expect(!updated.contains("golden") && !updated.contains("altref"))
      }
    }
    #expect(schedule.kinds[0] == .key)
    #expect(schedule.kinds.contains(.golden) == mechanism.repairsByReference)
  }
}
