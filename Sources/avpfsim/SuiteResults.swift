import Campaigns
import Configuration
import Results

/// The results of a whole suite on their way from journals to a folder.
struct SuiteResults {
  let plan: Plan
  let journals: JournalSet
  let folder: String

  /// Writes the CSV files and the manifest, under their names once all are whole.
  ///
  /// - Returns: what failed, and how many probes there are.
  func write(_ interruption: Interruption) throws(CampaignError) -> CampaignAccount {
    let document = journals.header.document
    let writer = try ResultsWriter(path: folder)
    let account = try journals.write(plan.jobs, to: writer, interruption: interruption)
    let manifest = Manifest(
      planName: plan.name, kind: document.kind.rawValue, file: document.file, plan: document.text,
      seed: plan.seed, calls: plan.calls,
      command: command(document))
    try interruption.check()
    try writer.commit(adding: [(Manifest.fileName, manifest.json)])
    return account
  }

  /// What makes the folder, without what only says how: workers, shards, and in how many attempts.
  private func command(_ document: CampaignDocument) -> [String] {
    let file = document.file == Plan.builtInName ? [] : [document.file]
    let seed = document.seed.map { ["--seed", "\($0)"] } ?? []
    return ["avpfsim", "suite"] + file + ["-o", folder] + seed
  }

  /// Prints the table and draws, as far as there is anything.
  ///
  /// - Parameter remedy: what draws the rest where this is cut off, as part of a sentence.
  /// - Throws: `CampaignError.resumable` where a signal or a fault cuts it off: the CSV files are complete;
  ///   others where there is nothing to show.
  func show(
    _ account: CampaignAccount, with gnuplot: Gnuplot, _ interruption: Interruption, remedy: String
  ) throws {
    for warning in account.probes.compactMap(\.warning) { Terminal.complain(warning) }
    guard account.failures.count < plan.calls else { return }
    guard !isWithoutProbes(account) else {
      throw CampaignError.usage(
        "\(folder): found no frame to probe in any group, expected one; there is nothing to show")
    }
    do {
      let results = try ResultsFolder(path: folder, seed: plan.seed)
      try interruption.check()
      print(results.summary().text(usesColour: Terminal.usesColour))
      try interruption.check()
      try Drawing.draw(results, with: gnuplot, interruption)
    } catch OutputError.noCalls(let folder, let failed) {
      throw OutputError.noCalls(folder: folder, failed: failed)
    } catch {
      let cause = error as? CampaignError ?? .environment("\(error)")
      throw CampaignError.resumable(
        cause, kept: "the CSV files in \(folder) are complete, and \(remedy) draws what is missing")
    }
  }

  /// Whether there is nothing because no call has a frame of the wanted kind.
  private func isWithoutProbes(_ account: CampaignAccount) -> Bool {
    plan.groups.allSatisfy { $0.probes != nil } && account.probes.allSatisfy { $0.made == 0 }
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
