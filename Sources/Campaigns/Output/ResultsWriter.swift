import Foundation
import Results

/// The CSV files of a results folder under construction.
///
/// Rows go to files with temporary names in the folder; `commit` gives them their own names once
/// everything is written. What is not committed is removed, and with it the folders that were made
/// for it.
public final class ResultsWriter {
  /// The folder's path as the user gave it.
  public var path: String { folder.path }
  private let folder: OutputFolder
  private let kinds: [CSVFile]
  private let disk: Disk
  private var files: [PartialFile] = []

  /// Makes the folder if it is not there, and begins the files with their header lines.
  ///
  /// - Parameter kinds: the files wanted; of others an earlier use's are removed.
  public init(
    path: String, files kinds: [CSVFile] = CSVFile.allCases, disk: Disk = Disk()
  ) throws(CampaignError) {
    self.kinds = kinds
    self.disk = disk
    // A file beyond the limit shows as an error of the write.
    signal(SIGXFSZ, SIG_IGN)
    folder = try OutputFolder(path: path)
    PartialFile.removeLeftovers(in: path)
    for file in kinds {
      let partial = try PartialFile(folder: path, name: file.fileName)
      files.append(partial)
      try partial.append(file.header)
    }
  }

  deinit {
    // What is pending is removed before the folder: only an empty one goes.
    files.removeAll()
  }

  /// Adds a call's rows, by `CSVFile.allCases`.
  public func append(_ rows: [String]) throws(CampaignError) {
    for (file, kind) in zip(files, kinds) {
      try file.append(rows[CSVFile.allCases.firstIndex(of: kind)!])
    }
  }

  /// Completes the files, adds others whole, and gives all their names. What an earlier use of the
  /// folder derived from its rows, which are gone then, is removed. A power cut takes back none of it.
  public func commit(adding others: [(name: String, text: String)] = []) throws(CampaignError) {
    for other in others {
      let partial = try PartialFile(folder: path, name: other.name)
      files.append(partial)
      try partial.append(other.text)
    }
    for file in files { try file.complete(on: disk) }
    for file in files { try file.rename() }
    files.removeAll()
    for name in [
      CallStory.fileName, CallPage.fileName, ResultsFolder.reportName, Verdicts.fileName,
    ]
    where !others.contains(where: { $0.name == name }) {
      unlink("\(path)/\(name)")
    }
    for file in CSVFile.allCases where !kinds.contains(file) { unlink("\(path)/\(file.fileName)") }
    PlotCatalog.removeDrawings(in: "\(path)/\(PlotCatalog.folderName)")
    try folder.settle(on: disk)
  }
}

/// A file that is written under a temporary name beside its own.
private final class PartialFile {
  private let path: String
  private let temporaryPath: String
  private var descriptor: Int32
  private var isPending = true
  private var buffer: [UInt8] = []

  init(folder: String, name: String) throws(CampaignError) {
    path = "\(folder)/\(name)"
    temporaryPath = "\(folder)/.\(name).\(getpid()).part"
    descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      isPending = false
      throw .environment("\(temporaryPath) cannot be written: \(String(cString: strerror(errno)))")
    }
  }

  /// Removes what processes that were killed have left, `.runs.csv.4711.part` and the like.
  static func removeLeftovers(in folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(".") && name.hasSuffix(".part") {
      let parts = name.dropLast(".part".count).split(separator: ".")
      guard parts.count >= 2, let process = pid_t(parts.last!) else { continue }
      guard process == getpid() || kill(process, 0) != 0 && errno == ESRCH else { continue }
      unlink("\(folder)/\(name)")
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if isPending { unlink(temporaryPath) }
  }

  func append(_ text: String) throws(CampaignError) {
    buffer += text.utf8
    if buffer.count >= 1 << 16 { try flush() }
  }

  private func flush() throws(CampaignError) {
    guard Descriptor.write(buffer, to: descriptor) else {
      throw .environment("\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes the rest, and waits until the disk has all of it.
  func complete(on disk: Disk) throws(CampaignError) {
    try flush()
    var reason = disk.settle(descriptor)
    if close(descriptor) != 0, reason == 0 { reason = errno }
    descriptor = -1
    guard reason == 0 else {
      throw .environment("\(path) cannot be written: \(String(cString: strerror(reason)))")
    }
  }

  func rename() throws(CampaignError) {
    guard Foundation.rename(temporaryPath, path) == 0 else {
      throw .environment("\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
    isPending = false
  }
}
