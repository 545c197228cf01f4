import Foundation
import Results

/// `feedback-study RESULTS`: reads the results of `plan.yaml` and writes the tables and the plot of
/// the documentation's page on acknowledging and complaining.
@main
enum FeedbackStudy {
  static let plotName = "broken-by-loss"

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count == 1, let folder = arguments.first else {
      FileHandle.standardError.write(
        Data("Usage: feedback-study RESULTS, the folder that `avpfsim suite` wrote\n".utf8))
      exit(2)
    }
    let results = try ResultsFolder(path: folder)
    let grid = StudyGrid(results.results, seed: results.seed)
    let catalog = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/avpfsim/avpfsim.docc")
    let page = StudyPage(grid: grid)
    try draw(page, into: catalog.appendingPathComponent("Resources"))
    let path = catalog.appendingPathComponent("AcknowledgementStudy.md").path
    var text = MarkedText(try String(contentsOfFile: path, encoding: .utf8))
    try text.replace("verdicts", with: page.verdicts())
    try text.replace("cells", with: page.matrices())
    try text.replace("figures", with: page.figures())
    try text.replace("costs", with: page.costs())
    try text.replace("bursts", with: page.bursts())
    try text.replace("missing", with: page.missing())
    try WholeFile.write(text.text, to: path)
    for line in page.missing() + page.verdicts() { print(line) }
  }

  /// The SVG alone belongs into the documentation.
  private static func draw(_ page: StudyPage, into resources: URL) throws {
    guard let plot = page.plot(name: plotName) else { return }
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("feedback-study-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let drawn = try Gnuplot().draw(plot, in: scratch.path)
    try WholeFile.write(
      String(contentsOfFile: drawn.svgPath, encoding: .utf8),
      to: resources.appendingPathComponent("\(plotName).svg").path)
  }
}
