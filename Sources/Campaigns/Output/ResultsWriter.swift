import Foundation
import Results

/// The CSV files of a results folder under construction.
///
/// Rows go to files with temporary names in the folder; `commit` gives them their own names once
/// everything is written. What is not committed is removed, and with it the folders that were made
/// for it.
public final class ResultsWriter {
  /// The folder's path as the user gave it.
  public let path: String
  private let kinds: [CSVFile]
  private var files: [PartialFile] = []
  /// Folders that were made here and hold nothing yet, those further up first.
  private var newFolders: [String] = []

  /// Makes the folder if it is not there, and begins the files with their header lines.
  ///
  /// - Parameter kinds: the files wanted; of others an earlier use's are removed.
  public init(path: String, files kinds: [CSVFile] = CSVFile.allCases) throws(CampaignError) {
    self.path = path
    self.kinds = kinds
    // A file beyond the limit shows as an error of the write.
    signal(SIGXFSZ, SIG_IGN)
    try make(path)
    for file in kinds {
      let partial = try PartialFile(folder: path, name: file.fileName)
      files.append(partial)
      try partial.append(file.header)
    }
  }

  deinit {
    // What is pending is removed first: only an empty folder goes.
    files.removeAll()
    for folder in newFolders.reversed() { rmdir(folder) }
  }

  /// Adds a call's rows, by `CSVFile.allCases`.
  public func append(_ rows: [String]) throws(CampaignError) {
    for (file, kind) in zip(files, kinds) {
      try file.append(rows[CSVFile.allCases.firstIndex(of: kind)!])
    }
  }

  /// Completes the files, adds others whole, and gives all their names. What an earlier use of the
  /// folder derived from its rows, which are gone then, is removed.
  public func commit(adding others: [(name: String, text: String)] = []) throws(CampaignError) {
    for other in others {
      let partial = try PartialFile(folder: path, name: other.name)
      files.append(partial)
      try partial.append(other.text)
    }
    for file in files { try file.complete() }
    for file in files { try file.rename() }
    files.removeAll()
    newFolders.removeAll()
    for name in [CallStory.fileName, ResultsFolder.reportName]
    where !others.contains(where: { $0.name == name }) {
      unlink("\(path)/\(name)")
    }
    for file in CSVFile.allCases where !kinds.contains(file) { unlink("\(path)/\(file.fileName)") }
    PlotCatalog.removeDrawings(in: "\(path)/\(PlotCatalog.folderName)")
  }

  private func make(_ path: String) throws(CampaignError) {
    guard !path.isEmpty else { throw .usage("-o: found nothing, expected a folder") }
    var prefix = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      prefix += part + "/"
      if mkdir(prefix, 0o777) == 0 {
        newFolders.append(prefix)
        continue
      }
      let reason = errno
      if reason == EEXIST || reason == EISDIR { continue }
      // A folder above may be read-only and this one there all the same.
      if Self.isFolder(prefix) { continue }
      if reason == ENOTDIR {
        throw .usage("-o \(path): found a file on the way, expected folders only")
      }
      throw .environment(
        "-o \(path): the folder cannot be made: \(String(cString: strerror(reason)))")
    }
    guard Self.isFolder(path) else { throw .usage("-o \(path): found a file, expected a folder") }
    guard access(path, W_OK | X_OK) == 0 else {
      throw .environment(
        "-o \(path): the folder is not writable: \(String(cString: strerror(errno)))")
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
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
    // A leftover of a process of the same number that was killed.
    unlink(temporaryPath)
    descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      isPending = false
      throw .environment("\(temporaryPath) cannot be written: \(String(cString: strerror(errno)))")
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

  func complete() throws(CampaignError) {
    try flush()
    let code = close(descriptor)
    descriptor = -1
    guard code == 0 else {
      throw .environment("\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
  }

  func rename() throws(CampaignError) {
    guard Foundation.rename(temporaryPath, path) == 0 else {
      throw .environment("\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
    isPending = false
  }
}
