import Campaigns
import Configuration
import Results

/// The results of a whole suite on their way from journals to a folder.
struct SuiteResults {
  let plan: Plan
  let journals: JournalSet
  let folder: String

  /// Writes the CSV files and the manifest, under their names once all are whole.
  func write(_ interruption: Interruption) throws(CampaignError) -> [CampaignRun.Failure] {
    let document = journals.header.document
    let writer = try ResultsWriter(path: folder)
    let failures = try journals.write(plan.jobs, to: writer, interruption: interruption)
    let manifest = Manifest(
      planName: plan.name, kind: document.kind.rawValue, file: document.file, plan: document.text,
      seed: plan.seed, calls: plan.calls,
      command: command(document))
    if let signal = interruption.signal { throw .interrupted(signal: signal) }
    try writer.commit(adding: [(Manifest.fileName, manifest.json)])
    return failures
  }

  /// What makes the folder, without what only says how: workers, shards, and in how many attempts.
  private func command(_ document: CampaignDocument) -> [String] {
    let file = document.file == Plan.builtInName ? [] : [document.file]
    let seed = document.seed.map { ["--seed", "\($0)"] } ?? []
    return ["avpfsim", "suite"] + file + ["-o", folder] + seed
  }

  /// Prints the table and draws, as far as there is anything.
  func show(_ failures: [CampaignRun.Failure], with gnuplot: Gnuplot) throws {
    guard failures.count < plan.calls else { return }
    let results = try ResultsFolder(path: folder, seed: plan.seed)
    print(results.summary().text(usesColour: Terminal.usesColour))
    try Drawing.draw(results, with: gnuplot)
  }

  /// Some of a journal's jobs were cut off by the end of a process.
  static func disturbance(_ journal: Journal) -> CampaignError {
    journal.explaining(
      .environment(
        "a process was ended over \(journal.disturbedCount) of "
          + "\(journal.header.shard.jobCount(of: journal.header.jobCount)) jobs, whose rows say so")
    )
  }
}
