import Configuration
import Foundation
import Results

/// Runs a campaign's calls in workers, with progress, output files and an account of failures.
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

  /// Runs all jobs.
  ///
  /// - Parameters:
  ///   - document: describes the jobs to the workers.
  ///   - jobs: the document's.
  ///   - folder: gets the rows; not committed here.
  ///   - results: whether to hand back runs and episodes as the files have them.
  /// - Returns: the failed calls in their order, and the results where wanted.
  public func run(
    _ document: CampaignDocument, jobs: [Job], folder: ResultsWriter?, collectsResults: Bool = false
  ) throws -> (failures: [Failure], results: ResultSet?) {
    try Self.checkSources(jobs)
    var failures: [Failure] = []
    var collected = CSVFile.allCases.map(\.header)
    var progress = Progress(total: jobs.count)
    defer { progress.clear() }
    try pool.run(
      document, count: jobs.count, interruption: interruption,
      deliver: { number, result in
        if case .failed(let reason) = result {
          for call in jobs[number].calls {
            failures.append(Failure(run: call.run, name: call.scenario.name, reason: reason))
          }
        }
        let rows = result.rows(of: jobs[number])
        try folder?.append(rows)
        if collectsResults { for index in rows.indices { collected[index] += rows[index] } }
      }, completed: { progress.show($0) })
    guard collectsResults else { return (failures, nil) }
    return (failures, try Self.parse(collected))
  }

  /// A clip that is not there is said once, rather than as the failure of every call.
  private static func checkSources(_ jobs: [Job]) throws(CampaignError) {
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
      CSVReader(name: file.fileName, text: texts[CSVFile.allCases.firstIndex(of: file)!])
    }
    let runs = try CSVRowReader<RunRow>(reader(.runs)).all()
    let episodes = try CSVRowReader<EpisodeRow>(reader(.episodes)).all()
    return try ResultSet(runs: runs, episodes: episodes)
  }

  /// As many workers as the process may use processors.
  public static var defaultWorkers: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
}
