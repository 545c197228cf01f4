import Testing
import WireFormats

@Suite("Lines of a session description")
struct SDPLineTests {
  @Test(
    "each line stands for its text",
    arguments: [
      (
        "a=rtpmap:96 VP8/90000",
        .rtpMap(RTPMap(payloadType: 96, encodingName: "VP8", clockRate: 90_000))
      ),
      (
        "a=fmtp:96 max-fr=30",
        .formatParameters(FormatParameters(format: "96", parameters: "max-fr=30"))
      ),
      (
        "a=rtcp-fb:* nack pli",
        .rtcpFeedback(RTCPFeedbackAttribute(payloadType: nil, feedback: .pictureLossIndication))
      ),
      ("a=rtcp-rsize", .rtcpReducedSize), ("a=sendrecv", .direction(.sendReceive)),
      ("a=sendonly", .direction(.sendOnly)), ("a=recvonly", .direction(.receiveOnly)),
      ("a=inactive", .direction(.inactive)),
      ("a=rtcp-mux", .attribute(name: "rtcp-mux", value: nil)),
      ("a=mid:", .attribute(name: "mid", value: "")),
      (
        "a=candidate:1 1 UDP 1 192.0.2.1 9 typ host",
        .attribute(name: "candidate", value: "1 1 UDP 1 192.0.2.1 9 typ host")
      ),
      ("b=AS:300", .other(type: UInt8(ascii: "b"), value: "AS:300")),
      ("s= ", .other(type: UInt8(ascii: "s"), value: " ")),
      ("i=Gr\u{FC}\u{DF}e", .other(type: UInt8(ascii: "i"), value: "Gr\u{FC}\u{DF}e")),
    ] as [(String, SDPLine)])
  func texts(text: String, line: SDPLine) {
    expect(line, is: octets(text))
  }

  @Test("directions say who sends and who receives")
  func directions() {
    for direction in MediaDirection.allCases {
      #expect(MediaDirection(sends: direction.sends, receives: direction.receives) == direction)
    }
    #expect(MediaDirection.sendOnly.sends && !MediaDirection.sendOnly.receives)
  }

  @Test(
    "what is no line is refused",
    arguments: [
      "", "a", "A=x", "=x", "a =x", "1=x", "a=", "a=:x", "a=na me", "b=\u{0}", "a=x:\u{7F}",
    ])
  func malformed(text: String) {
    #expect(refusal(of: SDPLine.self, octets(text)) != nil)
  }
}
