import CallSimulation
import VP8Codec

/// Holds the clip that a process made last, since neighbouring jobs film the same.
struct ClipShelf {
  private var held: (video: VideoSettings, frames: Int, clip: Clip)?

  /// The clip of a scenario, made if it is not the one at hand.
  ///
  /// A clip's length is part of what it is: one that is too short is played forth and back, so a
  /// longer one made for another job must not take its place.
  mutating func clip(for scenario: Scenario) throws -> Clip {
    let frames = scenario.clipFrames
    if let held, held.video == scenario.video, held.frames == frames { return held.clip }
    held = nil
    let clip = try Clip.load(scenario.video, frames: frames)
    held = (scenario.video, frames, clip)
    return clip
  }
}

extension Scenario {
  /// Frames that the call needs at most; a clip has its own bounds.
  public var clipFrames: Int {
    // A file brings its own rate, at most 120 frames a second.
    let rate =
      switch video.source {
      case .file: FrameRate(120)
      default: video.frameRate
      }
    return rate.frameCount(within: duration)
  }
}
