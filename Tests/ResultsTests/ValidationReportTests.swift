import Foundation
import Testing

@testable import Results

@Suite("Report of a validation")
struct ValidationReportTests {
  private func folder(baseline: Bool) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(FakeVerdicts.calls(baseline: baseline), files: CSVFile.ofCalls)
    try WholeFile.write(
      FakeVerdicts.json(FakeVerdicts.lines, baseline: baseline), to: "\(folder.path)/gates.json")
    var manifest = Manifest(
      version: "0.1", libvpxVersion: "v1.12.0", planName: "new", kind: "settings", file: "v.yaml",
      plan: "gates: [a <= b]\n", seed: 1, command: "avpfsim validate v.yaml -o out", calls: 12)
    if baseline { (manifest.baseline, manifest.baselineFile) = ("name: <old>\n", "b.yaml") }
    try manifest.write(folder: folder.path)
    return folder
  }

  @Test(
    "verdicts come first, then reasons with episodes, causes, curves, cost and both files",
    arguments: [false, true])
  func whole(baseline: Bool) throws {
    let folder = try folder(baseline: baseline)
    let results = try ResultsFolder(path: folder.path)
    let catalog = try results.plotCatalog()
    #expect(
      catalog.plots.map(\.name) == [
        "gates", "causes-by-network", "recovery-distribution-by-network", "recovery-by-network",
      ])
    try WholeFile.makeFolder("\(folder.path)/plots")
    try WholeFile.write("old", to: "\(folder.path)/plots/causes-by-mechanism.svg")
    let drawn = try results.draw(catalog, with: Gnuplot())
    #expect(try !folder.names(under: "plots").contains("causes-by-mechanism.svg"))
    let html = try WholeFile.read(results.writeReport(plots: drawn, omitted: catalog.omitted))
    if let keep = ProcessInfo.processInfo.environment["KEEP_VALIDATION_REPORT"] {
      try? FileManager.default.removeItem(atPath: keep)
      try FileManager.default.copyItem(atPath: folder.path, toPath: keep)
    }
    let order = [
      "<h1>Validation of new &amp; &lt;bold&gt;</h1>",
      "<p>Fail: 1 of 3 gates pass, 1 fails, 1 is inconclusive.</p>",
      "<h2>The gates</h2>", "<figure id=\"gates\">", "<h2>Why gates have not passed</h2>",
      "<h2>What the checks of settings say</h2>", "<h2>Where the time goes</h2>",
      "The tail: the same of the slowest tenth", "<h2>Recovery, freezes and cost</h2>",
      "<figure id=\"recovery-distribution-by-network\">", "<h2>How it was measured</h2>",
      "<h2>Settings</h2>", "The settings file, v.yaml",
    ].map { html.range(of: $0)?.lowerBound }
    #expect(!order.contains(nil))
    #expect(order.compactMap { $0 } == order.compactMap { $0 }.sorted())
    // Not by colour alone.
    #expect(
      html.contains("<td class=\"verdict fail\"><span aria-hidden=\"true\">✗</span> fail</td>"))
    // The run 6 is the fourth of the first network where there is a baseline, else the first of the second.
    let conditions = baseline ? "network wifi, RTT 50 ms" : "network 3g, RTT 200 ms"
    let seed = baseline ? 4 : 1
    #expect(
      html.contains(
        "(\(conditions), loss 1 %, talking-head, seed \(seed))</p>\n<p class=\"command\"><code>"
          + "avpfsim replay \(folder.path) --episode 6/0<"))
    // Told by its bar and its list, not by the reason's sentence too.
    #expect(!html.contains("the longest episode (x)"))
    #expect(html.components(separatedBy: "warning: v.yaml:4: &lt;slow&gt;").count == 2)
    #expect(html.contains("name: &lt;old&gt;") == baseline)
    #expect(html.contains("3g, baseline") == baseline)
    #expect(html.components(separatedBy: "<svg role=\"img\" aria-label=").count == 5)
    #expect(!html.contains("{{") && html.utf8.count < 1_000_000)
    let identifiers = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
    #expect(Set(identifiers).count == identifiers.count)
    // Drawn again it is the same: the verdicts stay.
    let again = try ResultsFolder(path: folder.path)
    #expect(try WholeFile.read(again.writeReport(plots: drawn, omitted: catalog.omitted)) == html)
  }

  @Test("without gnuplot the report says so for each plot")
  func undrawn() throws {
    let folder = try folder(baseline: false)
    let results = try ResultsFolder(path: folder.path)
    let omitted = try results.plotCatalog().withoutGnuplot
    let html = try WholeFile.read(results.writeReport(plots: [], omitted: omitted))
    #expect(html.contains("<li>gates: gnuplot was not found</li>"))
    #expect(!html.contains("<figure"))
  }
}
