import ArgumentParser
import Campaigns
import Configuration
import Foundation
import Results

/// `avpfsim compare`
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two results or two settings: what got better, what worse, at what cost.",
    discussion: """
      Two folders of suite, validate or run are compared call by call: the same conditions and \
      seed. Two settings files are run first, with the same seeds on the networks of the first. \
      A verdict is given where chance would bring it in less than 5 % of comparisons of \
      equals, all lines together.

      Example:
        avpfsim compare results/before results/after -o results/compared
        avpfsim compare old.yaml new.yaml --calls 20 -o results/compared

      Exit codes: 0 no regression is certain, 1 one is, 2 bad input or usage, 3 a fault of the \
      machine or of the program.
      """)

  @Argument(help: ArgumentHelp("A results folder, or settings.", valueName: "A"))
  var first: String

  @Argument(help: ArgumentHelp("Another of the same kind.", valueName: "B"))
  var second: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Folder for report.html, and for the calls of two settings files in a and b (default: none).",
      valueName: "dir"))
  var output: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: "Calls of each settings file on each network (default: as A says).",
    transform: { try WholeNumber.within(1...10_000, $0) })
  var calls: Int?

  @Option(
    name: .long, help: ArgumentHelp("Writes every line with its figures.", valueName: "file"))
  var json: String?

  @OptionGroup var options: CampaignOptions

  /// What was compared, and what came of its calls.
  private struct Sides {
    var results: (ResultSet, ResultSet)
    var named: (ComparedSide, ComparedSide)
    var failures: [CampaignRun.Failure] = []
    var jobs = 0
  }

  func run() throws {
    try refuseResultsFolder()
    let isOfFolders = try areFolders()
    let sides = try isOfFolders ? folders() : settings()
    let comparison = try ResultComparison(sides.results.0, sides.results.1)
    if let json { try WholeFile.write(comparison.json, to: json) }
    print(comparison.text(usesColour: Terminal.usesColour), terminator: "")
    if let output {
      let report = ComparisonReport(
        comparison, sides.named.0, sides.named.1,
        command: command.map(Manifest.shellWord).joined(separator: " "))
      let path = try report.write(folder: output, with: Drawing.gnuplotIfInstalled())
      print("The report is in \(path)")
    }
    try Failures.report(sides.failures, of: sides.jobs)
    if comparison.hasRegressed { throw ExitCode(Outcome.gateFailed) }
  }

  /// What makes the folder, without what only says how.
  private var command: [String] {
    ["avpfsim", "compare", first, second] + (calls.map { ["--calls", "\($0)"] } ?? [])
      + (options.seed.map { ["--seed", "\($0)"] } ?? []) + (output.map { ["-o", $0] } ?? [])
  }

  /// A report of a comparison would take the place of the folder's own.
  private func refuseResultsFolder() throws {
    guard let output,
      FileManager.default.fileExists(atPath: "\(output)/\(CSVFile.runs.fileName)")
    else { return }
    throw CampaignError.usage(
      "-o \(output): found a results folder, expected one of the comparison's own")
  }

  /// Whether both are folders rather than files.
  private func areFolders() throws -> Bool {
    func isFolder(_ path: String) -> Bool {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        && isFolder.boolValue
    }
    guard isFolder(first) == isFolder(second) else {
      let (folder, file) = isFolder(first) ? (first, second) : (second, first)
      guard FileManager.default.fileExists(atPath: file) else {
        throw CampaignError.usage(
          "\(file): found nothing of this name, expected a results folder as \(folder) is")
      }
      throw CampaignError.usage(
        "\(folder) is a folder and \(file) is not, expected two results folders or two settings files"
      )
    }
    return isFolder(first)
  }

  private func folders() throws -> Sides {
    for (name, isGiven) in [("--calls", calls != nil), ("--seed", options.seed != nil)]
    where isGiven {
      throw CampaignError.usage(
        "\(name): found with results folders, where nothing is run, expected it with settings files"
      )
    }
    return Sides(
      results: (
        try ResultsFolder(path: first).results, try ResultsFolder(path: second).results
      ), named: (try ComparedSide(folder: first), try ComparedSide(folder: second)))
  }

  private func settings() throws -> Sides {
    let compared = try ComparedSettings(first, second, calls: calls, seed: options.seed)
    let warnings = compared.first.settings.warnings
    for warning in warnings { Terminal.complain("A: \(warning)") }
    for warning in compared.second.settings.warnings { Terminal.complain("B: \(warning)") }
    let interruption = try Interruption()
    let a = try run(compared.first, "a", interruption)
    let b = try run(compared.second, "b", interruption)
    try interruption.end()
    return Sides(
      results: (a.results, b.results),
      named: (
        try named(first, manifest(compared.first)), try named(second, manifest(compared.second))
      ), failures: a.failures + b.failures,
      jobs: compared.first.settings.jobs.count + compared.second.settings.jobs.count)
  }

  /// A settings file with its own text, as its author knows it.
  private func named(_ file: String, _ manifest: Manifest) throws -> ComparedSide {
    var manifest = manifest
    manifest.plan = try ConfigurationFile.text(of: file)
    return ComparedSide(path: file, manifest: manifest)
  }

  private func manifest(_ side: ComparedSettings.Side) -> Manifest {
    Manifest(
      planName: side.settings.name, plan: side.document.text, seed: side.settings.seed,
      calls: side.settings.jobs.count, command: command)
  }

  private func run(
    _ side: ComparedSettings.Side, _ name: String, _ interruption: Interruption
  ) throws -> (results: ResultSet, failures: [CampaignRun.Failure]) {
    let folder = try output.map { try ResultsWriter(path: "\($0)/\(name)", files: CSVFile.ofCalls) }
    let campaign = CampaignRun(
      pool: WorkerPool(workers: options.workers), interruption: interruption)
    let done = try campaign.run(
      side.document, jobs: side.settings.jobs, folder: folder)
    try folder?.commit(adding: [(Manifest.fileName, manifest(side).json)])
    return (done.results, done.failures)
  }
}
