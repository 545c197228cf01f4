import Configuration
import Results

/// Runs a validation: calls in rounds, until every gate is decided or no more calls may be run.
///
/// How many that are depends on results alone, so that the same files give the same verdicts everywhere.
public struct ValidationRun {
  public let settings: ValidationSettings
  /// Describes the jobs to the workers.
  public let document: CampaignDocument
  public let campaign: CampaignRun

  public init(
    _ settings: ValidationSettings, document: CampaignDocument, campaign: CampaignRun
  ) {
    self.settings = settings
    self.document = document
    self.campaign = campaign
  }

  /// What came of it.
  public struct Outcome {
    public var report: GateReport
    /// Calls without results, with which no further round is begun.
    public var failures: [CampaignRun.Failure]
    /// All calls that were run.
    public var calls: Int
  }

  /// - Parameter folder: gets the rows of all calls; not committed here.
  public func run(folder: ResultsWriter?) throws -> Outcome {
    var judge = ValidationJudge(settings)
    var failures: [CampaignRun.Failure] = []
    var count = 0
    while failures.isEmpty, case let next = judge.next, !next.isEmpty {
      let round = settings.round(next, firstRun: count)
      var document = document
      var part = document.validation ?? ValidationPart(baseline: nil)
      part.round = round
      document.validation = part
      let jobs = settings.jobs(round)
      let done = try campaign.run(document, jobs: jobs, folder: folder)
      failures += done.failures
      try judge.add(done.results.calls, feedback: done.feedback)
      count += jobs.count
    }
    return Outcome(report: judge.report, failures: failures, calls: count)
  }
}
