import CallSimulation
import VP8Codec

/// Calls that cost about the same time for a simulated second: those with the same picture and the
/// same effort of the encoder.
struct PlanWorkload {
  /// What the cost of a simulated second hangs on most.
  private struct Kind: Hashable {
    var video: VideoSettings
    var cpuUsed: Int
    var noiseSensitivity: Int
    var temporalLayers: Int

    init(_ scenario: Scenario) {
      video = scenario.video
      cpuUsed = scenario.codec.cpuUsed
      noiseSensitivity = scenario.codec.noiseSensitivity
      temporalLayers = scenario.codec.temporalLayers
    }
  }

  /// The first of the calls.
  let example: Scenario
  /// Seconds that the calls last together.
  var simulatedSeconds: Double

  /// Samples of luma that a simulated second has; nil for a file, which is not opened for that.
  var pixelRate: Double? {
    let video = example.video
    if case .file = video.source { return nil }
    let frames = Double(video.frameRate.numerator) / Double(video.frameRate.denominator)
    return Double(video.width * video.height) * frames
  }

  /// The work of a plan, the most first.
  static func all(in groups: [PlanGroupSize]) -> [PlanWorkload] {
    var workloads: [PlanWorkload] = []
    var positions: [Kind: Int] = [:]
    for group in groups {
      for (cell, seconds) in zip(group.cells, group.cellSeconds) {
        let kind = Kind(cell)
        if let position = positions[kind] {
          workloads[position].simulatedSeconds += seconds
        } else {
          positions[kind] = workloads.count
          workloads.append(PlanWorkload(example: cell, simulatedSeconds: seconds))
        }
      }
    }
    // Stable, so that equal ones stay in the order of the file.
    return workloads.enumerated().sorted {
      ($1.element.simulatedSeconds, $0.offset) < ($0.element.simulatedSeconds, $1.offset)
    }.map(\.element)
  }
}
