import Foundation
import Testing

@testable import Results

@Suite("Report of a comparison")
struct ComparisonReportTests {
  private func slower() throws -> ResultComparison {
    try ResultComparison(
      FakeComparison().results(),
      FakeComparison(change: { call in
        guard call.conditions.roundTrip == .milliseconds(200) else { return }
        FakeComparison.stretching(1.5)(&call)
      }).results())
  }

  private func write(
    _ comparison: ResultComparison, _ folder: String, with gnuplot: Gnuplot?
  ) throws -> String {
    var manifest = Manifest(
      version: "0.1", libvpxVersion: "v1.12.0", planName: "old", plan: "name: <old>\n", seed: 1,
      command: "avpfsim suite", calls: 40)
    manifest.baseline = "settings: {}\n"
    return try WholeFile.read(
      ComparisonReport(
        comparison, ComparedSide(path: "r/a", manifest: manifest),
        ComparedSide(path: "r/b", manifest: nil), command: "avpfsim compare r/a r/b -o c"
      ).write(folder: folder, with: gnuplot))
  }

  @Test("the verdict comes first, then the tables of the text, a picture, and both sides' settings")
  func whole() throws {
    let folder = try TemporaryFolder()
    let comparison = try slower()
    #expect(
      comparison.verdictSentence == "A regression from A to B is certain. "
        + "Of 4 conditions 2 are worse, 0 better and 2 too close to tell.")
    let html = try write(comparison, folder.path, with: Gnuplot())
    #expect(try folder.names() == ["plots", "report.html"])
    #expect(
      try folder.names(under: "plots") == ["comparison.gp", "comparison.png", "comparison.svg"])
    let order = [
      "<h1>Comparison: r/a and r/b</h1>", "<p>\(comparison.verdictSentence)</p>",
      "<p>Worse: over all ", "<h2>What changed</h2>", "▼</span> worse</td>",
      "<figure id=\"comparison\">", "<h3>By condition</h3>", "<h2>How it was measured</h2>",
      "avpfsim compare r/a r/b -o c", "What A was made from", "name: &lt;old&gt;",
      "The baseline in A",
    ].map { html.range(of: $0)?.lowerBound }
    #expect(!order.contains(nil))
    #expect(order.compactMap { $0 } == order.compactMap { $0 }.sorted())
    #expect(!html.contains("{{") && !html.contains("What B was made from"))
    for line in comparison.overall[0].lines { #expect(html.contains(">\(line.changeText)<")) }
  }

  @Test("without gnuplot the page says so, and drawings of before are gone")
  func undrawn() throws {
    let folder = try TemporaryFolder()
    let comparison = try slower()
    _ = try write(comparison, folder.path, with: Gnuplot())
    let html = try write(comparison, folder.path, with: nil)
    #expect(html.contains("<li>comparison: gnuplot was not found</li>"))
    #expect(try folder.names() == ["report.html"])
  }

  @Test("the plot has a panel a metric, a row a condition, and words for those who do not see it")
  func plot() throws {
    guard case .plot(let plot) = ComparisonPlot.make(try slower()) else {
      Issue.record("no plot")
      return
    }
    #expect(plot.script.components(separatedBy: "set title '").count == 7)
    #expect(plot.script.contains("'all calls' 5, 'rtt, pli, 50 ms' 4, 'rtt, sip-info, 50 ms' 3"))
    #expect(plot.script.contains("pointtype 5 pointsize 1"))
    #expect(plot.alternative.contains("rtt, pli, 50 ms ×1.000 [1.000, 1.000], no difference seen"))
  }

  @Test("equals have no regression, and without conditions none are counted")
  func sentences() throws {
    let results = try FakeComparison().results()
    #expect(
      try ResultComparison(results, results).verdictSentence
        == "No regression from A to B is certain. Of 4 conditions 0 are worse, 0 better and 4 too close "
        + "to tell.")
    let single = try FakeComparison(mechanisms: ["pli"], roundTrips: [50]).results()
    #expect(
      try ResultComparison(single, single).verdictSentence
        == "No regression from A to B is certain.")
  }
}
