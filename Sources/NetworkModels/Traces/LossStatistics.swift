import SimulationKernel

/// How packets of a trace are lost.
public struct LossStatistics: Sendable {
  public let packets: Int
  public let lost: Int
  /// How many bursts have each length in packets, by length; a burst is packets lost in a row.
  public let burstLengths: [(length: Int, count: Int)]
  /// The mean length of the spells of loss of `PacketTrace.lossTimeline`; zero without any.
  public let meanBurstTime: SimDuration
  public let longestBurstTime: SimDuration
  /// The mean number of packets received between two bursts; nil where there are not two.
  public let meanGap: Double?
  /// Of being lost, at lags of 1...10 packets; empty where all packets fared alike, or are too few.
  public let autocorrelation: [Double]
  public let duration: SimDuration

  public var rate: Double { Double(lost) / Double(packets) }
  public var bursts: Int { burstLengths.reduce(0) { $0 + $1.count } }
  public var meanBurst: Double { bursts == 0 ? 0 : Double(lost) / Double(bursts) }
  public var longestBurst: Int { burstLengths.last?.length ?? 0 }

  public static let lags = 10

  public init(_ trace: PacketTrace) {
    let losses = trace.packets.map(\.isLost)
    packets = losses.count
    duration = trace.period
    var counts: [Int: Int] = [:]
    var gaps = (packets: 0, count: 0)
    var (run, isLost, total) = (0, false, 0)
    for (index, loss) in losses.enumerated() {
      if loss != isLost {
        if isLost {
          counts[run, default: 0] += 1
        } else if total > 0 {
          gaps = (gaps.packets + run, gaps.count + 1)
        }
        (run, isLost) = (0, loss)
      }
      run += 1
      if loss { total += 1 }
      if index == losses.count - 1, isLost { counts[run, default: 0] += 1 }
    }
    lost = total
    burstLengths = counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    meanGap = gaps.count == 0 ? nil : Double(gaps.packets) / Double(gaps.count)
    autocorrelation = Self.autocorrelation(losses, lost: total)
    let spells = trace.lossTimeline.spells.map { $0.upperBound - $0.lowerBound }
    longestBurstTime = spells.max() ?? .zero
    meanBurstTime =
      spells.isEmpty ? .zero : spells.reduce(.zero, +) / Int64(spells.count)
  }

  /// The sum of (x - mean)(x behind it - mean) over that of (x - mean)^2, by counting: x is 0 or 1.
  private static func autocorrelation(_ losses: [Bool], lost: Int) -> [Double] {
    let n = losses.count
    guard lost > 0, lost < n, n > lags else { return [] }
    let mean = Double(lost) / Double(n)
    // How often packets so far apart are both lost.
    var pairs = [Int](repeating: 0, count: lags + 1)
    for index in 0..<n where losses[index] {
      for lag in 1...lags where lag <= index && losses[index - lag] { pairs[lag] += 1 }
    }
    return (1...lags).map { lag in
      let pairs = pairs[lag]
      let head = lost - losses[(n - lag)...].count { $0 }
      let tail = lost - losses[..<lag].count { $0 }
      let covariance =
        Double(pairs) - mean * Double(head + tail) + Double(n - lag) * mean * mean
      return covariance / (Double(n) * mean * (1 - mean))
    }
  }
}
