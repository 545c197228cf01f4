import Configuration
import Results

/// What a search has found.
public struct TuningResult {
  let tuning: Tuning
  let rounds: [SuccessiveHalving.Round]
  /// By candidate.
  let measures: [TuningMeasure]
  /// Of what is on the front, and of the present settings.
  let gates: [Int: GateReport]
  /// To which times are cut for means, in ms.
  let limit: Double

  private var seed: UInt64 { tuning.file.settings.seed }
  private var last: [SuccessiveHalving.Entry] { rounds[rounds.count - 1].entries }
  /// The present settings, which no round drops.
  private var present: SuccessiveHalving.Entry { last.first { $0.candidate == 0 }! }

  /// The front by recovery, and the present settings where they stand in it or behind it.
  private var shown: [SuccessiveHalving.Entry] {
    last.filter { $0.rank == 0 || $0.candidate == 0 }.sorted {
      $0.objectives.recovery != $1.objectives.recovery
        ? $0.objectives.recovery < $1.objectives.recovery : $0.candidate < $1.candidate
    }
  }

  /// The table, what each point does with the gates, and what to change.
  public func text(usesColour: Bool) -> String {
    let sentences = (gateSentences + failureSentences + [advice]).flatMap {
      TextTable.wrapped($0, width: 96)
    }
    return ([table.text(usesColour: usesColour)] + sentences).joined(separator: "\n") + "\n"
  }

  private var table: TextTable {
    TextTable(
      title: "Recovery against its cost: settings that no other beats in all three",
      headings: [
        "settings", "recovery,\nmedian, ms", "95th\npercentile", "mean,\nms", "media\nkbit/s",
        "PSNR\ndB", "gates\npassed",
      ],
      rows: shown.map(row),
      note: "\(measures[0].times.count) losses at the same frames for each, with 95 % intervals "
        + "(bootstrap over \(rounds[rounds.count - 1].seeds) seeds); the mean has times cut at "
        + "\(FigureText.milliseconds(limit)) ms. Rate and PSNR on screen are those of the same networks "
        + "without their losses. * marks the present "
        + "settings\(present.rank == 0 ? "" : ", which others beat").")
  }

  private func row(_ entry: SuccessiveHalving.Entry) -> [String] {
    let quantiles = measures[entry.candidate].times.quantiles(seed: seed)
    let verdicts = gateVerdicts(entry.candidate)
    return [
      (entry.candidate == 0 ? "* " : "  ") + label(entry.candidate),
      FigureText.estimate(quantiles.median, FigureText.milliseconds),
      FigureText.estimate(quantiles.p95, FigureText.milliseconds),
      FigureText.milliseconds(entry.objectives.recovery),
      FixedPoint.text(entry.objectives.bitrate, decimals: 1),
      FixedPoint.text(entry.objectives.psnr, decimals: 2),
      "\(verdicts.count { $0.verdict == .pass }) of \(verdicts.count)",
    ]
  }

  /// `golden-interval 1s, cpu-used -8`, what differs from the present settings.
  private func label(_ candidate: Int) -> String {
    let values = tuning.candidates[candidate].values
    let parts = zip(tuning.axes, values).compactMap { axis, value in
      value.map { "\(axis.name) \(axis.text($0))" }
    }
    guard parts.isEmpty else { return parts.joined(separator: ", ") }
    let own = zip(tuning.axes, tuning.found.present).compactMap { axis, value in
      value.map { "\(axis.name) \(axis.text($0))" }
    }
    return own.isEmpty ? "as they are" : own.joined(separator: ", ")
  }

  /// The worst of a gate's verdicts over the networks, by gate.
  private func gateVerdicts(_ candidate: Int) -> [(gate: Gate, verdict: Gate.Verdict)] {
    tuning.file.settings.gates.map { gate in
      let verdicts = (gates[candidate]?.rows ?? []).filter { $0.gate == gate }.map(\.verdict)
      if verdicts.contains(.fail) { return (gate, .fail) }
      return (
        gate, verdicts.allSatisfy { $0 == .pass } && !verdicts.isEmpty ? .pass : .inconclusive
      )
    }
  }

  private var gateSentences: [String] {
    shown.compactMap { entry in
      let verdicts = gateVerdicts(entry.candidate)
      let parts = [Gate.Verdict.fail, .inconclusive].compactMap { verdict -> String? in
        let gates = verdicts.filter { $0.verdict == verdict }.map(\.gate.text)
        guard !gates.isEmpty else { return nil }
        return (verdict == .fail ? "fails " : "leaves open ") + gates.joined(separator: ", ")
      }
      return parts.isEmpty ? nil : "\(label(entry.candidate)): \(parts.joined(separator: "; "))."
    }
  }

  /// What could not be measured to the end, and why.
  private var failureSentences: [String] {
    tuning.candidates.indices.compactMap { candidate in
      guard candidate != 0, let reason = measures[candidate].failure else { return nil }
      return "Left out, since it could not be measured: \(label(candidate)) (\(reason))."
    }
  }

  /// Whether every gate passes that passes with the present settings.
  private func keepsGates(_ candidate: Int) -> Bool {
    zip(gateVerdicts(candidate), gateVerdicts(0)).allSatisfy {
      $0.verdict == .pass || $1.verdict != .pass
    }
  }

  /// What to change for what gain: nothing that keeps a gate from passing which passes now.
  var advice: String {
    let own = measures[0].times
    let rest = shown.filter { $0.candidate != 0 }
    let others = rest.filter { keepsGates($0.candidate) }.map { entry in
      (
        entry: entry,
        ratio: measures[entry.candidate].times.meanRatio(to: own, upTo: limit, seed: seed)
      )
    }
    let sooner = others.filter { ($0.ratio.interval?.upper ?? .infinity) < 1 }
      .sorted { ($0.ratio.value ?? 1) < ($1.ratio.value ?? 1) }
    let cheap = sooner.first { isCheap($0.entry.objectives) }
    if let choice = cheap ?? sooner.first {
      return "Change \(instruction(choice.entry.candidate)): \(gain(choice.ratio)), "
        + "\(cost(choice.entry.objectives)) without loss."
    }
    let equal = others.filter { ($0.ratio.interval?.upper ?? .infinity) < 1.05 }
      .filter { isGain($0.entry.objectives) }
    if let choice = equal.first {
      return "Change \(instruction(choice.entry.candidate)): repair comes as soon, "
        + "\(cost(choice.entry.objectives)) without loss."
    }
    return "Keep the present settings: none of these is seen to repair sooner, or as soon for less"
      + (others.count < rest.count ? ", and passes the gates that pass now." : ".")
  }

  private func isCheap(_ objectives: TuningObjectives) -> Bool {
    objectives.bitrate <= present.objectives.bitrate * 1.05
      && objectives.psnr >= present.objectives.psnr - 0.3
  }

  private func isGain(_ objectives: TuningObjectives) -> Bool {
    let own = present.objectives
    return objectives.bitrate < own.bitrate * 0.99 && objectives.psnr > own.psnr - 0.05
      || objectives.psnr > own.psnr + 0.1 && objectives.bitrate < own.bitrate * 1.01
  }

  private func instruction(_ candidate: Int) -> String {
    zip(tuning.axes, tuning.candidates[candidate].values).compactMap { axis, value in
      value.map { "\(axis.key) to \(axis.text($0))" }
    }.joined(separator: ", ")
  }

  private func gain(_ ratio: Estimate) -> String {
    "mean recovery is \(FigureText.estimate(ratio, FigureText.ratio)) times the present one's over the "
      + "same losses"
  }

  private func cost(_ objectives: TuningObjectives) -> String {
    let own = present.objectives
    let share = (objectives.bitrate / own.bitrate - 1) * 100
    let psnr = objectives.psnr - own.psnr
    func signed(_ value: Double, _ decimals: Int) -> String {
      (value >= 0 ? "+" : "") + FixedPoint.text(value, decimals: decimals)
    }
    return "at \(signed(share, 1)) % of bitrate and \(signed(psnr, 2)) dB"
  }

  /// tuning.csv: each candidate in each round.
  public var csv: String {
    let header =
      ["round", "seeds", "candidate", "present", "rank", "kept"] + tuning.axes.map(\.key)
      + ["recovery_mean_ms", "media_kbps", "psnr_db"]
    var lines = [header.map(Self.field).joined(separator: ",")]
    for (number, round) in rounds.enumerated() {
      for entry in round.entries.sorted(by: { $0.candidate < $1.candidate }) {
        let values = zip(
          tuning.axes, zip(tuning.candidates[entry.candidate].values, tuning.found.present))
        let cells =
          [
            "\(number + 1)", "\(round.seeds)", "\(entry.candidate)",
            "\(entry.candidate == 0)", "\(entry.rank)", "\(entry.isKept)",
          ]
          + values.map { axis, value in (value.0 ?? value.1).map(axis.text) ?? "" }
          + [
            FixedPoint.text(entry.objectives.recovery, decimals: 3),
            FixedPoint.text(entry.objectives.bitrate, decimals: 3),
            FixedPoint.text(entry.objectives.psnr, decimals: 4),
          ]
        lines.append(cells.map(Self.field).joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// RFC 4180 section 2.
  private static func field(_ text: String) -> String {
    guard text.contains(where: { ",\"\n".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// All settings of the last round, with the front among them.
  public var plot: Plot {
    FrontPlot.make(
      title: "Recovery against its cost",
      points: last.map {
        FrontPlot.Point(
          recovery: $0.objectives.recovery, bitrate: $0.objectives.bitrate,
          psnr: $0.objectives.psnr, isOnFront: $0.rank == 0, isPresent: $0.candidate == 0)
      })
  }
}
