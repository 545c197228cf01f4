import Configuration
import Testing

@testable import Campaigns

@Suite("Kinds of files")
struct FileKindTests {
  private func refusal(_ kind: FileKind, _ text: String) throws -> String? {
    let node = try ConfigurationFile.parse(text, file: "f.yaml")
    do {
      try kind.check(node)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("each example is of its own kind, and refused by name where another is expected")
  func examples() throws {
    let texts: [(FileKind, Example, String)] = [
      (.scenario, .scenario, "avpfsim run"), (.plan, .plan, "avpfsim suite"),
      (.settings, .settings, "avpfsim validate"),
    ]
    for (kind, example, command) in texts {
      for other in FileKind.allCases {
        let refusal = try refusal(other, example.text)
        if other == kind {
          #expect(refusal == nil)
        } else {
          #expect(refusal?.contains(command) == true)
        }
      }
    }
  }

  @Test("a file that says nothing of its kind, or has a key too many, is left to its reader")
  func undecided() throws {
    #expect(try refusal(.plan, "name: x\n") == nil)
    #expect(try refusal(.scenario, "mechanism: pli\ngates: []\n") == nil)
    #expect(try refusal(.scenario, "- 1\n") == nil)
  }
}
