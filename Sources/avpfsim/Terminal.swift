import Foundation

/// The two streams to the user.
enum Terminal {
  /// Whether escape sequences for colours may go to standard output.
  static var usesColour: Bool {
    isatty(1) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
  }

  /// Writes one sentence to standard error.
  static func complain(_ sentence: String) {
    FileHandle.standardError.write(Data("avpfsim: \(sentence)\n".utf8))
  }
}
