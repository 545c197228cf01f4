/// The self-contained page that answers a campaign's questions.
struct Report {
  static let fileName = "report.html"

  var results: ResultSet
  var summary: SummaryTable
  var plots: [DrawnPlot]
  var omitted: [OmittedPlot]
  var manifest: Manifest?
  var explained: [ExplainedRepair] = []
  /// The results folder's path, for commands.
  var folder = ""

  /// The page; nothing in it refers to anything outside it.
  func html() throws -> String {
    var figures: [[String: Any]] = []
    for drawn in plots {
      figures.append([
        "name": drawn.plot.name, "title": drawn.plot.title, "caption": drawn.plot.caption,
        "svg": Self.inlined(try WholeFile.read(drawn.svgPath), drawn.plot),
      ])
    }
    let content: [String: Any] = [
      "title": "Recovery after packet loss", "headlines": summary.headlines,
      "hasExplained": !explained.isEmpty,
      "explained": explainedContent,
      "hasProbes": !summary.probes.isEmpty,
      "probes": summary.probes.map { probes in
        [
          "group": probes.group, "tables": probes.tables.map(Self.table), "control": probes.control,
        ] as [String: Any]
      },
      "main": summary.mechanisms.map { [Self.table($0)] } ?? [],
      "hasNetworks": !summary.byNetwork.isEmpty,
      "networks": summary.byNetwork.map(Self.table),
      "situations": summary.situations.map { [Self.table($0)] } ?? [],
      "costs": summary.costs.map { [Self.table($0)] } ?? [],
      "otherGroups": summary.otherGroupsSentence.map { [$0] } ?? [],
      "causes": summary.causes.map { [Self.table($0)] } ?? [],
      "figures": figures,
      "hasOmitted": !omitted.isEmpty,
      "omitted": omitted.map { ["name": $0.name, "reason": $0.reason] },
      "hasFailures": !results.failures.isEmpty,
      "failures": results.failures.map {
        ["run": "\($0.conditions.run)", "reason": $0.failure ?? ""]
      },
      "hasFailedProbes": !results.probes.failures.isEmpty,
      "failedProbes": ProbeFailureText.lines(results.probes.failures),
      "definitions": definitions.map { ["term": $0, "meaning": $1] },
      "causeList": Cause.allCases.map { ["term": $0.title, "meaning": $0.explanation] },
      "settings": settings,
      "hasPlan": manifest != nil,
      "plan": manifest?.plan ?? "",
    ]
    return try Page.html(
      body: ReportTemplate.body, partials: ["table": ReportTemplate.table], content)
  }

  /// The repairs of each mechanism, in their order.
  private var explainedContent: [[String: Any]] {
    ResultSet.distinct(explained.map(\.style.name)).map { name in
      let own = explained.filter { $0.style.name == name }
      return [
        "mechanism": own[0].style.title,
        "repairs": own.map { repair in
          [
            "rank": repair.rank.title, "sentence": repair.explanation.sentence,
            "bar": [repair.explanation.bar], "chain": repair.explanation.chain,
            "conditions": ConditionText.describe([repair.explanation.conditions]),
            "command": ReplayCommandLine.text(folder: folder, option: repair.option),
          ] as [String: Any]
        },
      ]
    }
  }

  private var definitions: [(String, String)] {
    (results.probes.count > 0 ? ReportTemplate.probeDefinitions : [])
      + (results.calls.isEmpty ? [] : ReportTemplate.callDefinitions)
      + ReportTemplate.definitions
  }

  /// Names and values of what the results were made from.
  private var settings: [[String: String]] {
    var pairs: [(String, String)] = []
    if let manifest {
      pairs = [
        ("avpfsim", manifest.version), ("libvpx", manifest.libvpxVersion),
        ("plan", manifest.planName), ("seed", String(manifest.seed)),
        ("command", manifest.command), ("calls", String(manifest.calls)),
      ]
    }
    for group in results.groups {
      let calls = results.calls(in: group)
      let mechanisms = results.mechanisms(of: calls).map(\.name).joined(separator: ", ")
      let plural = calls.count == 1 ? "1 call" : "\(calls.count) calls"
      pairs.append(
        (
          "group \(group)",
          "\(plural): \(mechanisms); \(ConditionText.describe(calls.map(\.conditions)))"
        )
      )
    }
    for group in results.probes.groups {
      let calls = results.probes.calls.filter { $0.conditions.group == group }
      let mechanisms = MechanismStyle.ordered(calls.map(\.conditions.mechanism)).map(\.name)
      let count = calls.reduce(0) { $0 + $1.followed.count }
      pairs.append(
        (
          "group \(group)",
          "\(count) probes followed: \(mechanisms.joined(separator: ", ")); "
            + ConditionText.describe(calls.map(\.conditions))
        )
      )
    }
    return pairs.map { ["name": $0, "value": $1] }
  }

  private static func table(_ table: TextTable) -> [String: Any] {
    let unbroken = table.headings.map { heading in
      heading.replacing("-\n", with: "").replacing("\n", with: " ")
    }
    return [
      "title": table.title, "note": table.note, "headings": unbroken,
      "rows": table.rows.map { row in
        ["name": row[0], "cells": Array(row.dropFirst())] as [String: Any]
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
