import Foundation
import Testing

@testable import Results

@Suite("Column dictionary in the documentation")
struct ColumnDocumentationTests {
  @Test("the documentation's page is the dictionary itself")
  func page() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/avpfsim/avpfsim.docc/Columns.md").standardized
    let text = try String(contentsOf: page, encoding: .utf8)
    #expect(text.hasSuffix(ColumnDictionary.markdown), "write it anew from `avpfsim columns`")
  }
}
