import Foundation

/// A file that is written piece by piece beside its place, and moved there when it is complete.
///
/// The first error is kept and told by `commit()`, so that whoever writes in the middle of a
/// simulation need not handle it there. A file that is never committed leaves nothing behind.
public final class GrowingFile {
  public let path: String
  private let partial: String
  private var file: UnsafeMutablePointer<FILE>?
  private var failure: OutputError?

  /// - Throws: `OutputError` where the file cannot be made, or where something stands in its place
  ///   that is no regular file.
  public init(path: String) throws(OutputError) {
    self.path = path
    let url = URL(fileURLWithPath: path)
    partial =
      url.deletingLastPathComponent()
      .appendingPathComponent(WholeFile.partialName(of: url.lastPathComponent)).path
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw .unwritable(path: path, reason: "found a folder or a device")
    }
    file = fopen(partial, "wb")
    if file == nil { throw .unwritable(path: path, reason: Self.reason()) }
    setvbuf(file!, nil, _IOFBF, 1 << 18)
  }

  deinit {
    if let file {
      fclose(file)
      unlink(partial)
    }
  }

  /// Appends octets.
  public func write(_ octets: UnsafeRawBufferPointer) {
    guard failure == nil, let file, octets.count > 0 else { return }
    if fwrite(octets.baseAddress, 1, octets.count, file) != octets.count { noteFailure() }
  }

  /// Writes over octets that were written before.
  ///
  /// - Parameter offset: from the file's start.
  public func overwrite(_ octets: UnsafeRawBufferPointer, at offset: Int) {
    guard failure == nil, let file else { return }
    guard fseek(file, offset, SEEK_SET) == 0,
      fwrite(octets.baseAddress, 1, octets.count, file) == octets.count,
      fseek(file, 0, SEEK_END) == 0
    else { return noteFailure() }
  }

  /// Closes the file and gives it its name; once.
  ///
  /// - Throws: the first error of all that was done with it.
  public func commit() throws(OutputError) {
    precondition(file != nil, "a file is committed once")
    // A full disk may show only when the last octets leave memory: closing tells.
    if fclose(file!) != 0, failure == nil { noteFailure() }
    file = nil
    if let failure {
      unlink(partial)
      throw failure
    }
    try WholeFile.move(partial, to: path)
  }

  private func noteFailure() {
    failure = .unwritable(path: path, reason: Self.reason())
  }

  private static func reason() -> String { String(cString: strerror(errno)).lowercased() }
}
