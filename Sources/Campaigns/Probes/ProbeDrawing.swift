import CallSimulation
import Results
import SimulationKernel
import VP8Codec

/// Draws a call's probes.
struct ProbeDrawing {
  let settings: ProbeSettings
  let frameRate: FrameRate
  let frameCount: Int
  let seed: UInt64
  /// By frame; nil where any will do.
  let kinds: [FrameSchedule.Kind]?

  /// In the order of their frames; fewer than asked for where the call has no more of their kind.
  func probes() -> [Probe] {
    let frames = frames()
    let key = StreamKey(seed: seed, name: "probe.position")
    var probes: [Probe] = []
    for frame in frames {
      let positions = Probe.Position.allCases
      let drawn = key.draw(slot: Int64(frame), index: 0)
      let position =
        settings.position
        ?? positions[Int(drawn.multipliedFullWidth(by: UInt64(positions.count)).high)]
      for packets in settings.packets {
        probes.append(
          Probe(
            number: probes.count, frame: frame, position: position, packets: packets,
            horizon: settings.horizon))
      }
    }
    return probes
  }

  private func frames() -> [Int] {
    switch settings.moments {
    case .at(let times):
      let frames = times.map { firstFrame(at: $0) }
      return Array(Set(frames)).sorted().filter(isWanted)
    case .random(let count):
      let candidates = (firstFrame(at: settings.from)..<max(0, endFrame)).filter(isWanted)
      return sample(count, of: candidates)
    }
  }

  /// So many of the candidates without replacement, in their order (Knuth's selection sampling).
  private func sample(_ count: Int, of candidates: [Int]) -> [Int] {
    var stream = RandomStream(seed: seed, name: "probe.frames")
    var wanted = min(count, candidates.count)
    var chosen: [Int] = []
    for (place, frame) in candidates.enumerated() where wanted > 0 {
      let left = UInt64(candidates.count - place)
      guard stream.next(below: left) < UInt64(wanted) else { continue }
      chosen.append(frame)
      wanted -= 1
    }
    return chosen
  }

  private func isWanted(_ frame: Int) -> Bool {
    guard frame < endFrame else { return false }
    switch settings.frames {
    case .any: return true
    case .key: return kinds?[frame] == .key
    case .golden: return kinds?[frame] == .golden
    case .ordinary: return kinds?[frame] == .ordinary
    }
  }

  /// The first frame whose horizon ends behind the call.
  private var endFrame: Int {
    let horizon = frameRate.frameCount(within: settings.horizon)
    return frameCount - horizon
  }

  private func firstFrame(at time: SimDuration) -> Int {
    frameRate.frameCount(within: time)
  }
}
