import ArgumentParser
import Campaigns
import Configuration
import Results

/// `avpfsim suite`
struct SuiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suite",
    abstract: "Run a benchmark plan: CSV files, a table, plots and a report.",
    discussion: """
      Without a plan the built-in one runs. The same plan and seed give the same CSV files, \
      whatever --jobs says. A plan that would take over an hour says so before it starts.

      Example:
        avpfsim suite -o results/demo
        avpfsim example plan > plan.yaml
        avpfsim suite plan.yaml --dry-run
        avpfsim suite plan.yaml -o results/mine --jobs 2 --seed 7
      """)

  @Argument(help: ArgumentHelp("The plan (default: the built-in one).", valueName: "plan.yaml"))
  var plan: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Folder for the results; needed save with --dry-run.", valueName: "dir"))
  var output: String?

  @Flag(
    help: "Run and write nothing; say how many calls the plan has, and about how long they take.")
  var dryRun = false

  @OptionGroup var options: CampaignOptions

  @Flag(
    help:
      "Simulate each probe's call from its start instead of branching: slow, for the same files.")
  var replayProbes = false

  func validate() throws {
    guard dryRun || output != nil else {
      throw ValidationError("Missing expected argument '--output <dir>'")
    }
  }

  func run() throws {
    let document = CampaignDocument(
      kind: .plan, file: plan ?? Plan.builtInName,
      text: try plan.map(ConfigurationFile.text) ?? Plan.builtInText, seed: options.seed)
    let plan = try Plan(
      ConfigurationFile.parse(document.text, file: document.file), seed: options.seed)
    for warning in plan.warnings { Terminal.complain(warning) }
    guard let output, !dryRun else {
      let preview = try PlanPreview(plan, jobs: options.workers)
      print(preview.text(usesColour: Terminal.usesColour), terminator: "")
      return
    }
    // Looked for first, so that its absence does not cost the time of all calls.
    let gnuplot = try Gnuplot()
    if let sentence = PlanEstimate.announcement(plan.groups, jobs: options.workers) {
      Terminal.complain(sentence)
    }
    let interruption = try Interruption()
    let writer = try ResultsWriter(path: output)
    let campaign = CampaignRun(
      pool: WorkerPool(
        command: .ownWorker(following: replayProbes ? .replaying : .branching),
        workers: options.workers), interruption: interruption)
    let failures = try campaign.run(document, jobs: plan.jobs, folder: writer).failures
    let manifest = Manifest(
      planName: plan.name, plan: document.text, seed: plan.seed, calls: plan.jobs.count)
    try writer.commit(adding: [(Manifest.fileName, manifest.json)])
    try interruption.end()
    if failures.count < plan.jobs.count {
      let results = try ResultsFolder(path: writer.path, seed: plan.seed)
      print(results.summary().text(usesColour: Terminal.usesColour))
      try Drawing.draw(results, with: gnuplot)
    }
    try Failures.report(failures, of: plan.jobs.count)
  }
}

/// Calls that failed.
enum Failures {
  /// Names the first failed calls, and ends with the exit code for a fault if there are any.
  static func report(_ failures: [CampaignRun.Failure], of calls: Int) throws {
    guard !failures.isEmpty else { return }
    for failure in failures.prefix(5) {
      Terminal.complain("run \(failure.run) (\(failure.name)) failed: \(failure.reason)")
    }
    Terminal.complain("\(failures.count) of \(calls) calls failed; runs.csv names each")
    throw ExitCode(Outcome.fault)
  }
}
