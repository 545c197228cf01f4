import Configuration
import Foundation
import Testing

@testable import Campaigns

@Suite("The page on plans")
struct PlanDocumentationTests {
  private static let page: String = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = root.appendingPathComponent("Sources/avpfsim/avpfsim.docc/Plans.md")
    return (try? String(contentsOf: path, encoding: .utf8)) ?? ""
  }()

  private static func blocks(_ fence: String) -> [String] {
    page.components(separatedBy: "```\(fence)\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
  }

  private func plan(_ index: Int) throws -> Plan {
    let blocks = Self.blocks("yaml")
    try #require(blocks.count == 4)
    return try Plan(ConfigurationFile.parse(blocks[index], file: "page"))
  }

  @Test("it has every key of a plan and of a group")
  func keys() {
    for key in Plan.keys + PlanGroup.keys {
      #expect(Self.page.contains("\n| `\(key)` | "), "\(key)")
    }
  }

  @Test(
    "its plans are read without a warning, and have the cells that it says",
    arguments: [
      (0, [15, 25]), (1, [6]), (2, [3]), (3, [16]),
    ])
  func plans(index: Int, cells: [Int]) throws {
    let plan = try plan(index)
    #expect(plan.warnings.isEmpty)
    #expect(plan.groups.map(\.cells.count) == cells)
  }

  @Test("its dry run is the one of its first plan")
  func dryRun() throws {
    let plan = try plan(0)
    let estimate = try PlanEstimate(plan.groups, jobs: 1, processors: 1) { _, _ in 1 }
    let text = PlanPreview(name: plan.name, groups: plan.groups, jobs: 1, estimate: estimate)
      .text(usesColour: false)
    let table = text.components(separatedBy: "It would take")[0]
    #expect(Self.page.contains("$ avpfsim suite distance.yaml --dry-run\n\(table)```\n"))
  }

  @Test("its table of ranges has the values that they stand for")
  func ranges() throws {
    let rows = Self.page.split(separator: "\n").filter { $0.hasPrefix("| `") && $0.contains("..") }
      .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
    #expect(rows.count == 7)
    for row in rows {
      let range = row[0].trimmingCharacters(in: ["`"])
      #expect(try ValueRange(range).texts().joined(separator: ", ") == row[1])
    }
  }
}
