import Foundation
import MediaSession
import NetworkModels
import Results
import SimulationKernel
import VP8Codec

@testable import CallSimulation

/// A small call whose frames, key frames aside, are one packet each: 160x120 at 25 frames a second,
/// 25 ms each way, no bottleneck, 60 ms of playout delay.
func smallScenario(
  _ mechanism: Mechanism, seconds: Int64 = 4, losing losses: [(frame: Int, packet: Int)] = []
) -> Scenario {
  var scenario = Scenario()
  scenario.mechanism = mechanism
  scenario.duration = .seconds(seconds)
  scenario.video.width = 160
  scenario.video.height = 120
  scenario.codec.targetBitrate = 100
  scenario.media.forward = LinkSettings(oneWayDelay: .milliseconds(25))
  scenario.media.reverse = LinkSettings(oneWayDelay: .milliseconds(25))
  scenario.media.scriptedLosses = losses.map { .init(frame: $0.frame, packet: $0.packet) }
  return scenario
}

extension Scenario {
  func simulated(outputs: CallOutputs = CallOutputs()) throws -> CallRecords {
    try simulateCall(self, clip: ClipShelf.shared.clip(video), outputs: outputs)
  }
}

/// Clips of 100 drawn frames, shared by the tests, which run on several threads.
private final class ClipShelf: @unchecked Sendable {
  static let shared = ClipShelf()
  private let lock = NSLock()
  private var clips: [VideoSettings: Clip] = [:]

  func clip(_ settings: VideoSettings) throws -> Clip {
    try lock.withLock {
      if let clip = clips[settings] { return clip }
      let clip = try Clip.load(settings, frames: 100)
      // Drawn here, so that from now on the clip is only read.
      for index in 0..<clip.frameCount { _ = clip.picture(at: index) }
      clips[settings] = clip
      return clip
    }
  }
}

extension EpisodeRecord {
  /// Whole milliseconds by cause, zeros left out.
  var causesInMilliseconds: [Cause: Double] {
    var result: [Cause: Double] = [:]
    for cause in Cause.allCases where causes[cause.rawValue] != .zero {
      result[cause] = causes[cause.rawValue].inMilliseconds
    }
    return result
  }
}
