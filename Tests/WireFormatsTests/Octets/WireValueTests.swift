import Testing
import WireFormats

@Suite("Wire value")
struct WireValueTests {
  @Test("octets behind a value are refused where the value must fill them")
  func leftOver() {
    #expect(
      refusal(of: VP8PayloadHeader.self, hex("10 02 00 FF"))
        == WireError(
          "octets after the value", at: 3, .badLength(found: 1), expected: "none"))
  }

  @Test("a reader stands behind the value it read")
  func readerMovesOn() throws {
    let next = try withReader(over: hex("10 02 00 FF")) {
      (reader: inout ByteReader) throws(WireError) in
      _ = try VP8PayloadHeader(parsing: &reader)
      return try reader.read8("next")
    }
    #expect(next == 0xFF)
  }
}
