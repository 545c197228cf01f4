import Testing
import WireFormats

@Suite("SIP Via")
struct SIPViaTests {
  @Test("a Via names transport, sender and branch")
  func text() {
    let via = SIPVia(transport: .tls, sentBy: "192.0.2.1:5061", branch: "z9hG4bK7")
    #expect(via.text == "SIP/2.0/TLS 192.0.2.1:5061;rport;branch=z9hG4bK7")
    #expect(via.branch == "z9hG4bK7")
    #expect(SIPVia(via.text) == via)
  }

  @Test("the receiver's note fills rport and adds received, once")
  func received() {
    let via = SIPVia(transport: .tcp, sentBy: "a", branch: "b")
    let noted = via.received(from: "192.0.2.9", port: 4711)
    #expect(noted.text == "SIP/2.0/TCP a;rport=4711;branch=b;received=192.0.2.9")
    #expect(
      noted.received(from: "192.0.2.8", port: 1).text
        == "SIP/2.0/TCP a;rport=1;branch=b;received=192.0.2.8")
    #expect(
      SIPVia("SIP/2.0/TCP a;branch=b")?.received(from: "c", port: 1).text
        == "SIP/2.0/TCP a;branch=b;received=c")
  }

  @Test("blanks and case are tolerated where the grammar allows them")
  func tolerated() {
    #expect(SIPVia("SIP/2.0/tcp  a ; Branch = b ;lr")?.text == "SIP/2.0/TCP a;Branch=b;lr")
    #expect(SIPVia("SIP/2.0/UDP a ;Branch=b")?.branch == "b")
    #expect(SIPVia("SIP/2.0/UDP a")?.branch == nil)
  }

  @Test(
    "what is no Via is none",
    arguments: [
      "", ";", "SIP/2.0/TCP", "SIP/1.0/TCP a", "SIP/2.0/SCTP a", "HTTP/2.0/TCP a",
      "SIP/2.0/TCP a b", "SIP/2.0/TCP a;;b", "SIP/2.0/TCP a;=b",
      // A quote without its end would take in what a receiver adds.
      #"SIP/2.0/TCP a;x="b"#, #"SIP/2.0/TCP a;x="b;c\""#,
    ])
  func refuses(text: String) {
    #expect(SIPVia(text) == nil)
  }
}
