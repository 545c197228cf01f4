import Foundation

/// The self-contained page of a comparison.
public struct ComparisonReport {
  /// What the sides were compared to be.
  let comparison: ResultComparison
  let first: ComparedSide
  let second: ComparedSide
  /// The command that makes the page again.
  let command: String

  public init(
    _ comparison: ResultComparison, _ first: ComparedSide, _ second: ComparedSide, command: String
  ) {
    self.comparison = comparison
    self.first = first
    self.second = second
    self.command = command
  }

  /// Draws the plot and writes the page into a folder, which is made where it is not there.
  ///
  /// - Parameter gnuplot: nil where there is none: the page says so.
  /// - Returns: the page's path.
  /// - Throws: `OutputError` where gnuplot fails or the folder is not writable.
  public func write(folder: String, with gnuplot: Gnuplot?) throws -> String {
    let plots = "\(folder)/\(PlotCatalog.folderName)"
    var drawn: [DrawnPlot] = []
    var omitted: [OmittedPlot] = []
    switch (ComparisonPlot.make(comparison), gnuplot) {
    case (.plot(let plot), let gnuplot?):
      try WholeFile.makeFolder(plots)
      drawn = [try gnuplot.draw(plot, in: plots)]
    case (.plot(let plot), nil):
      omitted = [OmittedPlot(name: plot.name, reason: "gnuplot was not found")]
    case (.omitted(let omission), _): omitted = [omission]
    }
    if drawn.isEmpty { PlotCatalog.removeDrawings(in: plots) }
    try WholeFile.makeFolder(folder)
    let path = "\(folder)/\(Report.fileName)"
    try WholeFile.write(try html(drawn, omitted), to: path)
    return path
  }

  /// Nothing in it refers to anything outside it.
  func html(_ plots: [DrawnPlot], _ omitted: [OmittedPlot]) throws -> String {
    let content: [String: Any] = [
      "title": "Comparison: \(first.path) and \(second.path)",
      "headlines": [comparison.verdictSentence] + comparison.headlines,
      "pairing": comparison.pairing.joined(separator: " "),
      "overall": comparison.overall.map { section in
        ReportParts.table(
          comparison.table(section).withoutLastColumn,
          verdicts: section.lines.map { $0.verdict.parts($0.verdict.rawValue) })
      },
      "conditions": comparison.conditionTable.map { table in
        [
          ReportParts.table(
            table.withoutLastColumn,
            verdicts: comparison.listed.map { $0.mainVerdict.parts($0.verdictText) })
        ]
      } ?? [],
      "figures": try ReportParts.figures(plots), "omissions": ReportParts.omissions(omitted),
      "definitions": ReportParts.definitions(
        ReportTemplate.comparisonDefinitions + ReportTemplate.callDefinitions),
      "settings": ReportParts.settings(settings), "texts": texts,
    ]
    return try Page.html(
      body: ComparisonTemplate.body, partials: ReportParts.partials, content)
  }

  private var sides: [(name: String, side: ComparedSide)] { [("A", first), ("B", second)] }

  private var settings: [(String, String)] {
    [("command", command)]
      + sides.flatMap { name, side -> [(String, String)] in
        [(name, side.path)]
          + (side.manifest.map { manifest in
            ReportParts.settings(of: manifest, kind: "settings or plan").map {
              ("\(name): \($0.0)", $0.1)
            }
          } ?? [])
      }
  }

  private var texts: [[String: String]] {
    sides.flatMap { name, side -> [[String: String]] in
      guard let manifest = side.manifest else { return [] }
      let own = ["title": "What \(name) was made from", "text": manifest.plan]
      return [own]
        + (manifest.baseline.map { [["title": "The baseline in \(name)", "text": $0]] } ?? [])
    }
  }
}

extension ResultComparison.Verdict {
  /// As tables show it: told apart without colour.
  ///
  /// - Parameter word: stands behind the symbol.
  fileprivate func parts(_ word: String) -> [String: String] {
    let (kind, symbol) =
      switch self {
      case .better, .costsLess: ("pass", "▲")
      case .worse: ("fail", "▼")
      case .costsMore: ("inconclusive", "+")
      case .noDifference: ("none", "=")
      case .tooFew: ("none", "?")
      }
    return ["kind": kind, "symbol": symbol, "word": word]
  }
}

extension ResultComparison.Section {
  /// The first of those that matter most.
  fileprivate var mainVerdict: ResultComparison.Verdict {
    let order: [ResultComparison.Verdict] = [
      .worse, .better, .costsMore, .costsLess, .noDifference,
    ]
    return order.first { verdict in lines.contains { $0.verdict == verdict } } ?? .tooFew
  }
}

extension TextTable {
  /// The verdicts stand elsewhere.
  fileprivate var withoutLastColumn: TextTable {
    TextTable(
      title: title, headings: Array(headings.dropLast()), rows: rows.map { Array($0.dropLast()) },
      note: note)
  }
}

/// The text of a comparison's report around the data.
enum ComparisonTemplate {
  static let body = """
    <p>{{pairing}}</p>
    <h2>What changed</h2>
    {{#overall}}{{> table}}{{/overall}}
    {{#figures}}{{> figure}}{{/figures}}
    {{#omissions}}{{> omissions}}{{/omissions}}
    {{#conditions}}{{> table}}{{/conditions}}
    {{#definitions}}{{> definitions}}{{/definitions}}
    {{> settings-table}}
    {{> texts}}
    """
}
