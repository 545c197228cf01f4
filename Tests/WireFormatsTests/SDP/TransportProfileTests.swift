import Testing
import WireFormats

@Suite("Transport of a media line")
struct TransportProfileTests {
  @Test(
    "profiles are told from their carrier",
    arguments: [
      ("RTP/AVP", .rtp(.avp)), ("RTP/AVPF", .rtp(.avpf)), ("RTP/SAVP", .rtp(.savp)),
      ("RTP/SAVPF", .rtp(.savpf)), ("UDP/TLS/RTP/SAVPF", .rtp(.savpf, carrier: "UDP/TLS/")),
      ("TCP/DTLS/RTP/SAVP", .rtp(.savp, carrier: "TCP/DTLS/")), ("TCP/MSRP", .other("TCP/MSRP")),
      ("RTP/AVFP", .other("RTP/AVFP")), ("SRTP/AVP", .other("SRTP/AVP")),
      ("rtp/avp", .other("rtp/avp")), ("UDP/DTLS/SCTP", .other("UDP/DTLS/SCTP")),
    ] as [(String, TransportProfile)])
  func names(name: String, profile: TransportProfile) {
    expect(profile, is: octets(name))
  }

  @Test("feedback and encryption are the profile's")
  func properties() {
    #expect(RTPProfile.allCases.filter(\.hasFeedback) == [.avpf, .savpf])
    #expect(RTPProfile.allCases.filter(\.isSecure) == [.savp, .savpf])
    #expect(TransportProfile.other("x").profile == nil)
  }

  @Test("a transport is one word")
  func malformed() {
    #expect(refusal(of: TransportProfile.self, [])?.kind == .badSyntax)
    #expect(refusal(of: TransportProfile.self, octets("RTP AVP"))?.kind == .badSyntax)
  }
}
