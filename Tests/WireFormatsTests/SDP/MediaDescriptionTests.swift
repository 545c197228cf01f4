import Testing
import WireFormats

@Suite("Media descriptions")
struct MediaDescriptionTests {
  private func media(_ text: String) throws -> MediaDescription {
    try MediaDescription(octets: octets(text))
  }

  @Test("a media line and what stands under it keep their text")
  func text() {
    expect(
      MediaDescription(
        media: "video", port: 5_004, portCount: 2, transport: .rtp(.avpf), formats: ["96", "97"],
        lines: [.other(type: UInt8(ascii: "c"), value: "IN IP4 192.0.2.1"), .rtcpReducedSize]),
      is: octets(
        "m=video 5004/2 RTP/AVPF 96 97\r\nc=IN IP4 192.0.2.1\r\na=rtcp-rsize\r\n"))
    expect(
      MediaDescription(
        media: "application", port: 9, transport: .other("UDP/DTLS/SCTP"),
        formats: ["webrtc-datachannel"]),
      is: octets("m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"))
  }

  @Test("VP8 is found by rtpmap, in the order of preference")
  func payloadType() throws {
    let maps = "a=rtpmap:97 vp8/90000\na=rtpmap:98 VP8/90000\na=rtpmap:96 H264/90000\n"
    #expect(try media("m=video 1 RTP/AVP 96 98 97\n" + maps).vp8PayloadType == 98)
    // A map of a number that the media line does not list counts for nothing.
    #expect(try media("m=video 1 RTP/AVP 96\n" + maps).vp8PayloadType == nil)
    #expect(try media("m=video 1 RTP/AVP 97\n").vp8PayloadType == nil)
  }

  @Test("feedback is a payload type's own and the wildcard's")
  func feedback() throws {
    let video = try media(
      "m=video 1 RTP/AVPF 96 97\na=rtcp-fb:97 nack\na=rtcp-fb:* ccm fir\na=rtcp-fb:96 nack pli\n")
    #expect(video.feedback(for: 96) == [.fullIntraRequest, .pictureLossIndication])
    #expect(video.feedback(for: 97) == [.genericNegativeAcknowledgement, .fullIntraRequest])
  }

  @Test("retransmissions are found by rtpmap and apt, among the line's payload types")
  func retransmission() throws {
    let maps = "a=rtpmap:96 VP8/90000\na=rtpmap:97 rtx/90000\na=rtpmap:99 rtx/90000\n"
    let formats = "a=fmtp:97 apt=98\na=fmtp:99 apt=96\n"
    let video = try media("m=video 1 RTP/AVPF 96 97 98 99\n" + maps + formats)
    #expect(video.retransmissionPayloadType(of: 96) == 99)
    #expect(video.retransmissionPayloadType(of: 98) == 97)
    #expect(video.retransmissionPayloadType(of: 97) == nil)
    let unlisted = try media("m=video 1 RTP/AVPF 96 97 98\n" + maps + formats)
    #expect(unlisted.retransmissionPayloadType(of: 96) == nil)
    #expect(
      try media("m=video 1 RTP/AVPF 96 99\n" + maps).retransmissionPayloadType(of: 96) == nil)
  }

  @Test("port 0 rejects, but not where the line shares another's port")
  func rejection() throws {
    #expect(try media("m=video 0 RTP/AVPF 96\n").isRejected)
    #expect(try !media("m=video 0 RTP/AVPF 96\na=bundle-only\n").isRejected)
    #expect(try !media("m=video 9 RTP/AVPF 96\n").isRejected)
  }

  @Test(
    "malformed media lines are refused where they err",
    arguments: [
      ("m=video", "media", 7, .badSyntax), ("m= 5004 RTP/AVP 96", "media", 2, .badSyntax),
      ("m=video x RTP/AVP 96", "media port", 8, .badSyntax),
      ("m=video 65536 RTP/AVP 96", "media port", 8, .badValue(found: 65_536)),
      ("m=video 5/0 RTP/AVP 96", "number of ports", 10, .badValue(found: 0)),
      ("m=video 5", "media port", 9, .badSyntax),
      ("m=video 5 RTP/AVP", "transport", 17, .badSyntax),
      ("m=video 5 RTP/AVFP 96", "transport of m=video", 10, .badSyntax),
      ("m=video 5 RTP/AVP ", "media format", 18, .badSyntax),
      ("m=video 5 RTP/AVP VP8", "payload type of the media line", 18, .badSyntax),
      ("m=video 5 RTP/AVP 128", "payload type of the media line", 18, .badValue(found: 128)),
      ("m=video 5 RTP/AVP 96,97", "media format", 20, .badSyntax),
      ("m=audio 5 RTP/AVP 0\nx", "SDP line", 20, .badSyntax), ("v=0", "media line", 0, .badSyntax),
    ] as [(String, String, Int, WireError.Kind)])
  func malformed(text: String, field: String, offset: Int, kind: WireError.Kind) throws {
    let error = try #require(refusal(of: MediaDescription.self, octets(text)))
    #expect(error.field.description == field && error.offset == offset && error.kind == kind)
  }
}
