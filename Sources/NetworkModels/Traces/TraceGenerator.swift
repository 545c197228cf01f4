import SimulationKernel

/// Makes traces from models, packet by packet; the same seed gives the same trace.
public enum TraceGenerator {
  /// Losses of the two-state chain, which begins in its long-run shares.
  ///
  /// - Parameters: probabilities within 0...1, of which one step's is above 0 (checked).
  public static func losses(
    _ model: GilbertElliottParameters, count: Int, seed: UInt64
  ) -> [Bool] {
    precondition(model.goodToBad + model.badToGood > 0, "a chain moves")
    // Apart, so that other losses in a state leave its spells where they are.
    var states = RandomStream(seed: seed, name: "trace.states")
    var fates = RandomStream(seed: seed, name: "trace.losses")
    let (toBad, toGood) = (Probability(model.goodToBad), Probability(model.badToGood))
    let (ofGood, ofBad) = (Probability(model.goodLoss), Probability(model.badLoss))
    var isBad = states.next(Probability(model.badShare))
    return (0..<count).map { _ in
      let isLost = fates.next(isBad ? ofBad : ofGood)
      if states.next(isBad ? toGood : toBad) { isBad.toggle() }
      return isLost
    }
  }

  /// The chain whose bursts have this mean length: everything is lost in its bad state.
  ///
  /// - Parameters:
  ///   - rate: the share of packets lost, within 0..<1 (checked).
  ///   - meanBurst: in packets, at least 1 and rate / (1 - rate), so that bursts come often enough
  ///     (checked).
  public static func gilbert(rate: Double, meanBurst: Double) -> GilbertElliottParameters {
    precondition(rate >= 0 && rate < 1 && meanBurst >= 1 && meanBurst * (1 - rate) >= rate)
    let badToGood = 1 / meanBurst
    return GilbertElliottParameters(
      goodToBad: badToGood * rate / (1 - rate), badToGood: badToGood, goodLoss: 0, badLoss: 1)
  }

  /// How a rate walks at random.
  public struct RandomWalk: Hashable, Sendable {
    public var lowest: Bitrate
    public var highest: Bitrate
    /// How often it changes.
    public var interval: SimDuration
    /// By how much at most, as a share of the span from lowest to highest.
    public var step: Double

    public init(lowest: Bitrate, highest: Bitrate, interval: SimDuration, step: Double = 0.1) {
      self.lowest = lowest
      self.highest = highest
      self.interval = interval
      self.step = step
    }
  }

  /// A rate that begins in the middle, and at each interval moves evenly drawn within the step, up or
  /// down; at the bounds it is thrown back.
  ///
  /// - Parameters: a span above zero, an interval within the duration, a step within 0...1 (checked).
  public static func rate(
    _ walk: RandomWalk, duration: SimDuration, seed: UInt64
  ) -> RateTimeline {
    let (low, high) = (walk.lowest.bitsPerSecond, walk.highest.bitsPerSecond)
    precondition(low >= 0 && low < high, "a walk has room")
    precondition(walk.interval > .zero && walk.interval <= duration && (0...1).contains(walk.step))
    var stream = RandomStream(seed: seed, name: "trace.rate")
    let reach = Int64((Double(high - low) * walk.step).rounded())
    var rate = low + (high - low) / 2
    var steps: [RateTimeline.Step] = []
    var from = SimTime.zero
    while from < .zero + duration {
      steps.append(RateTimeline.Step(from: from, rate: Bitrate(bitsPerSecond: rate)))
      rate += Int64(stream.next(below: UInt64(2 * reach + 1))) - reach
      if rate < low { rate = 2 * low - rate }
      if rate > high { rate = 2 * high - rate }
      from += walk.interval
    }
    return .steps(steps, period: duration)
  }
}
