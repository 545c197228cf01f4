import ArgumentParser
import Campaigns
import Configuration
import Foundation
import Results

/// `avpfsim suite`
struct SuiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suite",
    abstract: "Run a benchmark plan: CSV files, a table, plots and a report.",
    discussion: """
      Without a plan the built-in one runs. The same plan and seed give the same CSV files, \
      whatever --jobs says. A plan that would take over an hour says so before it starts.

      Results are journaled as they come. What ends the work leaves the journal, and the same \
      command with --resume goes on from it.

      Example:
        avpfsim suite -o results/demo
        avpfsim example plan > plan.yaml
        avpfsim suite plan.yaml --dry-run
        avpfsim suite plan.yaml -o results/mine --jobs 2 --seed 7
        avpfsim suite plan.yaml -o results/mine --resume
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
  @OptionGroup var continuation: ContinuationOptions

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
    let gnuplot = try continuation.shard == nil ? Gnuplot() : nil
    try FormerResults.refuseOthers(in: output, writing: document.kind.rawValue)
    let interruption = try Interruption()
    if let gnuplot, try drawComplete(document, plan, in: output, with: gnuplot, interruption) {
      return
    }
    announce(plan)
    let journal = try simulate(document, plan, in: output, interruption)
    guard let gnuplot else { return try finish(shard: journal, of: plan, interruption) }
    let suite = SuiteResults(plan: plan, journals: JournalSet(journal), folder: output)
    try finish(suite, journal, with: gnuplot, interruption)
  }

  /// With --resume, draws results that are complete already.
  ///
  /// - Returns: whether they were.
  private func drawComplete(
    _ document: CampaignDocument, _ plan: Plan, in folder: String, with gnuplot: Gnuplot,
    _ interruption: Interruption
  ) throws -> Bool {
    let wanted = Manifest(
      planName: plan.name, kind: document.kind.rawValue, file: document.file, plan: document.text,
      seed: plan.seed, calls: plan.calls, command: [])
    let journal = "\(folder)/\(Journal.fileName(of: nil))"
    guard continuation.resume, !FileManager.default.fileExists(atPath: journal),
      FormerResults.areComplete(in: folder, as: wanted)
    else { return false }
    Terminal.complain("\(folder) is complete, and nothing is left to simulate; it is drawn again")
    let results = try ResultsFolder(path: folder, seed: plan.seed)
    print(results.summary().text(usesColour: Terminal.usesColour))
    try Drawing.draw(results, with: gnuplot, interruption)
    try interruption.end()
    return true
  }

  /// Of a part, or of what is left of a resumed plan, the progress tells soon enough.
  private func announce(_ plan: Plan) {
    guard continuation.shard == nil, !continuation.resume,
      let sentence = PlanEstimate.announcement(plan.groups, jobs: options.workers)
    else { return }
    Terminal.complain(sentence)
  }

  /// Does the jobs that have no result yet.
  ///
  /// - Returns: the results.
  private func simulate(
    _ document: CampaignDocument, _ plan: Plan, in folder: String, _ interruption: Interruption
  ) throws -> Journal {
    let shard = continuation.shard ?? .whole
    let journal = try Journal(
      folder: folder,
      header: JournalHeader(document: document, shard: shard, jobCount: plan.jobs.count),
      isShard: continuation.shard != nil, beginning: continuation.beginning)
    if let damage = journal.damage { Terminal.complain(damage) }
    let campaign = CampaignRun(
      pool: WorkerPool(
        command: .ownWorker(following: replayProbes ? .replaying : .branching),
        workers: options.workers), interruption: interruption)
    try campaign.run(document, jobs: plan.jobs, journal: journal)
    return journal
  }

  /// Writes, shows and draws the results. The journal stays until all of that is done.
  private func finish(
    _ suite: SuiteResults, _ journal: Journal, with gnuplot: Gnuplot, _ interruption: Interruption
  ) throws {
    let account: CampaignAccount
    do throws(CampaignError) {
      account = try suite.write(interruption)
    } catch {
      throw journal.explaining(error)
    }
    // What a process that was ended has cost can be had again.
    let isDisturbed = journal.disturbedCount > 0
    if isDisturbed { Terminal.complain("\(SuiteResults.disturbance(journal))") }
    do {
      try suite.show(
        account, with: gnuplot, interruption,
        remedy: "the same command with --resume, or avpfsim plot \(suite.folder),")
    } catch {
      if case CampaignError.resumable = error {
        journal.keep()
      } else if !isDisturbed {
        journal.remove()
      }
      guard isDisturbed, interruption.signal == nil else { throw error }
      // Whatever the rest has to show, the disturbance is what the exit code is for.
      Terminal.complain("\(error)")
    }
    guard !isDisturbed else {
      journal.keep()
      Failures.name(account.failures)
      throw ExitCode(Outcome.fault)
    }
    // A signal that comes now has nothing left to end.
    journal.remove()
    try Failures.report(account.failures, of: suite.plan.calls)
  }

  /// A shard is a journal that stays.
  private func finish(shard journal: Journal, of plan: Plan, _ interruption: Interruption) throws {
    do throws(CampaignError) {
      try journal.complete()
    } catch {
      throw journal.explaining(error)
    }
    try interruption.end()
    let failures = try JournalSet(journal).failures(plan.jobs)
    Failures.name(failures)
    if journal.disturbedCount > 0 { throw SuiteResults.disturbance(journal) }
    // A call that fails by its own fault is a result, which the merged files have.
    print("Shard \(journal.header.shard.text): \(journal.resultCount) jobs in \(journal.path)")
  }
}

/// Calls that failed.
enum Failures {
  /// Names the first failed calls, and ends with the exit code for a fault if there are any.
  static func report(_ failures: [CampaignRun.Failure], of calls: Int) throws {
    guard !failures.isEmpty else { return }
    name(failures)
    Terminal.complain("\(failures.count) of \(calls) calls failed; runs.csv names each")
    throw ExitCode(Outcome.fault)
  }

  static func name(_ failures: [CampaignRun.Failure]) {
    for failure in failures.prefix(5) {
      Terminal.complain("run \(failure.run) (\(failure.name)) failed: \(failure.reason)")
    }
  }
}
