/// The self-contained page of a validation: verdicts first, then what they come from.
struct ValidationReport {
  var verdicts: Verdicts
  var results: ResultSet
  var cells: ValidationCells
  /// Of the bootstrap's resamples.
  var seed: UInt64
  var plots: [DrawnPlot]
  var omitted: [OmittedPlot]
  var manifest: Manifest?
  /// The episodes of each failed line, at the line's position among the gates.
  var stories: [[ExplainedRepair]]
  /// A usual and a bad repair on each network.
  var explained: [ExplainedRepair]
  /// The results folder's path, for commands.
  var folder: String

  /// The page; nothing in it refers to anything outside it.
  func html() throws -> String {
    let tables = ValidationTables(cells: cells, seed: seed)
    let (gates, others) = (
      plots.filter { $0.plot.name == VerdictPlot.name },
      plots.filter { $0.plot.name != VerdictPlot.name }
    )
    let content: [String: Any] = [
      "title": "Validation of \(verdicts.name)", "headlines": verdicts.headlines,
      "gates": ReportParts.table(
        verdicts.table,
        verdicts: verdicts.gates.map {
          [
            "kind": $0.verdict.rawValue, "symbol": $0.verdict.symbol, "word": $0.verdict.rawValue,
          ]
        }),
      "gateFigures": try ReportParts.figures(gates),
      "hasReasons": verdicts.gates.contains { $0.verdict != .pass }, "reasons": reasons,
      "hasFindings": !verdicts.findings.isEmpty,
      "findings": verdicts.findings.map { ["severity": $0.severity, "text": $0.text] },
      "causeTables": tables.causes.map { ReportParts.table($0) },
      "hasExplained": !explained.isEmpty,
      "explained": ReportParts.explained(explained, place: "network", folder: folder),
      "measured": tables.figures.map { ReportParts.table($0) },
      "figures": try ReportParts.figures(others), "omissions": ReportParts.omissions(omitted),
      "failures": ReportParts.failures(results.failures),
      "definitions": ReportParts.definitions(
        ReportTemplate.callDefinitions + ReportTemplate.definitions),
      "settings": ReportParts.settings(settings), "texts": texts,
    ]
    return try Page.html(
      body: ValidationTemplate.body, partials: ReportParts.partials, content)
  }

  /// Of every line that has not passed. Over all networks nothing is told twice.
  private var reasons: [[String: Any]] {
    verdicts.gates.indices.compactMap { position in
      let line = verdicts.gates[position]
      guard line.verdict != .pass else { return nil }
      let isToldAbove =
        line.network == Verdicts.allNetworks
        && verdicts.gates.contains {
          $0.gate == line.gate && $0.network != line.network && $0.verdict == .fail
        }
      let repairs = isToldAbove ? [] : stories[position]
      return [
        "title": "\(line.gate) on \(line.network)",
        "verdict": line.verdict == .fail ? "fails" : "is inconclusive",
        "sentences": sentences(line),
        "repairs": repairs.map { ReportParts.repair($0, place: "network", folder: folder) },
      ]
    }
  }

  /// The reasons without those that the episodes and the list of findings tell.
  private func sentences(_ line: Verdicts.Line) -> [String] {
    let findings = Set(verdicts.findings.map(\.text))
    let own = line.reasons.prefix { reason in
      !line.episodes.contains { reason.hasSuffix("\($0.sentence) \($0.chain)") }
    }
    return own.filter { !findings.contains($0) }
  }

  private var settings: [(String, String)] {
    var pairs = manifest.map { ReportParts.settings(of: $0, kind: "settings") } ?? []
    for network in cells.networks {
      for side in cells.sides {
        let calls = cells.calls(network, side)
        guard !calls.isEmpty else { continue }
        let mechanisms = results.mechanisms(of: calls).map(\.name).joined(separator: ", ")
        pairs.append(
          (
            cells.label(network, side),
            "\(calls.count) \(calls.count == 1 ? "call" : "calls"): \(mechanisms); "
              + ConditionText.describe(calls.map(\.conditions))
          ))
      }
    }
    return pairs
  }

  private var texts: [[String: String]] {
    guard let manifest else { return [] }
    func title(_ words: String, _ file: String?) -> String {
      file.map { "\(words), \($0)" } ?? words
    }
    return [["title": title("The settings file", manifest.file), "text": manifest.plan]]
      + (manifest.baseline.map {
        [["title": title("The baseline", manifest.baselineFile), "text": $0]]
      } ?? [])
  }
}

/// The text of a validation's report around the data.
enum ValidationTemplate {
  static let body = """
    <h2>The gates</h2>
    {{#gates}}{{> table}}{{/gates}}
    {{#gateFigures}}{{> figure}}{{/gateFigures}}
    {{#hasReasons}}<section aria-label="Reasons">
    <h2>Why gates have not passed</h2>
    {{#reasons}}
    <h3>{{title}} {{verdict}}</h3>
    <ul>
    {{#sentences}}<li>{{.}}</li>
    {{/sentences}}
    </ul>
    {{#repairs}}{{> repair}}{{/repairs}}
    {{/reasons}}
    <p class="note">\(ReportTemplate.replayNote)</p>
    </section>{{/hasReasons}}
    {{#hasFindings}}<section aria-label="Findings">
    <h2>What the checks of settings say</h2>
    <ul>
    {{#findings}}<li>{{severity}}: {{text}}</li>
    {{/findings}}
    </ul>
    </section>{{/hasFindings}}
    <h2>Where the time goes</h2>
    {{#causeTables}}{{> table}}{{/causeTables}}
    {{#hasExplained}}<section aria-label="Repairs explained">
    <h2>A usual and a bad repair on each network</h2>
    {{#explained}}
    <h3>{{subject}}</h3>
    {{#repairs}}{{> repair}}{{/repairs}}
    {{/explained}}
    <p class="note">\(ReportTemplate.replayNote)</p>
    </section>{{/hasExplained}}
    <h2>Recovery, freezes and cost</h2>
    {{#measured}}{{> table}}{{/measured}}
    <h2>Plots</h2>
    {{#figures}}{{> figure}}{{/figures}}
    {{#omissions}}{{> omissions}}{{/omissions}}
    {{#failures}}{{> failures}}{{/failures}}
    {{#definitions}}{{> definitions}}{{/definitions}}
    {{> settings-table}}
    {{> texts}}
    """
}
