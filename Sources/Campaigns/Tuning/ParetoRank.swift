import SimulationKernel

/// What candidates are ranked by.
public struct TuningObjectives: Sendable, Equatable {
  /// Mean time from a loss to its repair in ms, cut at the horizon.
  public var recovery: Double
  /// kbit/s of media without loss.
  public var bitrate: Double
  /// dB of what is on screen without loss.
  public var psnr: Double

  public init(recovery: Double, bitrate: Double, psnr: Double) {
    self.recovery = recovery
    self.bitrate = bitrate
    self.psnr = psnr
  }

  /// In steps below which a difference is none: 2 % of recovery, 0.5 % of bitrate, 0.05 dB. Less is
  /// better.
  fileprivate var steps: [Int] {
    func logarithm(_ value: Double, step: Double) -> Int {
      Int((DeterministicMath.ln(max(value, 1e-3)) / DeterministicMath.ln(1 + step)).rounded())
    }
    return [
      logarithm(recovery, step: 0.02), logarithm(bitrate, step: 0.005),
      -Int((psnr / 0.05).rounded()),
    ]
  }
}

/// Who is beaten by whom, in several things at a time.
enum ParetoRank {
  struct Contender {
    var objectives: TuningObjectives
    /// Settings that differ from the present ones: of equals, the one with fewer is better.
    var changes: Int
  }

  /// Ranks by repeatedly taking away the front, which has rank 0, and within it by how far neighbours
  /// are apart, the ends first (Deb and others, 2002).
  ///
  /// - Returns: positions from best to worst, with ranks.
  static func order(_ contenders: [Contender]) -> [(position: Int, rank: Int)] {
    let steps = contenders.map(\.objectives.steps)
    var left = Array(contenders.indices)
    var ordered: [(Int, Int)] = []
    var rank = 0
    while !left.isEmpty {
      let front = left.filter { one in
        !left.contains { dominates($0, one, steps, contenders) }
      }
      let spread = spread(front, steps)
      ordered += zip(front, spread)
        .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }.map { ($0.0, rank) }
      left.removeAll { front.contains($0) }
      rank += 1
    }
    return ordered
  }

  private static func dominates(
    _ a: Int, _ b: Int, _ steps: [[Int]], _ contenders: [Contender]
  ) -> Bool {
    if steps[a] == steps[b] {
      let (own, other) = (contenders[a].changes, contenders[b].changes)
      return own != other ? own < other : a < b
    }
    return zip(steps[a], steps[b]).allSatisfy { $0 <= $1 }
  }

  /// By member: how far apart its neighbours are, summed over the objectives; infinite at the ends.
  private static func spread(_ front: [Int], _ steps: [[Int]]) -> [Double] {
    var spread = [Double](repeating: 0, count: front.count)
    guard let objectives = front.first.map({ steps[$0].indices }) else { return [] }
    for objective in objectives {
      let order = front.indices.sorted {
        let (a, b) = (steps[front[$0]][objective], steps[front[$1]][objective])
        return a != b ? a < b : front[$0] < front[$1]
      }
      let values = order.map { Double(steps[front[$0]][objective]) }
      guard let least = values.first, let greatest = values.last, greatest > least else { continue }
      for (place, member) in order.enumerated() {
        if place == 0 || place == order.count - 1 {
          spread[member] = .infinity
        } else {
          spread[member] += (values[place + 1] - values[place - 1]) / (greatest - least)
        }
      }
    }
    return spread
  }
}
