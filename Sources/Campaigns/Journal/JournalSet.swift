import Foundation
import Results

/// The journals of all parts of one campaign: every job's result, in the order of the jobs.
public struct JournalSet {
  /// By the numbers of their shards.
  private let files: [JournalFile]
  public let header: JournalHeader

  /// The results of a campaign that was not divided.
  ///
  /// - Parameter journal: every job has a result (checked when it is read).
  public init(_ journal: Journal) {
    files = [journal.file]
    header = journal.header
  }

  /// Reads the journals of all shards, in any order.
  ///
  /// - Parameter paths: files, or folders with files of shards.
  /// - Throws: `CampaignError.usage` where they do not belong together, or not all results are there.
  public init(shards paths: [String]) throws(CampaignError) {
    var found: [(file: JournalFile, header: JournalHeader)] = []
    var files: [String] = []
    for path in paths { files += try Self.files(in: path) }
    for path in files {
      let file = try JournalFile(reading: path)
      guard let header = file.header else {
        throw .usage("\(path): found a journal without results, expected one of a shard")
      }
      found.append((file, header))
    }
    // Whatever order they are named in, the first one sets the measure.
    found.sort { ($0.header.shard.number, $0.file.path) < ($1.header.shard.number, $1.file.path) }
    guard let first = found.first else {
      throw .usage("\(paths.joined(separator: ", ")): found no shard, expected files of shards")
    }
    let own = JournalHeader(
      document: first.header.document, shard: first.header.shard, jobCount: first.header.jobCount)
    for (file, header) in found {
      if let difference = first.header.difference(of: header) {
        throw .usage("\(file.path): \(difference) as in \(first.file.path)")
      }
    }
    guard own.version == first.header.version,
      own.columnsChecksum == first.header.columnsChecksum
    else { throw .usage("\(first.file.path): \(own.difference(of: first.header) ?? "")") }
    try Self.checkCompleteness(found)
    self.files = found.map(\.file)
    header = first.header
  }

  private static func files(in path: String) throws(CampaignError) -> [String] {
    guard OutputFolder.isFolder(path) else { return [path] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let shards = names.filter { $0.hasPrefix("shard-") && $0.hasSuffix(".avpf") }.sorted()
    guard !shards.isEmpty else {
      throw .usage(
        "\(path): found no shard in the folder, expected files such as shard-1-of-4.avpf")
    }
    return shards.map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
  }

  private static func checkCompleteness(
    _ found: [(file: JournalFile, header: JournalHeader)]
  ) throws(CampaignError) {
    for (one, next) in zip(found, found.dropFirst())
    where one.header.shard.number == next.header.shard.number {
      throw .usage(
        "\(next.file.path): found shard \(next.header.shard.text) twice, expected it once; it is also "
          + "\(one.file.path)")
    }
    let count = found[0].header.shard.count
    let present = Set(found.map(\.header.shard.number))
    let missing = (1...count).filter { !present.contains($0) }
    guard missing.isEmpty else {
      let names = missing.prefix(10).map { "\($0)/\(count)" }.joined(separator: ", ")
      throw .usage(
        "found \(present.count) of \(count) shards, expected all: \(names)"
          + (missing.count > 10 ? " and \(missing.count - 10) more" : "")
          + (missing.count == 1 ? " is missing" : " are missing"))
    }
    for (file, header) in found {
      let jobs = header.shard.jobCount(of: header.jobCount)
      guard file.resultCount == jobs else {
        throw .usage(
          "\(file.path): found \(file.resultCount) of the \(jobs) jobs of shard \(header.shard.text), "
            + "expected all; avpfsim suite with --shard \(header.shard.text) --resume does the rest"
        )
      }
    }
  }

  /// How many results are those of processes that were ended.
  public var disturbedCount: Int { files.reduce(0) { $0 + $1.disturbedCount } }

  /// Writes all rows in the order of the jobs, one job at a time.
  ///
  /// - Parameters:
  ///   - jobs: the document's.
  ///   - writer: not committed here.
  /// - Returns: what failed, and how many probes there are.
  public func write(
    _ jobs: [Job], to writer: ResultsWriter, interruption: Interruption? = nil
  ) throws(CampaignError) -> CampaignAccount {
    var account = CampaignAccount(writer: writer)
    for (number, job) in jobs.enumerated() {
      try interruption?.check()
      guard let report = try files[number % files.count].report(of: number) else {
        preconditionFailure("job \(number) has no result")
      }
      try account.add(report.result, of: job)
    }
    return account
  }

  /// The failed calls among those that have a result, in their order.
  public func failures(_ jobs: [Job]) throws(CampaignError) -> [CampaignRun.Failure] {
    var account = CampaignAccount(writer: nil)
    for file in files {
      guard let shard = file.header?.shard else { continue }
      for number in shard.jobs(of: jobs.count) {
        guard let report = try file.report(of: number) else { continue }
        account.note(report.result, of: jobs[number])
      }
    }
    return account.failures
  }
}
