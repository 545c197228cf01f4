import CallSimulation
import Configuration
import SimulationKernel
import VP8Codec

/// What the calls of a group have to probe.
///
/// Frames are drawn from so much of each call as the shortest one has, so that all conditions are probed at
/// the same frames, those included that differ in how long a call lasts.
public struct ProbeGround: Sendable, Equatable {
  public let settings: ProbeSettings
  /// Of the group's shortest call.
  public let duration: SimDuration
  /// Whose plans tell the kinds of frames apart: one of each of the group's mechanisms. Empty where
  /// any frame will do.
  public let schedules: [Scenario]
  /// How many frames of a call are probed, by the rate at which they come. Of a file the rate is not known
  /// here.
  private var frameCounts: [FrameRate: Int] = [:]

  /// Reads a group's `probes`.
  ///
  /// - Parameter cells: the group's, at least one (checked).
  /// - Throws: `ConfigurationError` also where a call has no frame that could be probed.
  init(_ reader: ConfigurationReader, cells: [Scenario]) throws(ConfigurationError) {
    settings = try ProbeSettings(reader)
    duration = cells.map(\.duration).min()!
    schedules = settings.frames == .any ? [] : Self.schedules(cells)
    try settings.checkRoom(reader, duration: duration)
    for rate in cells.compactMap(\.plannedFrameRate) where frameCounts[rate] == nil {
      let drawing = drawing(frameRate: rate)
      try settings.checkRoom(reader, drawing, duration: duration)
      frameCounts[rate] = drawing.frameCount
    }
  }

  /// Of calls whose frames come at this rate.
  func drawing(frameRate: FrameRate) -> ProbeDrawing {
    let callFrames = frameRate.frameCount(within: duration)
    return ProbeDrawing(
      settings: settings, frameRate: frameRate, callFrames: callFrames,
      kinds: kinds(frameRate: frameRate, callFrames: callFrames))
  }

  /// How many probes a call of this scenario has; at most, where its frames are a file's.
  func probesPerCall(_ scenario: Scenario) -> Int {
    let frames = scenario.plannedFrameRate.flatMap { frameCounts[$0] } ?? settings.framesPerCall
    return frames * settings.packets.count
  }

  /// That calls have fewer probes than the plan asks for, a sentence; nil where they have all.
  func warning(group: String) -> String? {
    guard let found = frameCounts.values.min(), found < settings.framesPerCall else { return nil }
    let frames = settings.frames.title + (found == 1 ? "frame" : "frames")
    return
      "group \(group): found \(found) \(frames) a call to probe, expected \(settings.framesPerCall) "
      + "(\(settings.momentsKey)): no other one lies where it was asked for and has its whole horizon "
      + "within the call"
  }

  /// One scenario of each way in which calls plan their frames.
  private static func schedules(_ cells: [Scenario]) -> [Scenario] {
    var schedules: [Scenario] = []
    for cell in cells
    where !schedules.contains(where: {
      $0.mechanism == cell.mechanism && $0.encoderControl == cell.encoderControl
        && $0.codec.temporalLayers == cell.codec.temporalLayers
    }) {
      schedules.append(cell)
    }
    return schedules
  }

  /// What each frame is under at least one of the mechanisms; nil where that does not matter.
  private func kinds(frameRate: FrameRate, callFrames: Int) -> [FrameSchedule.Kind]? {
    guard settings.frames != .any else { return nil }
    var kinds = [FrameSchedule.Kind](repeating: .ordinary, count: callFrames)
    for scenario in schedules {
      let schedule = FrameSchedule(scenario, frameRate: frameRate, frameCount: callFrames)
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

extension Scenario {
  /// At which its frames come; nil where a file brings its own rate.
  fileprivate var plannedFrameRate: FrameRate? {
    if case .file = video.source { nil } else { video.frameRate }
  }
}
