/// What is wrong with a trace's text, and where; which file it is stands with whoever opened it.
public struct TraceError: Error, Hashable, Sendable {
  public enum Finding: Hashable, Sendable {
    /// Text of the line, as it stands there; shorten and quote it before it is shown.
    case text(String)
    /// Half a sentence in our own words.
    case words(String)
  }

  /// From 1; 0 speaks of the file as a whole.
  public var line: Int
  public var found: Finding
  /// Follows "expected".
  public var expected: String

  public init(line: Int = 0, found: Finding, expected: String) {
    self.line = line
    self.found = found
    self.expected = expected
  }

  init(line: Int, found octets: UnsafeRawBufferPointer, expected: String) {
    // An error shows 60 characters, which take at most 240 octets.
    let text = String(decoding: octets.prefix(256), as: UTF8.self)
    self.init(
      line: line, found: octets.isEmpty ? .words("nothing") : .text(text), expected: expected)
  }
}
