import Configuration
import NetworkModels
import Results
import SimulationKernel

/// Which model explains a trace's losses, and how a scenario says it.
public struct TraceFitReport: Sendable {
  private let path: String
  private let fit: LossFit
  private let interval: SimDuration

  /// - Throws: `ConfigurationError` where the file has a rate and no packets.
  public init(_ file: TraceFile) throws(ConfigurationError) {
    let trace = try file.packets(for: "to fit models of loss to")
    path = file.path
    interval = trace.meanInterval
    fit = LossFit(trace.packets.map(\.isLost))
  }

  /// A table, the verdict, and the scenario's keys.
  public func text(usesColour: Bool) -> String {
    table.text(usesColour: usesColour) + "\n" + scenario
  }

  private var table: TextTable {
    TextTable(
      title: "Models of the losses of \(path)",
      headings: [
        "model", "good\nto bad", "bad\nto good", "loss\nin good", "loss\nin bad",
        "bad spell,\nms", "log-\nlikelihood", "para-\nmeters", "BIC",
      ],
      rows: fit.candidates.map(row), note: verdict)
  }

  private func row(_ candidate: LossFit.Candidate) -> [String] {
    let probabilities: [Double?] =
      switch candidate.model {
      case .independent(let rate): [nil, nil, rate, nil]
      case .gilbert(let goodToBad, let badToGood): [goodToBad, badToGood, 0, 1]
      case .gilbertElliott(let p): [p.goodToBad, p.badToGood, p.goodLoss, p.badLoss]
      }
    let spell = candidate.model.meanBadSpell(interval: interval)
    return [candidate.model.name]
      + probabilities.map { $0.map { FixedPoint.text($0, decimals: 5) } ?? "–" }
      + [
        spell.map { FigureText.milliseconds($0.inMilliseconds) } ?? "–",
        FixedPoint.text(candidate.logLikelihood, decimals: 1), "\(candidate.model.parameterCount)",
        FixedPoint.text(candidate.bayesianInformation, decimals: 1),
      ]
  }

  private var verdict: String {
    guard fit.candidates.count > 1 else {
      return "All packets fared alike, or losses did not begin and end often enough to fit more."
    }
    let values = fit.candidates.map(\.bayesianInformation).sorted()
    let lead = FixedPoint.text(values[1] - values[0], decimals: 1)
    return "\(fit.best.model.name) explains the data best: its BIC is the lowest, by \(lead); "
      + "above 10 is strong evidence. BIC weighs the likelihood against the number of parameters."
  }

  /// What stands in a scenario for the model; text that `network` takes.
  private var scenario: String {
    var comments: [String] = []
    let model = fit.best.model
    if case .gilbertElliott(let parameters) = model,
      let bad = model.meanBadSpell(interval: interval)
    {
      return twoStates(parameters, bad: bad)
    }
    var lines = ["network:", "  loss: \(percentText(model.rate))"]
    if let spell = model.meanBadSpell(interval: interval), spell <= .seconds(60) {
      lines.append("  burst: \(keyText(spell))")
      comments.append(
        "A spell's length is reckoned from \(keyText(interval)) between packets, on average.")
    }
    return (comments.map { "# \($0)" } + lines).joined(separator: "\n") + "\n"
  }

  private func twoStates(_ parameters: GilbertElliottParameters, bad: SimDuration) -> String {
    let share = parameters.badShare
    let good = SimDuration(
      nanoseconds: Int64(Double(bad.nanoseconds) * (1 - share) / share))
    return """
      # Spells' lengths are reckoned from \(keyText(interval)) between packets, on average.
      network:
        loss-model:
          two-state:
            good: \(keyText(good))
            bad: \(keyText(bad))
            loss-in-good: \(percentText(parameters.goodLoss))
            loss-in-bad: \(percentText(parameters.badLoss))

      """
  }

  /// To a hundredth of a millisecond, as a scenario takes it.
  private func keyText(_ duration: SimDuration) -> String {
    FigureText.trimmed(max(0.01, (duration.inMilliseconds * 100).rounded() / 100)) + "ms"
  }

  private func percentText(_ share: Double) -> String {
    FigureText.trimmed(share * 100) + "%"
  }
}

extension FittedLoss {
  var name: String {
    switch self {
    case .independent: "independent"
    case .gilbert: "Gilbert"
    case .gilbertElliott: "Gilbert-Elliott"
    }
  }
}
