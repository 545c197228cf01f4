import Testing
import WireFormats

@Suite("Wire error")
struct WireErrorTests {
  @Test(
    "the text tells the place, what was found and what was expected",
    arguments: [
      (
        WireError("RTP header", at: 0, .truncated(needed: 12, available: 3)),
        "RTP header at octet 0: found 3 octets, expected 12"
      ),
      (
        WireError("RTP version", at: 0, .wrongVersion(found: 1), expected: "2"),
        "RTP version at octet 0: found version 1, expected 2"
      ),
      (
        WireError("packet type", at: 5, .wrongType(found: 99), expected: "200"),
        "packet type at octet 5: found type 99, expected 200"
      ),
      (
        WireError("length", at: 2, .badLength(found: 7), expected: "a multiple of 4"),
        "length at octet 2: found length 7, expected a multiple of 4"
      ),
      (
        WireError("PB", at: 12, .badValue(found: 40), expected: "0...31"),
        "PB at octet 12: found 40, expected 0...31"
      ),
      (
        WireError("Via", at: 40, .badSyntax, expected: "a protocol and a host"),
        "Via at octet 40: expected a protocol and a host"
      ),
    ])
  func text(error: WireError, text: String) {
    #expect(error.description == text)
  }

  @Test("errors differ by field, offset, kind and expectation")
  func equality() {
    let error = WireError("a", at: 1, .badSyntax, expected: "b")
    #expect(error == WireError("a", at: 1, .badSyntax, expected: "b"))
    #expect(error != WireError("c", at: 1, .badSyntax, expected: "b"))
    #expect(error != WireError("a", at: 2, .badSyntax, expected: "b"))
    #expect(error != WireError("a", at: 1, .badValue(found: 0), expected: "b"))
    #expect(error != WireError("a", at: 1, .badSyntax, expected: "d"))
  }
}
