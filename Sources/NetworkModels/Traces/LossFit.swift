import SimulationKernel

/// A model of loss, packet by packet, with the parameters that explain a trace best.
public enum FittedLoss: Hashable, Sendable {
  /// Each packet by itself.
  case independent(rate: Double)
  /// Two states, of which one loses nothing and the other everything (Gilbert, 1960).
  case gilbert(goodToBad: Double, badToGood: Double)
  /// Two states that lose packets with a probability each (Elliott, 1963).
  case gilbertElliott(GilbertElliottParameters)

  /// How many parameters were chosen to suit the trace.
  public var parameterCount: Int {
    switch self {
    case .independent: 1
    case .gilbert: 2
    case .gilbertElliott: 4
    }
  }

  /// The long-run share of packets lost.
  public var rate: Double {
    switch self {
    case .independent(let rate): rate
    case .gilbert(let goodToBad, let badToGood): goodToBad / (goodToBad + badToGood)
    case .gilbertElliott(let parameters): parameters.rate
    }
  }

  /// The mean length of a bad spell in continuous time, of which these states are what packets at
  /// this interval see; nil without states, and where a state says nothing of the next one.
  public func meanBadSpell(interval: SimDuration) -> SimDuration? {
    let (goodToBad, badToGood): (Double, Double)
    switch self {
    case .independent: return nil
    case .gilbert(let toBad, let toGood): (goodToBad, badToGood) = (toBad, toGood)
    case .gilbertElliott(let parameters):
      (goodToBad, badToGood) = (parameters.goodToBad, parameters.badToGood)
    }
    // Between two packets the state correlates by exp(-interval (1/bad + 1/good)), and the spells
    // are to each other as the states' shares.
    let correlation = 1 - goodToBad - badToGood
    guard correlation > 0, correlation < 1 else { return nil }
    let goodShare = badToGood / (goodToBad + badToGood)
    let nanoseconds =
      Double(interval.nanoseconds) / (goodShare * -DeterministicMath.ln(correlation))
    return nanoseconds < 1e17 ? SimDuration(nanoseconds: Int64(nanoseconds.rounded())) : nil
  }
}

/// Probabilities of a packet's step, and of its loss in either state.
public struct GilbertElliottParameters: Hashable, Sendable {
  public var goodToBad: Double
  public var badToGood: Double
  public var goodLoss: Double
  public var badLoss: Double

  public init(goodToBad: Double, badToGood: Double, goodLoss: Double, badLoss: Double) {
    self.goodToBad = goodToBad
    self.badToGood = badToGood
    self.goodLoss = goodLoss
    self.badLoss = badLoss
  }

  /// The share of packets that meet the bad state in the long run.
  public var badShare: Double { goodToBad / (goodToBad + badToGood) }
  public var rate: Double { goodLoss * (1 - badShare) + badLoss * badShare }
}

/// How well models explain which packets of a trace were lost.
public struct LossFit: Hashable, Sendable {
  public struct Candidate: Hashable, Sendable {
    public var model: FittedLoss
    /// The natural logarithm of the probability of the trace's losses under the model.
    public var logLikelihood: Double
    public var packets: Int

    /// The Bayesian information criterion (Schwarz, 1978): lower is better, and a parameter must
    /// earn its place.
    public var bayesianInformation: Double {
      Double(model.parameterCount) * DeterministicMath.ln(Double(packets)) - 2 * logLikelihood
    }
  }

  /// Those that can be fitted, with fewer parameters first: independent loss always.
  public let candidates: [Candidate]

  /// The one that explains the trace best for its number of parameters.
  public var best: Candidate {
    candidates.min { $0.bayesianInformation < $1.bayesianInformation }!
  }

  /// - Parameter losses: of packets in the order of sending; at least one (checked).
  public init(_ losses: [Bool]) {
    precondition(!losses.isEmpty, "there are packets to explain")
    let lost = losses.count { $0 }
    let independent = Candidate(
      model: .independent(rate: Double(lost) / Double(losses.count)),
      logLikelihood: Self.logLikelihood(hits: lost, of: losses.count), packets: losses.count)
    guard let gilbert = Self.gilbert(losses, lost: lost) else {
      candidates = [independent]
      return
    }
    let elliott = GilbertElliottFit.fit(losses, gilbert: gilbert.model)
    candidates = [
      independent, gilbert,
      Candidate(
        model: .gilbertElliott(elliott.parameters), logLikelihood: elliott.logLikelihood,
        packets: losses.count),
    ]
  }

  /// By counting steps, which for this chain is the maximum of the likelihood; nil where a state was
  /// never left, so that its step cannot be counted.
  private static func gilbert(_ losses: [Bool], lost: Int) -> Candidate? {
    var (toBad, toGood) = (0, 0)
    for (now, next) in zip(losses, losses.dropFirst()) where now != next {
      if next { toBad += 1 } else { toGood += 1 }
    }
    guard toBad > 0, toGood > 0 else { return nil }
    let fromBad = lost - (losses.last! ? 1 : 0)
    let fromGood = losses.count - 1 - fromBad
    let goodToBad = Double(toBad) / Double(fromGood)
    let badToGood = Double(toGood) / Double(fromBad)
    // The first packet finds the chain in its long-run shares.
    let badShare = goodToBad / (goodToBad + badToGood)
    return Candidate(
      model: .gilbert(goodToBad: goodToBad, badToGood: badToGood),
      logLikelihood: DeterministicMath.ln(losses[0] ? badShare : 1 - badShare)
        + logLikelihood(hits: toBad, of: fromGood) + logLikelihood(hits: toGood, of: fromBad),
      packets: losses.count)
  }

  /// Of so many hits at the rate that they have, 0 ln 0 being 0.
  private static func logLikelihood(hits: Int, of count: Int) -> Double {
    func part(_ share: Int) -> Double {
      share == 0 ? 0 : Double(share) * DeterministicMath.ln(Double(share) / Double(count))
    }
    return part(hits) + part(count - hits)
  }
}
