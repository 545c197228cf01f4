import Testing
import WireFormats

@Suite("SIP identifiers")
struct SIPIdentifierTests {
  @Test("different numbers make different identifiers of one length")
  func distinct() {
    let branches = (0..<5000).map { SIPIdentifier.branch($0) }
    #expect(Set(branches).count == 5000)
    #expect(branches.allSatisfy { $0.hasPrefix("z9hG4bK") && $0.utf8.count == 23 })
    let tags = (0..<5000).map { SIPIdentifier.tag($0) }
    #expect(Set(tags).count == 5000)
    #expect(tags.allSatisfy { $0.utf8.count == 8 })
    #expect(Set((0..<5000).map { SIPIdentifier.call($0, host: "h") }).count == 5000)
  }

  @Test("the same number makes the same identifier, and roles differ")
  func stable() {
    #expect(SIPIdentifier.branch(1) == SIPIdentifier.branch(1))
    #expect("z9hG4bK" + SIPIdentifier.call(1, host: "") != SIPIdentifier.branch(1) + "@")
    #expect(SIPIdentifier.tag(1) == SIPIdentifier.tag(1))
    #expect(SIPIdentifier.call(1, host: "h").hasSuffix("@h"))
  }
}
