import Foundation
import Testing

@testable import Results

/// A results folder with files but without a simulation.
struct TemporaryFolder: ~Copyable {
  let path = NSTemporaryDirectory() + "results-tests-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(
    _ calls: [CallRecords], probes: [ProbeRow] = [], files: [CSVFile] = CSVFile.allCases
  ) throws {
    for file in files {
      let lines = calls.map(file.lines) + (file == .probes ? probes.map(CSVFile.line(for:)) : [])
      try WholeFile.write(file.header + lines.joined(), to: "\(path)/\(file.fileName)")
    }
  }

  func names(under folder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)").sorted()
  }
}

@Suite("Report")
struct ReportTests {
  @Test("the report of a whole campaign is one file that needs nothing else")
  func whole() throws {
    let folder = try TemporaryFolder()
    try folder.write(FakeCampaign(seeds: 5).calls())
    let manifest = Manifest(
      version: "0.1", libvpxVersion: "v1.12.0", planName: "built-in", plan: "calls: <many>\n",
      seed: 1, command: "avpfsim suite -o results", calls: 400)
    try manifest.write(folder: folder.path)
    let results = try ResultsFolder(path: folder.path)
    let catalog = try results.plotCatalog()
    // It has no situations.
    #expect(catalog.omitted.map(\.name) == ["recovery-by-situation"])
    let drawn = try results.draw(catalog, with: Gnuplot())
    let path = try results.writeReport(plots: drawn, omitted: catalog.omitted)
    let html = try WholeFile.read(path)
    // For looking at it: KEEP_REPORT=/some/folder swift test --filter ReportTests
    if let keep = ProcessInfo.processInfo.environment["KEEP_REPORT"] {
      try? FileManager.default.removeItem(atPath: keep)
      try FileManager.default.copyItem(atPath: folder.path, toPath: keep)
    }
    #expect(html.utf8.count < 3_000_000)
    #expect(html.contains("<p>PLI repairs in 0."))
    #expect(html.components(separatedBy: "<svg role=\"img\" aria-label=").count == 9)
    #expect(html.contains("calls: &lt;many&gt;"))
    // A median and a bad episode of each mechanism, each with its bar and command.
    let commands = html.matches(of: /avpfsim replay \S+ --episode \d+\/\d+</)
    #expect(commands.count == 2 * FakeCampaign.mechanisms.count)
    #expect(html.components(separatedBy: "<svg class=\"bar\"").count == 1 + commands.count)
    // Namespaces are names, not resources.
    let loaded = html.replacing("http://www.w3.org/", with: "")
    for reference in ["http:", "https:", "src=", "<script", "<link", "@import", "url(http"] {
      #expect(!loaded.contains(reference), "\(reference)")
    }
    #expect(!html.contains("{{") && !html.contains("<title>Gnuplot"))
    // The identifiers of the drawings do not clash within the page.
    let identifiers = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
    #expect(Set(identifiers).count == identifiers.count)
  }

  @Test(
    "probes alone, and probes beside calls, have a report in one file", arguments: [false, true])
  func probes(hasCalls: Bool) throws {
    let folder = try TemporaryFolder()
    let calls = SummaryTableTests.calls([("sip-info", { _, _ in 300 }), ("pli", { _, _ in 200 })])
    var rows = FakeProbes.plausible.rows
    rows[7].outcome = .failed("process ended by <signal 11>")
    try folder.write(hasCalls ? calls : [], probes: rows)
    try WholeFile.makeFolder("\(folder.path)/plots")
    try WholeFile.write("old", to: "\(folder.path)/plots/recovery-by-rtt.svg")
    let results = try ResultsFolder(path: folder.path)
    let catalog = try results.plotCatalog()
    let drawn = try results.draw(catalog, with: Gnuplot())
    #expect(drawn.count == (hasCalls ? 5 : 3))
    #expect(try !folder.names(under: "plots").contains("recovery-by-rtt.svg"))
    let html = try WholeFile.read(
      results.writeReport(plots: drawn, omitted: catalog.omitted))
    if let keep = ProcessInfo.processInfo.environment["KEEP_PROBE_REPORT"] {
      try? FileManager.default.removeItem(atPath: keep)
      try FileManager.default.copyItem(atPath: folder.path, toPath: keep)
    }
    #expect(html.utf8.count < 3_000_000)
    #expect(html.contains("<p>PLI repairs in 0.82 [0.82, 0.82] of SIP INFO"))
    #expect(html.contains("<h2>The same losses under each mechanism: group probes</h2>"))
    #expect(html.contains("<p class=\"control\">Control, A against A: "))
    #expect(html.contains("process ended by &lt;signal 11&gt; (first: run 0, probe 7, frame 71)"))
    #expect(html.contains("<dt>Probe</dt>"))
    #expect(html.matches(of: /avpfsim replay \S+ --probe \d+\/\d+</).count >= 4)
    #expect(html.contains("<h2>By mechanism, in whole calls</h2>") == hasCalls)
    #expect(html.contains("<dt>Damage episode</dt>") == hasCalls)
    #expect(!html.contains("{{"))
  }

  @Test("a folder without manifest, plots or damage still has a report")
  func bare() throws {
    let folder = try TemporaryFolder()
    var call = CallRecords.example
    call.episodes = []
    try folder.write([call], files: [.runs, .episodes])
    let results = try ResultsFolder(path: folder.path)
    let catalog = try results.plotCatalog()
    let path = try results.writeReport(plots: [], omitted: catalog.omitted)
    let html = try WholeFile.read(path)
    #expect(html.contains("<li>causes-by-mechanism: there is no damage episode</li>"))
    #expect(try folder.names() == ["episodes.csv", "report.html", "runs.csv"])
  }

  @Test("a folder in which every call failed is refused")
  func nothing() throws {
    let folder = try TemporaryFolder()
    try folder.write([], files: [.episodes])
    let line = CSVFile.failedLine(run: CallRecords.example.conditions, reason: "no codec")
    try WholeFile.write(CSVFile.runs.header + line, to: "\(folder.path)/runs.csv")
    let path = folder.path
    #expect(throws: OutputError.noCalls(folder: path, failed: 1)) { try ResultsFolder(path: path) }
  }
}
