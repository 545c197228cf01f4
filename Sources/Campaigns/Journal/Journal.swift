import Foundation

/// The results of a campaign under way, kept in its folder until all of them are there.
///
/// One process writes at a time. What is begun and gets no result is removed again, and with it the
/// folders that were made for it.
public final class Journal {
  /// What to do with a journal that is there already.
  public enum Beginning: Sendable {
    /// Refuse it, lest the work in it be lost.
    case new
    /// Go on from it.
    case resume
    /// Throw it away.
    case restart
  }

  public let folder: String
  public let header: JournalHeader
  let file: JournalFile
  private let output: OutputFolder
  /// Whether the file's fate is decided.
  private var isFinished = false

  public var path: String { file.path }

  /// The name of a journal in its folder. That of a shard stays there.
  ///
  /// - Parameter shard: nil: of a campaign that is not divided.
  public static func fileName(of shard: Shard?) -> String {
    guard let shard else { return "journal.avpf" }
    let digits = "\(shard.number)"
    let zeros = String(repeating: "0", count: "\(shard.count)".count - digits.count)
    return "shard-\(zeros)\(digits)-of-\(shard.count).avpf"
  }

  /// Opens a journal in a folder, which is made if it is not there.
  ///
  /// - Parameter isShard: whether the file is named as that of a shard.
  /// - Throws: `CampaignError.usage` where another process is at work there, or what is there does not
  ///   allow the beginning; `CampaignError.environment` where the disk refuses.
  public init(
    folder: String, header: JournalHeader, isShard: Bool = false, beginning: Beginning,
    disk: Disk = Disk()
  ) throws(CampaignError) {
    guard header.jobCount <= Plan.maximumJobs else {
      throw .usage(
        "\(header.document.file): found \(header.jobCount) jobs, expected at most \(Plan.maximumJobs)"
      )
    }
    self.folder = folder
    self.header = header
    // A file beyond the limit shows as an error of the write.
    signal(SIGXFSZ, SIG_IGN)
    output = try OutputFolder(path: folder)
    file = try Self.open(
      "\(folder)/\(Self.fileName(of: isShard ? header.shard : nil))", on: disk)
    do throws(CampaignError) {
      if beginning != .restart {
        try file.scan()
        if try goesOn(beginning) {
          try file.goOn()
          return
        }
      }
      try file.begin(header)
      try output.settle(on: disk)
    } catch {
      abandon()
      throw error
    }
  }

  deinit { if !isFinished { abandon() } }

  /// Removes a journal that nothing can be resumed from.
  private func abandon() {
    if !hasResults, isOfAvpfsim, file.isPresent { unlink(path) }
  }

  /// A file that is something else is left alone.
  private var isOfAvpfsim: Bool {
    var status = stat()
    guard fstat(file.descriptor, &status) == 0 else { return false }
    return file.soundOctets > 0 || status.st_size == 0
  }

  /// Whether there are any, sound or not.
  private var hasResults: Bool { file.resultCount > 0 || file.restOctets > 0 }

  /// Whether there is something to go on from.
  private func goesOn(_ beginning: Beginning) throws(CampaignError) -> Bool {
    // A journal without a result has nothing to lose.
    guard let found = file.header, hasResults else { return false }
    guard beginning == .resume else {
      let jobs = found.shard.jobCount(of: found.jobCount)
      throw .usage(
        "\(path): found \(file.resultCount) of \(jobs) jobs of an earlier run\(unsoundness), expected "
          + "--resume to go on from them or --restart to begin anew")
    }
    if let difference = header.difference(of: found) {
      throw .usage("--resume: \(path): \(difference)")
    }
    return true
  }

  /// What else the file holds, as part of a sentence.
  private var unsoundness: String {
    let octets = file.damage.reduce(file.restOctets) { $0 + $1.count }
    return octets == 0 ? "" : " and \(octets) octets that are damaged or cut off"
  }

  /// What is damaged amid the results, a sentence; nil where nothing is. The jobs concerned are open.
  ///
  /// A last result that was cut off is the usual trace of a crash, and is not told.
  public var damage: String? {
    guard let first = file.damage.first else { return nil }
    let octets = file.damage.reduce(0) { $0 + $1.count }
    let jobs = header.shard.jobCount(of: header.jobCount)
    return
      "\(path): found \(octets) damaged octets from octet \(first.lowerBound) on, expected results; "
      + "those before and behind are sound, and \(openJobs.count) of \(jobs) jobs are done again or "
      + "still to be done"
  }

  /// Opens the file, and keeps other processes from it as long as this one lives.
  private static func open(
    _ path: String, on disk: Disk
  ) throws(CampaignError) -> JournalFile {
    while true {
      let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else {
        throw .environment("\(path) cannot be written: \(String(cString: strerror(errno)))")
      }
      let file = JournalFile(path: path, descriptor: descriptor, disk: disk)
      // Some network file systems know no locks; there the user has to take care.
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK {
        throw .usage("\(path): another process is at work on it, expected none")
      }
      // Whoever held it may have removed it meanwhile.
      if file.isPresent { return file }
    }
  }

  /// Adds a job's result.
  ///
  /// - Throws: `CampaignError.environment` where the disk is full or the file has vanished; what was
  ///   there before is kept.
  public func append(_ report: JobReport) throws(CampaignError) { try file.append(report) }

  /// The jobs that have no result yet, or one of a process that was ended, in their order.
  public var openJobs: [Int] { file.openJobs(of: header.shard) }

  /// How many jobs have a result.
  public var resultCount: Int { file.resultCount }

  /// How many results are those of processes that were ended: they are done again on resuming.
  public var disturbedCount: Int { file.disturbedCount }

  /// Keeps the file, whatever is in it.
  public func keep() { isFinished = true }

  /// Keeps the file of a shard that is done, once the disk has all of it.
  ///
  /// - Throws: `CampaignError.environment` where it has not.
  public func complete() throws(CampaignError) {
    keep()
    try file.settle()
  }

  /// Removes the file, once the results stand elsewhere.
  public func remove() {
    isFinished = true
    unlink(path)
  }

  /// An error, with how to go on after it where something is kept.
  public func explaining(_ error: CampaignError) -> CampaignError {
    guard file.resultCount > 0, file.isPresent else { return error }
    let jobs = header.shard.jobCount(of: header.jobCount)
    return .resumable(
      error,
      kept:
        "\(file.resultCount) of \(jobs) jobs are kept in \(path); the same command with --resume "
        + "goes on from there")
  }
}
