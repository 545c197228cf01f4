/// A table whose columns line up in a terminal, and whose cells the report uses too.
public struct TextTable: Sendable, Equatable {
  public var title: String
  /// A heading of one or more lines for each column.
  public var headings: [String]
  /// As many cells as headings in each row; the first names the row.
  public var rows: [[String]]
  /// A sentence or more on how to read the table; may be empty.
  public var note: String

  public init(title: String, headings: [String], rows: [[String]], note: String = "") {
    self.title = title
    self.headings = headings
    self.rows = rows
    self.note = note
  }

  /// The table as lines; the first column to the left, the others to the right.
  ///
  /// - Parameter usesColour: bold title and headings by ANSI escape sequences.
  public func text(usesColour: Bool) -> String {
    let headingLines = headings.map { $0.split(separator: "\n").map(String.init) }
    let height = headingLines.map(\.count).max() ?? 0
    let widths = headings.indices.map { column in
      (headingLines[column] + rows.map { $0[column] }).map(\.count).max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      var text = ""
      for (column, cell) in cells.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        text += column == 0 ? cell + padding : "  " + padding + cell
      }
      while text.hasSuffix(" ") { text.removeLast() }
      return text
    }
    func bold(_ text: String) -> String { usesColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    var lines = Self.wrapped(title, width: 96).map(bold) + [""]
    for row in 0..<height {
      // Headings stand on the last line; shorter ones begin further down.
      lines.append(
        bold(
          line(
            headingLines.map { heading in
              let offset = row - (height - heading.count)
              return offset >= 0 ? heading[offset] : ""
            })))
    }
    lines.append(line(widths.map { String(repeating: "─", count: $0) }))
    lines += rows.map(line)
    if !note.isEmpty { lines += Self.wrapped(note, width: 96) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Breaks text at spaces into lines of at most `width` characters where words allow; a number
  /// stays with its unit, and an interval in one piece.
  public static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in unbreakable(text) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  private static func unbreakable(_ text: String) -> [String] {
    var words: [String] = []
    for word in text.split(separator: " ").map(String.init) {
      let isUnit = ["%", "ms"].contains(word.filter { !";,.:)".contains($0) })
      let isWithinInterval = words.last.map { $0.contains("[") && !$0.contains("]") } ?? false
      if !words.isEmpty, isUnit || isWithinInterval || word.hasPrefix("[") {
        words[words.count - 1] += " " + word
      } else {
        words.append(word)
      }
    }
    return words
  }
}
