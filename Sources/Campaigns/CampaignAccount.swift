import Results

/// Takes in the results of jobs in their order: writes their rows, and keeps account of the calls that
/// failed, and of probes.
public struct CampaignAccount {
  /// In the order of the calls.
  public private(set) var failures: [CampaignRun.Failure] = []
  /// Of each group with probes, in the order of the groups.
  public private(set) var probes: [ProbeTally] = []
  /// The files' texts so far, where they are wanted.
  private(set) var collected: [String]?
  private let writer: ResultsWriter?

  /// - Parameters:
  ///   - writer: gets the rows.
  ///   - collects: whether the files' texts are held in memory as well.
  init(writer: ResultsWriter?, collects: Bool = false) {
    self.writer = writer
    collected = collects ? CSVFile.allCases.map(\.header) : nil
  }

  mutating func add(_ result: JobResult, of job: Job) throws(CampaignError) {
    note(result, of: job)
    let rows = result.rows(of: job)
    try writer?.append(rows)
    if collected != nil {
      for index in rows.indices { collected![index] += rows[index] }
    }
  }

  /// Keeps account of it and nothing more.
  mutating func note(_ result: JobResult, of job: Job) {
    if let set = job.probes {
      if probes.last?.group != job.group {
        probes.append(ProbeTally(group: job.group, frames: set.settings.frames))
      }
      probes[probes.count - 1].add(result, of: set)
    }
    guard case .failed(let reason) = result else { return }
    for call in job.calls {
      failures.append(
        CampaignRun.Failure(run: call.run, name: call.scenario.name, reason: reason))
    }
  }
}
