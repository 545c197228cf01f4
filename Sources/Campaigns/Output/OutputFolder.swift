import Foundation

/// A folder that is written to, made if it is not there. Folders that were made here and hold nothing in
/// the end are removed again.
final class OutputFolder {
  let path: String
  /// Those further up first.
  private var newFolders: [String] = []

  /// - Throws: `CampaignError.usage` where something on the way is no folder,
  ///   `CampaignError.environment` where it cannot be made or written to.
  init(path: String) throws(CampaignError) {
    self.path = path
    guard !path.isEmpty else { throw .usage("-o: found nothing, expected a folder") }
    do throws(CampaignError) {
      try make()
    } catch {
      removeEmpty()
      throw error
    }
  }

  deinit { removeEmpty() }

  /// Has its names, and its own in the folder above, reach the disk.
  ///
  /// - Throws: `CampaignError.environment`.
  func settle(on disk: Disk) throws(CampaignError) {
    let above = newFolders.map { $0 + ".." }
    for folder in [path] + above {
      let reason = disk.settle(folder: folder)
      guard reason == 0 else {
        throw .environment("\(folder) cannot be written: \(String(cString: strerror(reason)))")
      }
    }
  }

  /// Only an empty folder goes.
  private func removeEmpty() {
    for folder in newFolders.reversed() { rmdir(folder) }
  }

  private func make() throws(CampaignError) {
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

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
