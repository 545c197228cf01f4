import Foundation

/// The project's pages as text, and what tests look for in them.
enum DocumentationPages {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardized
  static let catalog = root.appending(path: "Sources/avpfsim/avpfsim.docc")

  /// The names of the catalog's pages, without `.md`, in order.
  static func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: catalog.path)
      .filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
  }

  static func text(_ name: String) throws -> String {
    try String(contentsOf: catalog.appending(path: "\(name).md"), encoding: .utf8)
  }

  static func readme() throws -> String {
    try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
  }

  /// A line of a page, and whether it is prose: no row of a table, no part of a fenced or indented
  /// block, and not made by a program.
  struct Line {
    var number: Int
    var text: String
    var isProse: Bool
  }

  static func lines(_ text: String) -> [Line] {
    var (isFenced, isMade) = (false, false)
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
      let line = String($1)
      if line.hasPrefix("<!-- made") { isMade = true }
      if line.hasPrefix("<!-- end") { isMade = false }
      let isFence = line.hasPrefix("```")
      if isFence { isFenced.toggle() }
      let isProse =
        !isFenced && !isFence && !isMade && !line.hasPrefix("|") && !line.hasPrefix("    ")
      return Line(number: $0 + 1, text: line, isProse: isProse)
    }
  }

  /// A fenced block: what stands behind its fence, such as `yaml`, and its lines.
  struct Block {
    var language: String
    var lines: [String]
  }

  static func blocks(_ text: String) -> [Block] {
    var blocks: [Block] = []
    var open: Block?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        if let block = open {
          blocks.append(block)
          open = nil
        } else {
          open = Block(language: String(line.dropFirst(3)), lines: [])
        }
      } else {
        open?.lines.append(String(line))
      }
    }
    return blocks
  }
}
