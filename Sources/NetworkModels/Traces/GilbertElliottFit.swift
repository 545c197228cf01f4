import SimulationKernel

/// The two-state model with loss in both states that explains losses best, by the algorithm of Baum
/// and Welch (L. Rabiner, "A tutorial on hidden Markov models", 1989, sections III and V.A), with
/// each step's probabilities scaled to add up to 1.
///
/// It climbs to a maximum that may be a local one. It begins at fixed places, so that the same losses
/// always give the same model: the best of several after a few steps over the first packets.
enum GilbertElliottFit {
  struct Result {
    var parameters: GilbertElliottParameters
    var logLikelihood: Double
  }

  private static let firstPackets = 20_000
  private static let firstSteps = 20
  private static let mostSteps = 400
  /// A step that gains less in the logarithm of the likelihood is the last one.
  private static let leastGain = 1e-4

  /// - Parameters:
  ///   - losses: some lost and some not.
  ///   - gilbert: the fit without loss in the good state.
  static func fit(_ losses: [Bool], gilbert: FittedLoss) -> Result {
    let beginning = Array(losses.prefix(firstPackets))
    let starts = starts(gilbert).map { climb($0, beginning, steps: firstSteps) }
    let best = starts.max { $0.logLikelihood < $1.logLikelihood }!
    var result = climb(best.parameters, losses, steps: mostSteps)
    if result.parameters.goodLoss > result.parameters.badLoss {
      let found = result.parameters
      result.parameters = GilbertElliottParameters(
        goodToBad: found.badToGood, badToGood: found.goodToBad, goodLoss: found.badLoss,
        badLoss: found.goodLoss)
    }
    return result
  }

  /// Near the Gilbert model, and with bad spells of some 10 and some 100 packets that lose some.
  private static func starts(_ gilbert: FittedLoss) -> [GilbertElliottParameters] {
    let rate = min(gilbert.rate, 0.9)
    guard case .gilbert(let goodToBad, let badToGood) = gilbert else { return [] }
    let (lower, higher) = (rate / 5, min(0.9, rate * 3 + 0.1))
    return [
      GilbertElliottParameters(
        goodToBad: goodToBad, badToGood: badToGood, goodLoss: rate / 100, badLoss: 0.95),
      GilbertElliottParameters(
        goodToBad: 0.01, badToGood: 0.1, goodLoss: lower, badLoss: higher),
      GilbertElliottParameters(
        goodToBad: 0.001, badToGood: 0.01, goodLoss: lower, badLoss: higher),
    ]
  }

  private static func climb(
    _ start: GilbertElliottParameters, _ losses: [Bool], steps: Int
  ) -> Result {
    var forward = Forward(count: losses.count)
    var parameters = bounded(start)
    var latest = -Double.infinity
    for _ in 0..<steps {
      let logLikelihood = forward.run(losses, parameters)
      if logLikelihood - latest < leastGain { break }
      latest = logLikelihood
      parameters = bounded(forward.improved(losses, parameters))
    }
    return Result(parameters: parameters, logLikelihood: forward.run(losses, parameters))
  }

  /// Keeps probabilities off 0 and 1, where they could never move again.
  private static func bounded(_ parameters: GilbertElliottParameters) -> GilbertElliottParameters {
    func within(_ value: Double) -> Double { min(max(value, 1e-9), 1 - 1e-9) }
    return GilbertElliottParameters(
      goodToBad: within(parameters.goodToBad), badToGood: within(parameters.badToGood),
      goodLoss: within(parameters.goodLoss), badLoss: within(parameters.badLoss))
  }

  /// The probabilities of the bad state packet by packet, given the losses up to it.
  private struct Forward {
    private var bad: [Double]
    /// Of a packet's fate, given the fates before it.
    private var scale: [Double]

    init(count: Int) {
      bad = [Double](repeating: 0, count: count)
      scale = bad
    }

    /// Returns the logarithm of the likelihood. The first packet finds the long-run shares.
    mutating func run(_ losses: [Bool], _ model: GilbertElliottParameters) -> Double {
      var priorBad = model.badShare
      var logarithm = 0.0
      var product = 1.0
      let stays = 1 - model.badToGood
      bad.withUnsafeMutableBufferPointer { bad in
        scale.withUnsafeMutableBufferPointer { scale in
          losses.withUnsafeBufferPointer { losses in
            for index in 0..<losses.count {
              let lost = losses[index]
              let ofBad = priorBad * (lost ? model.badLoss : 1 - model.badLoss)
              let ofGood = (1 - priorBad) * (lost ? model.goodLoss : 1 - model.goodLoss)
              let sum = ofBad + ofGood
              let share = ofBad / sum
              bad[index] = share
              scale[index] = sum
              priorBad = share * stays + (1 - share) * model.goodToBad
              // Few logarithms of large products rather than one a packet.
              product *= sum
              if product < 1e-200 {
                logarithm += DeterministicMath.ln(product)
                product = 1
              }
            }
          }
        }
      }
      return logarithm + DeterministicMath.ln(product)
    }

    /// The parameters under which the states that the losses suggest are likeliest.
    func improved(
      _ losses: [Bool], _ model: GilbertElliottParameters
    ) -> GilbertElliottParameters {
      // Expected numbers of packets in the bad state, of those lost, of those with a next one, and of
      // the steps from state to state.
      var (badSum, badLost, badFrom, toBad, toGood) = (0.0, 0.0, 0.0, 0.0, 0.0)
      var lostSum = 0
      let count = losses.count
      // What the losses behind a packet say of its state, scaled as the forward probabilities are.
      var (afterBad, afterGood) = (1.0, 1.0)
      bad.withUnsafeBufferPointer { bad in
        scale.withUnsafeBufferPointer { scale in
          losses.withUnsafeBufferPointer { losses in
            var index = count - 1
            while index >= 0 {
              let lost = losses[index]
              let gamma = bad[index] * afterBad
              badSum += gamma
              if lost {
                badLost += gamma
                lostSum += 1
              }
              if index < count - 1 { badFrom += gamma }
              guard index > 0 else { break }
              let fateBad = (lost ? model.badLoss : 1 - model.badLoss) * afterBad / scale[index]
              let fateGood = (lost ? model.goodLoss : 1 - model.goodLoss) * afterGood / scale[index]
              let before = bad[index - 1]
              toBad += (1 - before) * model.goodToBad * fateBad
              toGood += before * model.badToGood * fateGood
              afterBad = (1 - model.badToGood) * fateBad + model.badToGood * fateGood
              afterGood = model.goodToBad * fateBad + (1 - model.goodToBad) * fateGood
              index -= 1
            }
          }
        }
      }
      func share(_ part: Double, _ whole: Double, _ otherwise: Double) -> Double {
        whole > 0 ? part / whole : otherwise
      }
      return GilbertElliottParameters(
        goodToBad: share(toBad, Double(count - 1) - badFrom, model.goodToBad),
        badToGood: share(toGood, badFrom, model.badToGood),
        goodLoss: share(Double(lostSum) - badLost, Double(count) - badSum, model.goodLoss),
        badLoss: share(badLost, badSum, model.badLoss))
    }
  }
}
