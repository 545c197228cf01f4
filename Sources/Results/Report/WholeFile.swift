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
    guard let file = fopen(partial, "wb") else { throw .unwritable(path: path, reason: reason()) }
    var text = text
    let written = text.withUTF8 { fwrite($0.baseAddress, 1, $0.count, file) == $0.count }
    // A full disk may show only when the last octets leave memory: closing tells.
    guard fclose(file) == 0, written else {
      let reason = reason()
      unlink(partial)
      throw .unwritable(path: path, reason: reason)
    }
    try move(partial, to: path)
  }

  /// Has a file written beside its place and then moves it there.
  ///
  /// - Parameter make: writes the whole file at the path it is given; what it throws is the reason.
  public static func write(
    to path: String, _ make: (String) throws -> Void
  ) throws(OutputError) {
    let url = URL(fileURLWithPath: path)
    let partial = url.deletingLastPathComponent()
      .appendingPathComponent(partialName(of: url.lastPathComponent)).path
    do {
      try make(partial)
    } catch {
      unlink(partial)
      throw .unwritable(path: path, reason: "\(error)")
    }
    try move(partial, to: path)
  }

  /// Gives a complete file its name, replacing what stood there.
  static func move(_ partial: String, to path: String) throws(OutputError) {
    guard rename(partial, path) == 0 else {
      let reason = reason()
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

  private static func reason() -> String { String(cString: strerror(errno)).lowercased() }

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
