import SimulationKernel

/// The two-state channel of Gilbert and Elliott in continuous time: good and bad spells of
/// exponential length take turns, and everything is lost in a bad one.
///
/// Sampled at even intervals it is the two-state Markov chain of the literature. Spells are drawn,
/// not steps, so a long silence costs no more than the spells in it.
struct GilbertElliottChannel: Sendable {
  /// The mean length of a bad spell.
  let meanBad: SimDuration
  /// The mean length of a good spell.
  let meanGood: SimDuration
  private var stream: RandomStream
  private var bad: Bool
  /// Where the present spell ends and the other state begins.
  private var spellEnd: SimTime
  private var latest = SimTime.zero

  init(rate: Double, meanBurst: SimDuration, key: StreamKey) {
    precondition(rate >= 0 && rate < 1, "the share of bad time lies within 0..<1, not \(rate)")
    precondition(meanBurst > .zero, "a mean burst is longer than nothing")
    // Bad share = meanBad / (meanBad + meanGood). What exceeds any simulation is cut, as at rate 0.
    let good = Double(meanBurst.nanoseconds) * (1 - rate) / rate
    let longest = RandomStream.longestMean
    let meanGood = SimDuration(
      nanoseconds: good < Double(longest.nanoseconds) ? max(1, Int64(good)) : longest.nanoseconds)
    self.init(badShare: rate, meanGood: meanGood, meanBad: meanBurst, key: key)
  }

  init(badShare: Double, meanGood: SimDuration, meanBad: SimDuration, key: StreamKey) {
    precondition(meanGood > .zero && meanBad > .zero, "a spell is longer than nothing")
    stream = RandomStream(key)
    self.meanGood = min(meanGood, RandomStream.longestMean)
    self.meanBad = min(meanBad, RandomStream.longestMean)
    // In its stationary distribution from the start; a spell of exponential length has no memory,
    // so what is left of the first one is distributed as a whole one.
    bad = stream.next(Probability(badShare))
    spellEnd = .distantFuture
    if badShare > 0 {
      spellEnd = .zero + stream.nextExponential(mean: bad ? self.meanBad : self.meanGood)
    }
  }

  /// Whether the channel is in its bad state at `time`, not before any earlier one (checked).
  mutating func isBad(at time: SimTime) -> Bool {
    precondition(time >= latest, "packets pass a channel in the order of time")
    latest = time
    while spellEnd <= time {
      bad.toggle()
      spellEnd += stream.nextExponential(mean: bad ? meanBad : meanGood)
    }
    return bad
  }
}

/// Good and bad spells with a loss rate in each.
struct TwoStateChannel: Sendable {
  private var spells: GilbertElliottChannel
  private var counter = SlotCounter()
  private let key: StreamKey
  private let lossInGood: Probability
  private let lossInBad: Probability

  init(_ settings: TwoStateLoss, key: StreamKey) {
    spells = GilbertElliottChannel(
      badShare: settings.badShare, meanGood: settings.meanGood, meanBad: settings.meanBad,
      key: StreamKey(within: key, name: "spells"))
    self.key = key
    lossInGood = Probability(settings.lossInGood)
    lossInBad = Probability(settings.lossInBad)
  }

  mutating func loses(at time: SimTime) -> Bool {
    let (slot, index) = counter.next(at: time)
    let rate = spells.isBad(at: time) ? lossInBad : lossInGood
    return rate.accepts(key.draw(slot: slot, index: index))
  }
}
