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
    let content: [String: Any] = [
      "title": "Recovery after packet loss", "headlines": summary.headlines,
      "hasExplained": !explained.isEmpty,
      "explained": ReportParts.explained(explained, place: "group", folder: folder),
      "hasProbes": !summary.probes.isEmpty,
      "probes": summary.probes.map { probes in
        [
          "group": probes.group, "tables": probes.tables.map { ReportParts.table($0) },
          "control": probes.control,
        ] as [String: Any]
      },
      "main": summary.mechanisms.map { [ReportParts.table($0)] } ?? [],
      "hasNetworks": !summary.byNetwork.isEmpty,
      "networks": summary.byNetwork.map { ReportParts.table($0) },
      "situations": summary.situations.map { [ReportParts.table($0)] } ?? [],
      "costs": summary.costs.map { [ReportParts.table($0)] } ?? [],
      "otherGroups": summary.otherGroupsSentence.map { [$0] } ?? [],
      "causes": summary.causes.map { [ReportParts.table($0)] } ?? [],
      "figures": try ReportParts.figures(plots),
      "omissions": ReportParts.omissions(omitted),
      "failures": ReportParts.failures(results.failures),
      "hasFailedProbes": !results.probes.failures.isEmpty,
      "failedProbes": ProbeFailureText.lines(results.probes.failures),
      "definitions": ReportParts.definitions(definitions),
      "settings": ReportParts.settings(settings),
      "texts": manifest.map { [["title": "The whole plan", "text": $0.plan]] } ?? [],
    ]
    return try Page.html(body: ReportTemplate.body, partials: ReportParts.partials, content)
  }

  private var definitions: [(String, String)] {
    (results.probes.count > 0 ? ReportTemplate.probeDefinitions : [])
      + (results.calls.isEmpty ? [] : ReportTemplate.callDefinitions)
      + ReportTemplate.definitions
  }

  /// Names and values of what the results were made from.
  private var settings: [(String, String)] {
    var pairs = manifest.map { ReportParts.settings(of: $0, kind: "plan") } ?? []
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
    return pairs
  }
}
