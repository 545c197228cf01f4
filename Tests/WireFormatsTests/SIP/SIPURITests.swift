import Testing
import WireFormats

@Suite("SIP URI")
struct SIPURITests {
  @Test("a URI is taken apart as RFC 3261 section 19.1.1 says")
  func parts() throws {
    let uri = try #require(
      SIPURI("sips:alice;day=tuesday?:pw%20x@[2001:db8::9:1]:5070;maddr=192.0.2.1;LR?subject=a@"))
    #expect(uri.isSecure)
    #expect(uri.user == "alice;day=tuesday?:pw%20x")
    #expect(uri.host == "[2001:db8::9:1]")
    #expect(uri.port == 5070)
    #expect(uri.parameters == [.init(name: "maddr", value: "192.0.2.1"), .init(name: "LR")])
    #expect(uri.headers == "subject=a@")
    #expect(uri.isLooseRouter)
  }

  @Test(
    "what is read is written the same",
    arguments: [
      "sip:a", "sip:a.b-c:1", "sips:u@h", "sip:u:p@192.0.2.4:65535;transport=udp;lr",
      "sip:[::1]", "sip:+1-2;phone-context=x@h;user=phone?to=b&c=d",
    ])
  func roundTrip(text: String) {
    #expect(SIPURI(text)?.text == text)
  }

  @Test(
    "malformed URIs and other schemes are refused",
    arguments: [
      "", "sip", "sip:", "tel:+1", "sip:@h", "sip:u@", "sip:u@v@h", "sip:h:", "sip:h:0",
      "sip:h:65536", "sip:h:x", "sip:h:000080", "sip:h h", "sip:<h>", "sip:h\u{7F}", "sip:\u{E9}",
      "sip:[::1", "sip:[]", "sip:[::1]x", "sip:[g]", "sip:h;", "sip:h;;a", "sip:h;=b",
      "sip:u%2@h", "sip:u%zz@h", "sip:h_1", "sip:\"u\"@h",
    ])
  func refuses(text: String) {
    #expect(SIPURI(text) == nil)
  }
}
