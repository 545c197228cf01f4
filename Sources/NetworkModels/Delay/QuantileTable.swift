import SimulationKernel
import Synchronization

/// Delays by rank: a table of a distribution's quantiles, fine where few values lie.
struct QuantileTable: Sendable {
  private static let count = 512
  /// A rank is looked up as v = -ln(1 - rank), on a grid that is finer towards 0: v = limit (i / count)^2.
  /// e^-37 is below any rank's resolution of 2^-53.
  private static let limit = 37.0
  private let nanoseconds: [Double]

  init(_ jitter: Jitter) {
    precondition(jitter.mean >= .zero, "a delay cannot be negative")
    let mean = Double(jitter.mean.nanoseconds)
    let grid = (0...Self.count).map { index in
      let share = Double(index) / Double(Self.count)
      return Self.limit * share * share
    }
    switch jitter.distribution {
    case .uniform: nanoseconds = grid.map { 2 * mean * (1 - DeterministicMath.exp(-$0)) }
    case .normal(let deviation):
      nanoseconds = grid.map {
        // The upper half from its distance to 1, which a rank could not tell from 1.
        let rest = DeterministicMath.exp(-$0)
        let value = rest < 0.5 ? -Gauss.value(ofRank: rest) : Gauss.value(ofRank: 1 - rest)
        return max(0, mean + Double(deviation.nanoseconds) * value)
      }
    case .pareto(let shape):
      precondition(shape > 1, "a Pareto distribution without a mean has none to be given")
      nanoseconds = grid.map {
        mean * (shape - 1) * (DeterministicMath.exp($0 / shape) - 1)
      }
    case .gamma(let shape):
      nanoseconds = Self.gammaQuantiles(shape: shape, grid: grid).map { $0 * mean / shape }
    }
  }

  func delay(ofRank rank: Double) -> SimDuration {
    let v = min(-DeterministicMath.ln(max(1 - rank, 0x1p-53)), Self.limit)
    let place = (v / Self.limit).squareRoot() * Double(Self.count)
    let index = min(Int(place), Self.count - 1)
    // Between two points linear in v, in which all these distributions' tails are smooth.
    let (from, to) = (Self.grid(index), Self.grid(index + 1))
    let weight = (v - from) / (to - from)
    let value = nanoseconds[index] + (nanoseconds[index + 1] - nanoseconds[index]) * weight
    // A Pareto tail of shape 1 reaches beyond any call.
    return SimDuration(nanoseconds: Int64(min(max(value, 0), 3.6e15)))
  }

  private static func grid(_ index: Int) -> Double {
    let share = Double(index) / Double(count)
    return limit * share * share
  }

  /// Tables by shape: each takes some milliseconds to make, and every link of a call asks for one.
  private static let gammaTables = Mutex<[Double: [Double]]>([:])

  private static func gammaQuantiles(shape: Double, grid: [Double]) -> [Double] {
    gammaTables.withLock { tables in
      if let table = tables[shape] { return table }
      let table = gamma(shape: shape, grid: grid)
      tables[shape] = table
      return table
    }
  }

  /// Quantiles of the gamma distribution of scale 1 where its upper tail is e^-v, by bisection.
  private static func gamma(shape: Double, grid: [Double]) -> [Double] {
    precondition(shape > 0, "a gamma distribution's shape is above zero")
    var low = 0.0
    return grid.map { v in
      guard v > 0 else { return 0 }
      var high = max(1, low) * 2
      while logUpperTail(shape, high) > -v { high *= 2 }
      var lower = low
      for _ in 0..<60 {
        let middle = (lower + high) / 2
        if logUpperTail(shape, middle) > -v { lower = middle } else { high = middle }
      }
      low = lower
      return (lower + high) / 2
    }
  }

  /// ln Q(shape, x) of the regularised incomplete gamma function: the series below x = shape + 1, the
  /// continued fraction above (Abramowitz and Stegun 6.5.29, 6.5.31; Lentz's method).
  private static func logUpperTail(_ a: Double, _ x: Double) -> Double {
    guard x > 0 else { return 0 }
    let front = a * DeterministicMath.ln(x) - x - logGamma(a)
    if x < a + 1 {
      var term = 1 / a
      var sum = term
      var n = a
      while term > sum * 1e-16 {
        n += 1
        term *= x / n
        sum += term
      }
      let below = DeterministicMath.exp(front) * sum
      return DeterministicMath.ln(max(1 - below, 1e-300))
    }
    var b = x + 1 - a
    var c = 1e300
    var d = 1 / b
    var h = d
    for i in 1...500 {
      let an = -Double(i) * (Double(i) - a)
      b += 2
      d = 1 / (an * d + b)
      c = b + an / c
      let change = d * c
      h *= change
      if (change - 1).magnitude < 1e-15 { break }
    }
    return front + DeterministicMath.ln(h)
  }

  /// ln of the gamma function: Stirling's series after shifting the argument above 10.
  private static func logGamma(_ value: Double) -> Double {
    var x = value
    var shift = 0.0
    while x < 10 {
      shift += DeterministicMath.ln(x)
      x += 1
    }
    let r = 1 / (x * x)
    let series = (((-1 / 1_680 * r + 1 / 1_260) * r - 1 / 360) * r + 1 / 12) / x
    return (x - 0.5) * DeterministicMath.ln(x) - x + 0.918_938_533_204_672_7 + series - shift
  }
}
