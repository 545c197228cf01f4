import Foundation
import Testing

@testable import Campaigns

@Suite("The page on validation")
struct ValidateDocumentationTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let page =
    (try? String(
      contentsOf: root.appendingPathComponent("Sources/avpfsim/avpfsim.docc/Validate.md"),
      encoding: .utf8)) ?? ""

  /// The rows of the table behind a heading, by cell.
  private func table(_ heading: String) throws -> [[String]] {
    let behind = try #require(Self.page.components(separatedBy: "\n\(heading)\n").dropFirst().first)
    return behind.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
      .prefix { $0.hasPrefix("|") }
      .map { row in
        row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      }
  }

  @Test("its table of metrics is the program's")
  func metrics() throws {
    let rows = try table("| metric | unit | what it is |")
    #expect(
      rows == Metric.dictionary.map { ["`\($0.name)`", $0.metric.unit.rawValue, $0.meaning] })
  }

  @Test("it has every key of a settings file")
  func keys() throws {
    let named = try table("| key | what it says |").map { $0[0] }.joined(separator: " ")
    for key in ValidationSettings.keys { #expect(named.contains("`\(key)`"), "\(key)") }
  }

  @Test("its table of members is the schema's")
  func members() throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: GateReportFilesTests.schemaPath))
    let schema = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    let named = try table("| member | what it is |").map { $0.joined(separator: " ") }
      .joined(separator: " ")
    func names(_ schema: [String: Any]) throws -> [String] {
      let properties = try #require(schema["properties"] as? [String: Any])
      return try properties.keys.sorted().flatMap { name -> [String] in
        let member = properties[name] as? [String: Any] ?? [:]
        let inner = member["items"] as? [String: Any] ?? [:]
        return [name] + (inner["properties"] == nil ? [] : try names(inner))
      }
    }
    for name in try names(schema) { #expect(named.contains("`\(name)`"), "\(name)") }
  }

  @Test("its gates are read")
  func gates() throws {
    let block = try #require(Self.page.components(separatedBy: "gates:\n").dropFirst().first)
    let lines = block.components(separatedBy: "```")[0].split(separator: "\n")
    #expect(lines.count == 4)
    for line in lines {
      _ = try SampleCalls.gate(
        line.trimmingCharacters(in: .whitespaces).replacing("- ", with: "", maxReplacements: 1))
    }
  }

  @Test("the figures of its promises are the program's")
  func promises() {
    let levels = GateLevels(looks: 3, lines: 18)
    #expect(Self.page.contains("each end of the interval in the table has 0.83 %"))
    #expect(abs(levels.passTail - 0.0083) < 0.00005)
    #expect(Self.page.contains("each end of the wider interval has 0.05 %"))
    #expect(abs(levels.failTail - 0.0005) < 0.00005)
  }
}
