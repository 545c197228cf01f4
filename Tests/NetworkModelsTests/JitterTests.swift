import SimulationKernel
import Testing

@testable import NetworkModels

@Suite("Jitter")
struct JitterTests {
  private static let mean = SimDuration.milliseconds(20)

  /// Delays of packets at even intervals, in ms.
  private func delays(_ jitter: Jitter, count: Int, every step: SimDuration) -> [Double] {
    var process = JitterProcess(jitter, key: StreamKey(seed: 5, name: "test.delay"))
    return (0..<count).map { process.delay(at: .zero + step * Int64($0)).inMilliseconds }
  }

  /// Mean, and variance.
  private func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n)
  }

  /// Each with the deviation that its definition implies, in means of 20 ms.
  private static let distributions: [(Jitter.Distribution, deviation: Double)] = [
    (.uniform, 20 / 3.0.squareRoot()),
    (.normal(deviation: .milliseconds(4)), 4),
    (.gamma(shape: 1), 20), (.gamma(shape: 2), 20 / 2.0.squareRoot()),
    (.gamma(shape: 0.5), 20 * 2.0.squareRoot()),
    // Lomax: scale 20 (a - 1), variance scale^2 a / ((a - 1)^2 (a - 2)).
    (.pareto(shape: 5), 20 * (5.0 / 3).squareRoot()),
  ]

  @Test(
    "a million delays have the mean and the deviation of their definition, within 3 standard errors",
    arguments: distributions.indices)
  func distribution(index: Int) {
    let (distribution, deviation) = Self.distributions[index]
    let values = delays(
      Jitter(mean: Self.mean, distribution: distribution), count: 1_000_000,
      every: .milliseconds(1))
    let seen = moments(values)
    #expect(abs(seen.mean - 20) < 3 * deviation / 1_000)
    // The variance's own error depends on the fourth moment; heavy tails have a wide one.
    let fourth = values.reduce(0) { sum, value in
      let square = (value - seen.mean) * (value - seen.mean)
      return sum + square * square
    }
    let n = Double(values.count)
    let error = ((fourth / n - seen.variance * seen.variance) / n).squareRoot()
    #expect(abs(seen.variance - deviation * deviation) < 3 * error)
  }

  @Test("quantiles of a million delays are those of the exponential distribution")
  func quantiles() {
    let values = delays(
      Jitter(mean: Self.mean, distribution: .gamma(shape: 1)), count: 1_000_000,
      every: .milliseconds(1)
    ).sorted()
    for p in [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999] {
      let expected = -20 * DeterministicMath.ln(1 - p)
      let error: Double = (p * (1 - p) / 1e6).squareRoot() * 20 / (1 - p)
      let difference = abs(values[Int(p * 1e6)] - expected)
      #expect(difference < 3 * error + 1e-4, "p = \(p)")
    }
  }

  @Test("correlation falls by e in the correlation time, and leaves the distribution as it is")
  func correlation() {
    let jitter = Jitter(
      mean: Self.mean, distribution: .normal(deviation: .milliseconds(3)),
      correlationTime: .milliseconds(100))
    let values = delays(jitter, count: 1_000_000, every: .milliseconds(10))
    let (mean, variance) = moments(values)
    // Neighbours are alike over some 20 packets: so many fewer are independent.
    let independent = 50_000.0
    #expect(abs(mean - 20) < 3 * 3 / independent.squareRoot())
    #expect(abs(variance - 9) < 3 * 9 * (2 / independent).squareRoot())
    for lag in [1, 10, 20] {
      var sum = 0.0
      for index in 0..<values.count - lag {
        sum += (values[index] - mean) * (values[index + lag] - mean)
      }
      let correlation = sum / Double(values.count - lag) / variance
      let expected = DeterministicMath.exp(-Double(lag) * 10 / 100)
      // The process is kept between the points of its grid, of 6.25 ms.
      #expect(abs(correlation - expected) < 0.03, "lag \(lag)")
    }
  }

  @Test("what is sent does not change the delays of others", arguments: [0, 50] as [Int64])
  func sameDelays(correlation: Int64) {
    let jitter = Jitter(
      mean: Self.mean, distribution: .gamma(shape: 2),
      correlationTime: .milliseconds(correlation))
    let key = StreamKey(seed: 2, name: "test.delay")
    var (few, many) = (JitterProcess(jitter, key: key), JitterProcess(jitter, key: key))
    for packet in 0..<10_000 as Range<Int64> {
      let time = SimTime.zero + .milliseconds(2 * packet)
      let delay = few.delay(at: time)
      #expect(many.delay(at: time) == delay)
      _ = many.delay(at: time + .milliseconds(1))
    }
  }

  @Test("the normal distribution's ranks and values are each other's inverse")
  func gauss() {
    for step in -40...40 {
      let value = Double(step) / 10
      #expect(abs(Gauss.value(ofRank: Gauss.rank(of: value)) - value) < 2e-3)
    }
    #expect(abs(Gauss.value(ofRank: 0.975) - 1.959_963_985) < 1e-8)
  }
}
