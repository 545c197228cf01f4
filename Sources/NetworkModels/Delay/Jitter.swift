import SimulationKernel

/// What a path takes beyond its propagation, by chance.
public struct Jitter: Hashable, Sendable {
  public enum Distribution: Hashable, Sendable {
    /// Uniform from nothing to twice the mean.
    case uniform
    /// Normal with this deviation from the mean; below zero counts as zero.
    case normal(deviation: SimDuration)
    /// Gamma of this shape, 0.1...100; 1 is exponential.
    case gamma(shape: Double)
    /// Pareto (Lomax, from zero on) of this shape, above 1 to 100: the smaller, the heavier its tail.
    case pareto(shape: Double)
  }

  /// Not negative; of a normal distribution that of the uncut one.
  public var mean: SimDuration
  public var distribution: Distribution
  /// How long the delay remembers itself: correlation falls by e in this time; zero draws each packet's
  /// delay by itself.
  public var correlationTime: SimDuration

  public init(
    mean: SimDuration, distribution: Distribution, correlationTime: SimDuration = .zero
  ) {
    self.mean = mean
    self.distribution = distribution
    self.correlationTime = correlationTime
  }
}

/// The jitter of a path as a function of time: what is sent does not change it.
///
/// Correlated, it is a Gaussian process (an AR(1) on a grid of a sixteenth of the correlation time,
/// between whose points it is kept), whose values are carried over to the distribution asked for by their
/// ranks, so that the distribution is the same with any correlation.
struct JitterProcess: Sendable {
  private let quantile: QuantileTable
  private let key: StreamKey
  private var counter = SlotCounter()
  private var correlated: CorrelatedGauss?

  init(_ jitter: Jitter, key: StreamKey) {
    quantile = QuantileTable(jitter)
    self.key = key
    if jitter.correlationTime > .zero {
      correlated = CorrelatedGauss(
        correlationTime: jitter.correlationTime, key: StreamKey(within: key, name: "process"))
    }
  }

  /// Of the packet that passes at `time`, not before any earlier one (checked).
  mutating func delay(at time: SimTime) -> SimDuration {
    guard correlated == nil else {
      return quantile.delay(ofRank: Gauss.rank(of: correlated!.value(at: time)))
    }
    let (slot, index) = counter.next(at: time)
    return quantile.delay(ofRank: Double(key.draw(slot: slot, index: index) >> 11) * 0x1p-53)
  }
}

/// A stationary Gaussian process of mean 0 and variance 1.
private struct CorrelatedGauss: Sendable {
  private let step: Int64
  private let memory: Double
  private let renewal: Double
  private var stream: RandomStream
  private var position: Int64 = 0
  private var current: Double

  init(correlationTime: SimDuration, key: StreamKey) {
    step = max(1, correlationTime.nanoseconds / 16)
    memory = DeterministicMath.exp(-Double(step) / Double(correlationTime.nanoseconds))
    renewal = (1 - memory * memory).squareRoot()
    stream = RandomStream(key)
    current = Gauss.value(ofRank: stream.nextUnit())
  }

  mutating func value(at time: SimTime) -> Double {
    let now = time.nanoseconds / step
    precondition(now >= position, "packets pass a path in the order of time")
    // After forty memories nothing is left of the last value.
    if now - position > 16 * 40 { position = now - 16 * 40 }
    while position < now {
      current = memory * current + renewal * Gauss.value(ofRank: stream.nextUnit())
      position += 1
    }
    return current
  }
}
