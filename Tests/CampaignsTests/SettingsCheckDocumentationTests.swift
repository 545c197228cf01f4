import CallSimulation
import Configuration
import Foundation
import Testing

@testable import Campaigns

/// The documentation's page of settings checks, whose files are what it says.
@Suite("Page of settings checks")
struct SettingsCheckDocumentationTests {
  private static let files: [String] = {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/avpfsim/avpfsim.docc/SettingsChecks.md")
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "```yaml\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
  }()

  @Test("it has a file for each check")
  func count() { #expect(Self.files.count == 9) }

  @Test("each file is read, and told about once", arguments: files)
  func told(text: String) throws {
    let node = try ConfigurationFile.parse(text, file: "page")
    let scenario = try ScenarioReader.read(node)
    #expect(ScenarioReader.warnings(scenario, node).count == 1)
  }
}
