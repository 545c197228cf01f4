import CallSimulation
import Results
import SimulationKernel
import VP8Codec

/// Draws the probes of a group's calls.
struct ProbeDrawing {
  let settings: ProbeSettings
  let frameRate: FrameRate
  /// How many frames a call has.
  let callFrames: Int
  /// By frame; nil where any will do.
  let kinds: [FrameSchedule.Kind]?

  /// The probes of the call with this seed, in the order of their frames; fewer than asked for where it
  /// has no more of their kind.
  func probes(seed: UInt64) -> [Probe] {
    let key = StreamKey(seed: seed, name: "probe.position")
    var probes: [Probe] = []
    for frame in frames(seed: seed) {
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

  /// How many frames are probed, whatever the seed.
  var frameCount: Int {
    switch settings.moments {
    case .at: candidates.count
    case .random(let count): min(count, candidates.count)
    }
  }

  private func frames(seed: UInt64) -> [Int] {
    switch settings.moments {
    case .at: candidates
    case .random(let count): sample(count, of: candidates, seed: seed)
    }
  }

  /// The frames that can be probed, in their order.
  private var candidates: [Int] {
    switch settings.moments {
    case .at(let times):
      Array(Set(times.map { firstFrame(at: $0) })).sorted().filter(isWanted)
    case .random: (firstFrame..<max(firstFrame, endFrame)).filter(isWanted)
    }
  }

  /// So many of the candidates without replacement, in their order (Knuth's selection sampling).
  private func sample(_ count: Int, of candidates: [Int], seed: UInt64) -> [Int] {
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

  /// The first frame that a probe may hit; of given moments the one that the last of them hits.
  var firstFrame: Int { firstFrame(at: settings.firstMoment) }

  /// The first frame whose horizon ends behind the call; not positive where the horizon is too long for
  /// any.
  var endFrame: Int {
    let horizon = frameRate.frameCount(within: settings.horizon)
    return callFrames - horizon
  }

  private func firstFrame(at time: SimDuration) -> Int {
    frameRate.frameCount(within: time)
  }
}
