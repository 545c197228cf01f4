import ArgumentParser
import Campaigns
import Configuration
import Results

/// `avpfsim validate`
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check settings against gates before a rollout.",
    discussion: """
      Simulates calls on each network the file names, and compares what it measures with the \
      gates. A gate passes or fails where the whole 95 % interval does, and is inconclusive \
      otherwise.

      Example:
        avpfsim example settings > settings.yaml
        avpfsim validate settings.yaml

      Exit codes: 0 all gates pass, 1 one fails, 4 none fails and one is inconclusive.
      """)

  @Argument(help: ArgumentHelp("Settings, networks and gates.", valueName: "settings.yaml"))
  var settings: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Folder for the calls' CSV files (default: none).", valueName: "dir"))
  var output: String?

  @OptionGroup var options: CampaignOptions

  func run() throws {
    let document = CampaignDocument(
      kind: .settings, file: settings, text: try ConfigurationFile.text(of: settings),
      seed: options.seed)
    let settings = try ValidationSettings(
      ConfigurationFile.parse(document.text, file: document.file), seed: options.seed)
    for warning in settings.warnings { Terminal.complain(warning) }
    let interruption = try Interruption()
    let folder = try output.map { try ResultsWriter(path: $0, files: CSVFile.ofCalls) }
    let campaign = CampaignRun(
      pool: WorkerPool(workers: options.workers), interruption: interruption)
    let (failures, results) = try campaign.run(
      document, jobs: settings.jobs, folder: folder)
    let manifest = Manifest(
      planName: settings.name, plan: document.text, seed: settings.seed, calls: settings.jobs.count)
    try folder?.commit(adding: [(Manifest.fileName, manifest.json)])
    try interruption.end()
    let report = GateReport(settings, results: results)
    print(report.text(usesColour: Terminal.usesColour), terminator: "")
    try Failures.report(failures, of: settings.jobs.count)
    switch report.verdict {
    case .pass: break
    case .fail: throw ExitCode(Outcome.gateFailed)
    case .inconclusive: throw ExitCode(Outcome.inconclusive)
    }
  }
}
