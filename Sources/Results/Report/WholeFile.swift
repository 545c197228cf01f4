import Foundation

/// Files that appear under their names only when they are complete.
public enum WholeFile {
  /// The name under which a file grows until it is complete.
  static func partialName(of name: String) -> String { ".\(name).partial" }

  /// Writes a text beside its place and then moves it there.
  public static func write(_ text: String, to path: String) throws(OutputError) {
    let url = URL(fileURLWithPath: path)
    let partial = url.deletingLastPathComponent()
      .appendingPathComponent(partialName(of: url.lastPathComponent)).path
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: partial))
    } catch {
      unlink(partial)
      throw .unwritable(path: path, reason: Self.reason(error))
    }
    try move(partial, to: path)
  }

  /// Gives a complete file its name, replacing what stood there.
  static func move(_ partial: String, to path: String) throws(OutputError) {
    guard rename(partial, path) == 0 else {
      let reason = String(cString: strerror(errno)).lowercased()
      unlink(partial)
      throw .unwritable(path: path, reason: reason)
    }
  }

  static func makeFolder(_ path: String) throws(OutputError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: path, reason: reason(error))
    }
  }

  static func read(_ path: String) throws(OutputError) -> String {
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw .unreadable(path: path, reason: reason(error))
    }
  }

  /// What the system said, without Foundation's wrapping.
  private static func reason(_ error: any Error) -> String {
    var error = error as NSError
    while let inner = error.userInfo[NSUnderlyingErrorKey] as? NSError { error = inner }
    if error.domain == NSPOSIXErrorDomain {
      return String(cString: strerror(Int32(error.code))).lowercased()
    }
    return error.localizedDescription
  }
}
