import Foundation

/// Has what was written reach the disk itself, where a power cut does not take it back.
public struct Disk {
  /// fsync(2), save in tests.
  var synchronize: (Int32) -> Int32 = { fsync($0) }
  /// Seconds on a clock that is never set back.
  var now: () -> Double = { Progress.now() }

  public init() {}

  /// Waits until the disk has a file's octets, or a folder's names.
  ///
  /// - Returns: 0, or the number of the error. A file system that cannot do it has none.
  func settle(_ descriptor: Int32) -> Int32 {
    while synchronize(descriptor) != 0 {
      switch errno {
      case EINTR: continue
      case EINVAL, EROFS, EOPNOTSUPP: return 0
      default: return errno
      }
    }
    return 0
  }

  /// The same of the names in a folder; one that cannot be read is left to the system.
  func settle(folder: String) -> Int32 {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    return settle(descriptor)
  }
}
