/// What is wrong with a CSV file, and where.
public struct CSVError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file as it was named by whoever opened it.
  public var file: String
  /// From 1; nil where the file as a whole is meant.
  public var line: Int?
  /// The column's name; nil where the line as a whole is meant.
  public var column: String?
  public var found: String
  public var expected: String

  public init(file: String, line: Int?, column: String?, found: String, expected: String) {
    self.file = file
    self.line = line
    self.column = column
    self.found = found
    self.expected = expected
  }

  /// One sentence.
  public var description: String {
    var place = file
    if let line { place += ", line \(line)" }
    if let column { place += ", column \(column)" }
    return "\(place): found \(found), expected \(expected)"
  }
}
