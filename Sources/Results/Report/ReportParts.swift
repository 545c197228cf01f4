/// What reports of suites, validations and comparisons have in common, as their templates take it.
enum ReportParts {
  /// Templates that bodies name.
  static let partials = [
    "table": ReportTemplate.table, "repair": ReportTemplate.repair,
    "figure": ReportTemplate.figure, "omissions": ReportTemplate.omissions,
    "failures": ReportTemplate.failures, "definitions": ReportTemplate.definitionList,
    "settings-table": ReportTemplate.settingsTable, "texts": ReportTemplate.texts,
  ]

  /// Plots that were drawn, by the template `figure`.
  static func figures(_ plots: [DrawnPlot]) throws(OutputError) -> [[String: Any]] {
    var figures: [[String: Any]] = []
    for drawn in plots {
      figures.append([
        "name": drawn.plot.name, "title": drawn.plot.title, "caption": drawn.plot.caption,
        "svg": inlined(try WholeFile.read(drawn.svgPath), drawn.plot),
      ])
    }
    return figures
  }

  /// By the template `omissions`.
  static func omissions(_ omitted: [OmittedPlot]) -> [[String: Any]] {
    guard !omitted.isEmpty else { return [] }
    return [["omitted": omitted.map { ["name": $0.name, "reason": $0.reason] }]]
  }

  /// Failed calls, by the template `failures`.
  static func failures(_ failures: [RunRow]) -> [[String: Any]] {
    guard !failures.isEmpty else { return [] }
    return [
      [
        "runs": failures.map {
          ["run": "\($0.conditions.run)", "reason": $0.failure ?? ""]
        }
      ]
    ]
  }

  /// A repair with its bar and its command, by the template `repair`.
  ///
  /// - Parameters:
  ///   - place: what the calls' groups are: "group", "network".
  ///   - folder: the results folder's path.
  static func repair(
    _ repair: ExplainedRepair, place: String, folder: String
  ) -> [String: Any] {
    let conditions = repair.explanation.conditions
    return [
      "rank": repair.rank.title, "sentence": repair.explanation.sentence,
      "bar": [repair.explanation.bar], "chain": repair.explanation.chain,
      "conditions": "\(place) \(conditions.group), \(ConditionText.describe(conditions))",
      "command": ReplayCommandLine.text(folder: folder, option: repair.option),
    ]
  }

  /// Repairs by their subjects, in their order.
  static func explained(
    _ repairs: [ExplainedRepair], place: String, folder: String
  ) -> [[String: Any]] {
    ResultSet.distinct(repairs.map(\.subject)).map { subject in
      [
        "subject": subject,
        "repairs": repairs.filter { $0.subject == subject }.map {
          repair($0, place: place, folder: folder)
        },
      ] as [String: Any]
    }
  }

  /// Terms and their meanings, and those of causes, by the template `definitions`.
  static func definitions(_ definitions: [(String, String)]) -> [String: Any] {
    [
      "terms": definitions.map { ["term": $0, "meaning": $1] },
      "causes": Cause.allCases.map { ["term": $0.title, "meaning": $0.explanation] },
    ]
  }

  /// By the template `settings-table`.
  static func settings(_ pairs: [(String, String)]) -> [[String: String]] {
    pairs.map { ["name": $0, "value": $1] }
  }

  /// What a manifest says of versions and command.
  ///
  /// - Parameter kind: what its text is called.
  static func settings(of manifest: Manifest, kind: String) -> [(String, String)] {
    [
      ("avpfsim", manifest.version), ("libvpx", manifest.libvpxVersion),
      (kind, manifest.planName), ("seed", String(manifest.seed)),
      ("command", manifest.command), ("calls", String(manifest.calls)),
    ]
  }

  /// By the template `table`.
  ///
  /// - Parameter verdicts: of each row, beside its name, where a phone shows them; none where there are none.
  static func table(_ table: TextTable, verdicts: [[String: String]] = []) -> [String: Any] {
    let unbroken = table.headings.map { heading in
      heading.replacing("-\n", with: "").replacing("\n", with: " ")
    }
    let headings =
      Array(unbroken.prefix(1)) + (verdicts.isEmpty ? [] : ["verdict"])
      + Array(unbroken.dropFirst())
    return [
      "title": table.title, "note": table.note.isEmpty ? [] : [table.note],
      "headings": headings, "judged": !verdicts.isEmpty,
      "rows": table.rows.enumerated().map { position, row in
        [
          "name": row[0], "cells": Array(row.dropFirst()),
          "verdict": verdicts.isEmpty ? [] : [verdicts[position]],
        ] as [String: Any]
      },
    ]
  }

  /// An SVG file's element, named for those who do not see it.
  static func inlined(_ file: String, _ plot: Plot) -> String {
    guard let begin = file.range(of: "<svg") else { return "" }
    var svg = String(file[begin.lowerBound...])
    // gnuplot's own title would show as a tooltip and be read out instead of the plot's.
    for element in ["title", "desc"] {
      if let open = svg.range(of: "<\(element)>"), let close = svg.range(of: "</\(element)>"),
        open.lowerBound < close.lowerBound
      {
        svg.removeSubrange(open.lowerBound..<close.upperBound)
      }
    }
    // The one identifier that gnuplot does not prefix with the plot's name.
    svg = svg.replacing(" id=\"gnuplot_canvas\"", with: "")
    let label = escaped("\(plot.title). \(plot.alternative)")
    return "<svg role=\"img\" aria-label=\"\(label)\"" + svg.dropFirst("<svg".count)
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
