import Testing
import WireFormats

@Suite("a=rtcp-fb")
struct RTCPFeedbackAttributeTests {
  @Test(
    "each kind of feedback stands for its text",
    arguments: [
      ("96 nack", 96, .genericNegativeAcknowledgement), ("96 nack pli", 96, .pictureLossIndication),
      ("0 nack sli", 0, .sliceLossIndication),
      ("127 nack rpsi", 127, .referencePictureSelectionNegative),
      ("96 ack rpsi", 96, .referencePictureSelectionPositive),
      ("* ccm fir", nil, .fullIntraRequest),
      ("* trr-int 5000", nil, .regularReportInterval(milliseconds: 5_000)),
      ("96 trr-int 4294967295", 96, .regularReportInterval(milliseconds: 4_294_967_295)),
      ("96 goog-remb", 96, .other("goog-remb")), ("96 ack", 96, .other("ack")),
      ("* ccm tmmbr smaxpr=120", nil, .other("ccm tmmbr smaxpr=120")),
      ("96 nack pli x", 96, .other("nack pli x")),
      // RFC 4585 section 4.2: types and parameters are case-sensitive.
      ("96 NACK PLI", 96, .other("NACK PLI")), ("96 trr-integer 5", 96, .other("trr-integer 5")),
    ] as [(String, UInt8?, RTCPFeedback)])
  func kinds(text: String, payloadType: UInt8?, feedback: RTCPFeedback) {
    expect(RTCPFeedbackAttribute(payloadType: payloadType, feedback: feedback), is: octets(text))
  }

  @Test("blanks more than one, or at the end, change nothing")
  func blanks() throws {
    let plain = try RTCPFeedbackAttribute(octets: octets("96 nack pli"))
    #expect(try RTCPFeedbackAttribute(octets: octets("96   nack pli  ")) == plain)
    let interval = try RTCPFeedbackAttribute(octets: octets("*  trr-int  7 "))
    #expect(interval.feedback == .regularReportInterval(milliseconds: 7))
  }

  @Test(
    "what does not follow the grammar is refused where it stands",
    arguments: [
      ("", "rtcp-fb payload type", 0, .badSyntax),
      ("128 nack", "rtcp-fb payload type", 0, .badValue(found: 128)),
      ("-1 nack", "rtcp-fb payload type", 0, .badSyntax), ("96", "rtcp-fb", 2, .badSyntax),
      ("96nack", "rtcp-fb", 2, .badSyntax), ("** nack", "rtcp-fb", 1, .badSyntax),
      ("96 ", "rtcp-fb type", 3, .badSyntax), ("96 nack,pli", "rtcp-fb type", 3, .badSyntax),
      ("96 trr-int", "trr-int", 10, .badSyntax), ("96 trr-int x", "trr-int", 11, .badSyntax),
      ("96 trr-int 5s", "trr-int", 12, .badSyntax), ("96 trr-int -5", "trr-int", 11, .badSyntax),
      ("96 trr-int 4294967296", "trr-int", 11, .badValue(found: 4_294_967_296)),
      ("96 nack \u{1}", "rtcp-fb value", 8, .badValue(found: 1)),
    ] as [(String, String, Int, WireError.Kind)])
  func malformed(text: String, field: String, offset: Int, kind: WireError.Kind) throws {
    let error = try #require(refusal(of: RTCPFeedbackAttribute.self, octets(text)))
    #expect(error.field.description == field && error.offset == offset && error.kind == kind)
  }
}
