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
        avpfsim compare results/before results/after
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
      "Folder for the calls of two settings files, in a and b (default: none).", valueName: "dir"))
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

  func run() throws {
    let (results, failures, jobs) =
      try areFolders() ? (folders(), [], 0) : settings()
    let comparison = try ResultComparison(results.0, results.1)
    if let json { try WholeFile.write(comparison.json, to: json) }
    print(comparison.text(usesColour: Terminal.usesColour), terminator: "")
    try Failures.report(failures, of: jobs)
    if comparison.hasRegressed { throw ExitCode(Outcome.gateFailed) }
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
      throw CampaignError.usage(
        "\(folder) is a folder and \(file) is not, expected two results folders or two settings files"
      )
    }
    return isFolder(first)
  }

  private func folders() throws -> (ResultSet, ResultSet) {
    for (name, isGiven) in [
      ("--output", output != nil), ("--calls", calls != nil), ("--seed", options.seed != nil),
    ] where isGiven {
      throw CampaignError.usage(
        "\(name): found with results folders, where nothing is run, expected it with settings files"
      )
    }
    return (try ResultsFolder(path: first).results, try ResultsFolder(path: second).results)
  }

  private func settings() throws -> (
    (ResultSet, ResultSet), failures: [CampaignRun.Failure], jobs: Int
  ) {
    let compared = try ComparedSettings(first, second, calls: calls, seed: options.seed)
    let warnings = compared.first.settings.warnings
    for warning in warnings { Terminal.complain("A: \(warning)") }
    for warning in compared.second.settings.warnings { Terminal.complain("B: \(warning)") }
    let interruption = try Interruption()
    let a = try run(compared.first, "a", interruption)
    let b = try run(compared.second, "b", interruption)
    try interruption.end()
    return (
      (a.results, b.results), a.failures + b.failures,
      compared.first.settings.jobs.count + compared.second.settings.jobs.count
    )
  }

  private func run(
    _ side: ComparedSettings.Side, _ name: String, _ interruption: Interruption
  ) throws -> (results: ResultSet, failures: [CampaignRun.Failure]) {
    let folder = try output.map { try ResultsWriter(path: "\($0)/\(name)", files: CSVFile.ofCalls) }
    let campaign = CampaignRun(
      pool: WorkerPool(workers: options.workers), interruption: interruption)
    let done = try campaign.run(
      side.document, jobs: side.settings.jobs, folder: folder)
    let manifest = Manifest(
      planName: side.settings.name, plan: side.document.text, seed: side.settings.seed,
      calls: side.settings.jobs.count)
    try folder?.commit(adding: [(Manifest.fileName, manifest.json)])
    return (done.results, done.failures)
  }
}
