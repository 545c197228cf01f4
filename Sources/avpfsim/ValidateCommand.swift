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
      gates, or with another file's settings on the same networks and seeds. A gate passes or \
      fails where that is certain; where it is not, more calls are run, up to the file's max-calls.

      Example:
        avpfsim example settings > settings.yaml
        avpfsim validate settings.yaml
        avpfsim validate new.yaml --against old.yaml --junit gates.xml

      Exit codes: 0 all gates pass, 1 one fails, 4 none fails and one is inconclusive, 2 the file \
      is wrong, or its settings are certain to leave pictures broken.
      """)

  @Argument(help: ArgumentHelp("Settings, networks and gates.", valueName: "settings.yaml"))
  var settings: String

  @Option(
    help: ArgumentHelp(
      "Settings to compare with; gates may name them: recovery.p95 <= baseline.",
      valueName: "baseline.yaml"))
  var against: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Folder for report.html, plots and the calls' CSV files (default: none).", valueName: "dir"))
  var output: String?

  @Option(help: ArgumentHelp("File for the verdicts as JUnit XML.", valueName: "file"))
  var junit: String?

  @Option(help: ArgumentHelp("File for the verdicts as JSON.", valueName: "file"))
  var json: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Replaces the file's max-calls: calls on each network, until an open verdict stays open.",
      valueName: "calls"),
    transform: { text in
      guard let calls = Int(text), (1...100_000).contains(calls) else {
        throw ValidationError("expected a whole number from 1 to 100000")
      }
      return calls
    })
  var maxCalls: Int?

  @Flag(help: "Simulate settings, too, that are certain to leave pictures broken.")
  var force = false

  @OptionGroup var options: CampaignOptions

  func run() throws {
    let baseline = try against.map {
      ValidationPart.Baseline(file: $0, text: try ConfigurationFile.text(of: $0))
    }
    let document = CampaignDocument(
      kind: .settings, file: settings, text: try ConfigurationFile.text(of: settings),
      seed: options.seed, validation: ValidationPart(baseline: baseline))
    let settings = try ValidationSettings(
      ConfigurationFile.parse(document.text, file: document.file),
      baseline: baseline.map { try ConfigurationFile.parse($0.text, file: $0.file) },
      seed: options.seed, lastLook: maxCalls)
    try checkSettings(settings)
    if let output {
      try FormerResults.refuseOthers(in: output, writing: document.kind.rawValue)
    }
    let interruption = try Interruption()
    let folder = try output.map { try ResultsWriter(path: $0, files: CSVFile.ofCalls) }
    let campaign = CampaignRun(
      pool: WorkerPool(workers: options.workers), interruption: interruption)
    var outcome = try ValidationRun(settings, document: document, campaign: campaign).run(
      folder: folder)
    var manifest = Manifest(
      planName: settings.name, kind: document.kind.rawValue, file: document.file,
      plan: document.text, seed: settings.seed, calls: outcome.calls, command: command)
    (manifest.baseline, manifest.baselineFile) = (baseline?.text, baseline?.file)
    outcome.report.replay = replay
    try folder?.commit(adding: [
      (Manifest.fileName, manifest.json), (Verdicts.fileName, outcome.report.json),
    ])
    try tell(outcome, interruption)
  }

  /// How calls are seen again.
  private var replay: CallReplay {
    if let output { return .folder(output) }
    return .notKept(command: command.map(Manifest.shellWord).joined(separator: " "))
  }

  /// What makes the results, without what only says how: workers, and files of verdicts.
  private var command: [String] {
    ["avpfsim", "validate", settings] + (against.map { ["--against", $0] } ?? [])
      + (options.seed.map { ["--seed", "\($0)"] } ?? [])
      + (maxCalls.map { ["--max-calls", "\($0)"] } ?? []) + (force ? ["--force"] : [])
      + (output.map { ["-o", $0] } ?? [])
  }

  /// Names what works against each other, and ends where it is certain to fail.
  private func checkSettings(_ settings: ValidationSettings) throws {
    for warning in settings.warnings { Terminal.complain(warning) }
    let failures = settings.findings.own.filter { $0.severity == .failure }
    guard !failures.isEmpty, !force else { return }
    Terminal.complain(
      "\(self.settings): \(failures.count == 1 ? "one of these" : "\(failures.count) of these") "
        + "\(failures.count == 1 ? "is" : "are") certain to leave pictures broken, and nothing was "
        + "simulated; --force simulates all the same"
    )
    throw ExitCode(Outcome.badInput)
  }

  private func tell(_ outcome: ValidationRun.Outcome, _ interruption: Interruption) throws {
    let report = outcome.report
    print(report.text(usesColour: Terminal.usesColour), terminator: "")
    if let junit { try WholeFile.write(report.junit, to: junit) }
    if let json { try WholeFile.write(report.json, to: json) }
    if let output, outcome.failures.count < outcome.calls {
      try Drawing.drawIfPossible(ResultsFolder(path: output, seed: report.seed), interruption)
    }
    try interruption.end()
    try Failures.report(outcome.failures, of: outcome.calls)
    switch report.verdict {
    case .pass: break
    case .fail: throw ExitCode(Outcome.gateFailed)
    case .inconclusive: throw ExitCode(Outcome.inconclusive)
    }
  }
}
