import Testing
import WireFormats

@Suite("a=rtpmap and a=fmtp")
struct RTPMapTests {
  @Test("maps stand for their text")
  func texts() {
    expect(
      RTPMap(payloadType: 96, encodingName: "VP8", clockRate: 90_000), is: octets("96 VP8/90000"))
    expect(
      RTPMap(payloadType: 111, encodingName: "opus", clockRate: 48_000, parameters: "2"),
      is: octets("111 opus/48000/2"))
    expect(
      FormatParameters(format: "96", parameters: "max-fr=30; x"), is: octets("96 max-fr=30; x"))
    expect(FormatParameters(format: "96", parameters: ""), is: octets("96"))
  }

  @Test(
    "VP8 is told by name, in any case, and by clock",
    arguments: [
      ("96 VP8/90000", true), ("0 vp8/90000", true), ("96 Vp8/90000/1", true),
      ("96 VP8/48000", false), ("96 VP9/90000", false), ("96 VP80/90000", false),
    ])
  func vp8(text: String, isVP8: Bool) throws {
    #expect(try RTPMap(octets: octets(text)).isVP8 == isVP8)
  }

  @Test(
    "a retransmission format is told by name and clock, and of what by apt",
    arguments: [
      ("97 rtx/90000", true), ("97 RTX/90000", true), ("97 rtx/8000", false),
      ("97 red/90000", false),
    ])
  func retransmission(text: String, isRetransmission: Bool) throws {
    #expect(try RTPMap(octets: octets(text)).isVideoRetransmission == isRetransmission)
  }

  @Test(
    "apt is a payload type among the parameters",
    arguments: [
      ("97 apt=96", 96), ("97 rtx-time=3000; APT = 127", 127), ("97 apt=128", nil),
      ("97 apt=", nil), ("97 apt=+96", nil), ("97 apt", nil), ("97 xapt=96", nil),
      ("97 apt=x", nil),
      ("97", nil),
    ] as [(String, UInt8?)])
  func associated(text: String, payloadType: UInt8?) throws {
    #expect(try FormatParameters(octets: octets(text)).associatedPayloadType == payloadType)
  }

  @Test(
    "malformed maps are refused where they err",
    arguments: [
      ("", "rtpmap payload type", 0, .badSyntax),
      ("300 VP8/90000", "rtpmap payload type", 0, .badValue(found: 300)),
      ("96VP8/90000", "rtpmap", 2, .badSyntax), ("96 VP8", "rtpmap encoding name", 3, .badSyntax),
      ("96 /90000", "rtpmap encoding name", 3, .badSyntax),
      ("96 VP8/", "rtpmap clock rate", 7, .badSyntax),
      ("96 VP8/0", "rtpmap clock rate", 7, .badValue(found: 0)),
      ("96 VP8/99999999999999999999", "rtpmap clock rate", 7, .badValue(found: .max)),
      ("96 VP8/90000 x", "rtpmap", 13, .badSyntax), ("96 VP8/90 000", "rtpmap", 10, .badSyntax),
    ] as [(String, String, Int, WireError.Kind)])
  func malformed(text: String, field: String, offset: Int, kind: WireError.Kind) throws {
    let error = try #require(refusal(of: RTPMap.self, octets(text)))
    #expect(error.field.description == field && error.offset == offset && error.kind == kind)
  }

  @Test("a format's parameters need a format")
  func noFormat() {
    #expect(refusal(of: FormatParameters.self, octets(" x"))?.field.description == "fmtp format")
  }
}
