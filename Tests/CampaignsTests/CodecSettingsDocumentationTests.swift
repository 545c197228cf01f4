import Foundation
import Testing
import VP8Codec

@testable import Campaigns

@Suite("The page on codec settings")
struct CodecSettingsDocumentationTests {
  private func page() throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: root.appendingPathComponent("Sources/avpfsim/avpfsim.docc/CodecSettings.md"),
      encoding: .utf8)
  }

  @Test("its table has every key with the ranges and presets that hold")
  func table() throws {
    let page = try page()
    func text(_ key: VP8EncoderSettings.Key, _ value: Int) -> String {
      key.namedValues.first { $0.value == value }?.name ?? "\(value)"
    }
    for key in VP8EncoderSettings.Key.allCases {
      let values = VP8EncoderPreset.allCases.map { text(key, $0.settings().value(of: key)) }
      let line = try #require(
        page.split(separator: "\n").first { $0.hasPrefix("| `\(key.rawValue)` | ") },
        "\(key.rawValue)")
      #expect(
        line.hasSuffix("| \(values.joined(separator: " | ")) | \(key.summary) |"), "\(line)")
      if key.namedValues.isEmpty {
        let range = key.range
        let bounds =
          range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)...\(range.upperBound)"
        #expect(line.contains("` | \(bounds)\(key.unit.isEmpty ? "" : " " + key.unit) | "))
      }
    }
  }

  @Test("its example is what the program says")
  func example() throws {
    let page = try page()
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasPrefix("$ avpfsim settings --from") })
    let end = try #require(lines[start...].firstIndex { $0 == "```" })
    let block = lines[start..<end].joined(separator: "\n")
    let words = try ShellWords.commands(in: block)[0]
    let result = try CodecImport(commandLine: words[4])
    let said =
      result.notes.map { "avpfsim: \($0)\n" }.joined() + CodecSettingsText.yaml(result)
    #expect(block + "\n" == lines[start...start + 1].joined(separator: "\n") + "\n" + said)
  }
}
