import Results

/// Takes in the results of jobs in their order: writes their rows, and keeps account of the calls that
/// failed.
struct CampaignAccount {
  private(set) var failures: [CampaignRun.Failure] = []
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
    guard case .failed(let reason) = result else { return }
    for call in job.calls {
      failures.append(
        CampaignRun.Failure(run: call.run, name: call.scenario.name, reason: reason))
    }
  }
}
