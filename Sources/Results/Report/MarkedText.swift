/// A text of which named parts are made by a program, and the rest is written by hand.
///
/// A part stands between `<!-- made: NAME -->` and the next `<!-- end -->`.
public struct MarkedText: Sendable {
  public private(set) var text: String

  public init(_ text: String) { self.text = text }

  /// Replaces what stands between the marks of a part, with an empty line on either side.
  ///
  /// - Throws: `MarkMissing`.
  public mutating func replace(_ name: String, with lines: [String]) throws(MarkMissing) {
    let begin = "<!-- made: \(name) -->"
    guard let from = text.firstRange(of: begin) else { throw MarkMissing(mark: begin) }
    let end = "<!-- end -->"
    guard let to = text[from.upperBound...].firstRange(of: end) else {
      throw MarkMissing(mark: "\(end) behind \(begin)")
    }
    text.replaceSubrange(
      from.upperBound..<to.lowerBound, with: "\n\n" + lines.joined(separator: "\n") + "\n\n")
  }
}

/// A text lacks the mark of a part that is to be replaced.
public struct MarkMissing: Error, Equatable, Sendable, CustomStringConvertible {
  public var mark: String

  public var description: String { "found no mark \(mark) in the page, expected one" }
}
