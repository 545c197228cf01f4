import Foundation
import Testing

@testable import Campaigns

@Suite("Documentation of tuning")
struct TuningKeyDocumentationTests {
  @Test("the page has every short name with its key")
  func table() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Sources/avpfsim/avpfsim.docc/Tune.md").standardized
    let text = try String(contentsOf: page, encoding: .utf8)
    for key in TuningKey.all {
      #expect(text.contains("\n| `\(key.name)` | `\(key.key)` | "), "\(key.name)")
    }
    #expect(text.split(separator: "\n").count { $0.hasPrefix("| `") } == TuningKey.all.count)
  }
}
