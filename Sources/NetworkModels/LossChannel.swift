import SimulationKernel

/// The state of a lossy channel, which moves with simulated time alone.
///
/// Nothing here depends on what was sent before except the index of a packet within its time slot,
/// so two runs that send different packets meet the same channel at the same times.
struct LossChannel: Sendable {
  private enum Process: Sendable {
    case lossless
    case independent(IndependentLoss)
    case gilbertElliott(GilbertElliottChannel)
  }

  private var process: Process

  /// - Parameters:
  ///   - model: its rate within 0...1, below 1 for Gilbert-Elliott, and the mean burst positive
  ///     (all checked).
  ///   - key: the stream that all its chance comes from.
  init(_ model: LossModel, key: StreamKey) {
    switch model {
    case .none:
      process = .lossless
    case .independent(let rate):
      process = .independent(IndependentLoss(rate: Probability(rate), key: key))
    case .gilbertElliott(let rate, let meanBurst):
      process = .gilbertElliott(GilbertElliottChannel(rate: rate, meanBurst: meanBurst, key: key))
    }
  }

  /// Whether the channel loses the packet that passes at `time`, not before any earlier one
  /// (checked).
  mutating func loses(at time: SimTime) -> Bool {
    switch process {
    case .lossless:
      return false
    case .independent(var independent):
      defer { process = .independent(independent) }
      return independent.loses(at: time)
    case .gilbertElliott(var channel):
      defer { process = .gilbertElliott(channel) }
      return channel.isBad(at: time)
    }
  }
}

/// Losses on their own: each draw is a function of the stream, the time slot and the index in it.
public struct IndependentLoss: Sendable {
  let rate: Probability
  let key: StreamKey
  private var counter = SlotCounter()

  public init(rate: Probability, key: StreamKey) {
    self.rate = rate
    self.key = key
  }

  /// Whether the packet is lost that passes at `time`, not before any earlier one (checked).
  public mutating func loses(at time: SimTime) -> Bool {
    let (slot, index) = counter.next(at: time)
    return rate.accepts(key.draw(slot: slot, index: index))
  }
}

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
    stream = RandomStream(key)
    meanBad = meanBurst
    // Bad share = meanBad / (meanBad + meanGood). What exceeds any simulation is cut, as at rate 0.
    let good = Double(meanBurst.nanoseconds) * (1 - rate) / rate
    let longest = RandomStream.longestMean
    meanGood = SimDuration(
      nanoseconds: good < Double(longest.nanoseconds) ? max(1, Int64(good)) : longest.nanoseconds)
    // In its stationary distribution from the start; a spell of exponential length has no memory,
    // so what is left of the first one is distributed as a whole one.
    bad = stream.next(Probability(rate))
    spellEnd = .distantFuture
    if rate > 0 { spellEnd = .zero + stream.nextExponential(mean: bad ? meanBad : meanGood) }
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
