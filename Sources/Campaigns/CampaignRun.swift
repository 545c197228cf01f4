import Configuration
import Foundation
import Results

/// Runs a campaign's calls in workers, with progress and an account of failures.
public struct CampaignRun {
  /// A call without results.
  public struct Failure: Sendable, Equatable {
    public var run: Int
    /// The call's cell or network.
    public var name: String
    public var reason: String
  }

  public var pool: WorkerPool
  public var interruption: Interruption?

  public init(pool: WorkerPool, interruption: Interruption? = nil) {
    self.pool = pool
    self.interruption = interruption
  }

  /// Runs all jobs with their results in memory: for documents of a few thousand calls at most.
  ///
  /// - Parameters:
  ///   - document: describes the jobs to the workers.
  ///   - jobs: the document's.
  ///   - folder: gets the rows; not committed here.
  /// - Returns: the failed calls in their order, runs, episodes and probes as the files have them, and
  ///   the text of feedback.csv.
  public func run(
    _ document: CampaignDocument, jobs: [Job], folder: ResultsWriter?
  ) throws -> (failures: [Failure], results: ResultSet, feedback: String) {
    var results = [JobResult?](repeating: nil, count: jobs.count)
    try work(document, jobs: jobs, open: Array(jobs.indices)) { results[$0.number] = $0.result }
    var account = CampaignAccount(writer: folder, collects: true)
    for (job, result) in zip(jobs, results) {
      guard let result else { preconditionFailure("every job that was given out reports") }
      try account.add(result, of: job)
    }
    let texts = account.collected ?? []
    return (account.failures, try Self.parse(texts), Self.text(of: .feedback, in: texts))
  }

  /// Runs the jobs that a journal lacks, and journals each result as it comes.
  ///
  /// - Throws: `CampaignError.resumable` where something is kept to go on from.
  public func run(_ document: CampaignDocument, jobs: [Job], journal: Journal) throws {
    do {
      try work(document, jobs: jobs, open: journal.openJobs) { try journal.append($0) }
    } catch let error as CampaignError {
      throw journal.explaining(error)
    }
  }

  private func work(
    _ document: CampaignDocument, jobs: [Job], open: [Int],
    deliver: (JobReport) throws -> Void
  ) throws {
    try Self.checkSources(open.lazy.map { jobs[$0] })
    var progress = Progress(jobs: jobs, open: open)
    defer { progress.clear() }
    try pool.run(document, jobs: open, interruption: interruption) { report in
      try deliver(report)
      progress.show(finished: jobs[report.number])
    }
  }

  /// A clip that is not there is said once, rather than as the failure of every call.
  private static func checkSources(_ jobs: some Sequence<Job>) throws(CampaignError) {
    var checked: Set<String> = []
    for job in jobs {
      guard case .file(let path) = job.scenario.video.source, checked.insert(path).inserted,
        access(path, R_OK) != 0
      else { continue }
      throw .usage("\(path): cannot be read: \(String(cString: strerror(errno)))")
    }
  }

  /// What the files would tell, so that a verdict is the same with and without them.
  private static func parse(_ texts: [String]) throws(CSVError) -> ResultSet {
    func reader(_ file: CSVFile) -> CSVReader {
      CSVReader(name: file.fileName, text: text(of: file, in: texts))
    }
    let runs = try CSVRowReader<RunRow>(reader(.runs)).all()
    let episodes = try CSVRowReader<EpisodeRow>(reader(.episodes)).all()
    let probes = try ProbeResults(
      CSVRowReader(reader(.probes)), name: CSVFile.probes.fileName)
    return try ResultSet(runs: runs, episodes: episodes, probes: probes)
  }

  /// - Parameter texts: by `CSVFile.allCases`.
  private static func text(of file: CSVFile, in texts: [String]) -> String {
    texts[CSVFile.allCases.firstIndex(of: file)!]
  }

  /// As many workers as the process may use processors.
  public static var defaultWorkers: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
}
