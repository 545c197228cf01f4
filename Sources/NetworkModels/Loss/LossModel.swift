import SimulationKernel

/// How packets are lost on a path, as functions of time alone: what is sent does not change the channel.
public enum LossModel: Hashable, Sendable {
  case none
  /// Each packet on its own with this probability, 0...1.
  case independent(rate: Double)
  /// A two-state channel that loses everything while bad (Gilbert): `rate` is the long-run share of bad
  /// time, 0..<1, `meanBurst` the mean length of a bad spell.
  case gilbertElliott(rate: Double, meanBurst: SimDuration)
  /// A two-state channel with a loss rate in either state (Gilbert-Elliott).
  case twoState(TwoStateLoss)
  /// The four-state chain of netem.
  case fourState(FourStateLoss)
  /// Stretches of time in which everything is lost.
  case timeline(LossTimeline)
  /// Of what another model loses only this share is lost, 0...1.
  indirect case thinned(LossModel, share: Double)

  /// The long-run share of packets lost, 0...1.
  public var rate: Double {
    switch self {
    case .none: 0
    case .independent(let rate), .gilbertElliott(let rate, _): rate
    case .twoState(let model): model.rate
    case .fourState(let model): model.rate
    case .timeline(let timeline): timeline.lossShare
    case .thinned(let model, let share): model.rate * share
    }
  }

  /// The mean length of a burst; nil where losses come singly.
  public var meanBurst: SimDuration? {
    switch self {
    case .none, .independent: nil
    case .gilbertElliott(_, let meanBurst): meanBurst
    case .twoState(let model): model.meanBad
    case .fourState(let model): model.meanBurst
    case .timeline(let timeline):
      timeline.spells.isEmpty
        ? nil
        : SimDuration(
          nanoseconds: Int64(timeline.lossShare * Double(timeline.period.nanoseconds))
            / Int64(timeline.spells.count))
    case .thinned(let model, _): model.meanBurst
    }
  }

  /// The same kind of channel with its rate multiplied.
  ///
  /// - Parameter factor: above 1 only for those whose rate is a parameter (checked).
  public func scaled(by factor: Double) -> LossModel {
    switch self {
    case .none: return .none
    case .independent(let rate): return .independent(rate: rate * factor)
    case .gilbertElliott(let rate, let meanBurst):
      return .gilbertElliott(rate: rate * factor, meanBurst: meanBurst)
    case .twoState, .fourState, .timeline:
      precondition((0...1).contains(factor), "only a share of these losses can be taken")
      return .thinned(self, share: factor)
    case .thinned(let model, let share): return .thinned(model, share: share * factor)
    }
  }
}

/// Gilbert-Elliott: spells of exponential length, each with a loss rate of its own.
public struct TwoStateLoss: Hashable, Sendable {
  /// Both positive.
  public var meanGood: SimDuration
  public var meanBad: SimDuration
  /// Probabilities of a packet's loss, 0...1.
  public var lossInGood: Double
  public var lossInBad: Double

  public init(
    meanGood: SimDuration, meanBad: SimDuration, lossInGood: Double = 0, lossInBad: Double = 1
  ) {
    self.meanGood = meanGood
    self.meanBad = meanBad
    self.lossInGood = lossInGood
    self.lossInBad = lossInBad
  }

  public var badShare: Double {
    let (good, bad) = (Double(meanGood.nanoseconds), Double(meanBad.nanoseconds))
    return bad / (good + bad)
  }

  public var rate: Double { badShare * lossInBad + (1 - badShare) * lossInGood }
}

/// The chain of netem's `loss state` (Salsano, Ludovici, Ordine, Giannuzzi 2012), with a step of time in
/// place of a step a packet: state 1 is a gap in which packets arrive, 2 those that arrive within a burst,
/// 3 those lost within one, 4 a loss by itself, which lasts one step.
public struct FourStateLoss: Hashable, Sendable {
  /// Positive.
  public var step: SimDuration
  /// Probabilities of a change with each step, 0...1; from state 1 p13 + p14, from 3 p31 + p32 at most 1.
  public var p13: Double
  public var p31: Double
  public var p32: Double
  public var p23: Double
  public var p14: Double

  public init(
    step: SimDuration, p13: Double, p31: Double, p32: Double = 0, p23: Double = 1, p14: Double = 0
  ) {
    self.step = step
    self.p13 = p13
    self.p31 = p31
    self.p32 = p32
    self.p23 = p23
    self.p14 = p14
  }

  /// The long-run shares of time in states 1 to 4.
  ///
  /// From the balance of flows: in state 2 what comes from 3 leaves to it; in 4 what comes from 1 returns
  /// with the next step; between 1 and 3 as much goes one way as the other.
  public var shares: (Double, Double, Double, Double) {
    // Weights against state 3's p31 = state 1's p13.
    let (one, three) = (p31, p13)
    let two = p32 > 0 ? three * p32 / p23 : 0
    let four = one * p14
    let total = one + two + three + four
    return total > 0 ? (one / total, two / total, three / total, four / total) : (1, 0, 0, 0)
  }

  public var rate: Double { shares.2 + shares.3 }

  /// Of a run of losses: state 3 is left with p31 + p32, state 4 at once.
  public var meanBurst: SimDuration {
    let (_, _, three, four) = shares
    let runs = three * (p31 + p32) + four
    guard runs > 0 else { return step }
    return SimDuration(nanoseconds: Int64(Double(step.nanoseconds) * (three + four) / runs))
  }
}
