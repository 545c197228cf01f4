import SimulationKernel

/// Stretches of time in which everything is lost, repeated at their end.
public struct LossTimeline: Hashable, Sendable {
  /// In ascending order, without overlap, within 0 and `period`.
  public let spells: [Range<SimTime>]
  public let period: SimDuration

  /// - Parameters: spells in ascending order that do not overlap, within 0 and a positive period (all
  ///   checked).
  public init(spells: [Range<SimTime>], period: SimDuration) {
    precondition(period > .zero, "a timeline takes some time")
    precondition(
      zip(spells, spells.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
        && spells.first.map { $0.lowerBound >= .zero } ?? true
        && spells.last.map { $0.upperBound <= .zero + period } ?? true,
      "spells are in order, apart, and within the period")
    self.spells = spells
    self.period = period
  }

  /// The share of time in which everything is lost.
  public var lossShare: Double {
    let lost = spells.reduce(SimDuration.zero) { $0 + ($1.upperBound - $1.lowerBound) }
    return Double(lost.nanoseconds) / Double(period.nanoseconds)
  }
}

/// What a bottleneck sends over time, repeated at its end.
public enum RateTimeline: Hashable, Sendable {
  /// Rates from these times on, the first at 0, in ascending order; zero is an outage.
  case steps([Step], period: SimDuration)
  /// Instants at which `octets` may leave, as in Mahimahi's files: in ascending order, several at one
  /// instant allowed; what a packet does not use of an opportunity the next one may.
  case opportunities([SimTime], octets: Int, period: SimDuration)

  public struct Step: Hashable, Sendable {
    public var from: SimTime
    public var rate: Bitrate

    public init(from: SimTime, rate: Bitrate) {
      self.from = from
      self.rate = rate
    }
  }
}

/// What a path takes beyond its fastest transit, over time, repeated at its end.
public struct DelayTimeline: Hashable, Sendable {
  public struct Step: Hashable, Sendable {
    public var from: SimTime
    public var delay: SimDuration

    public init(from: SimTime, delay: SimDuration) {
      self.from = from
      self.delay = delay
    }
  }

  /// In ascending order, the first at 0.
  public let steps: [Step]
  public let period: SimDuration

  /// - Parameters: steps in ascending order from 0 on, before the end of a positive period (all checked).
  public init(steps: [Step], period: SimDuration) {
    precondition(steps.first?.from == .zero, "the first step is at 0")
    precondition(
      zip(steps, steps.dropFirst()).allSatisfy { $0.from < $1.from }
        && steps.last!.from < .zero + period, "steps are in order, within the period")
    self.steps = steps
    self.period = period
  }
}
