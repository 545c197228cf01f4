import Testing
import WireFormats

@Suite("SIP address")
struct SIPAddressTests {
  @Test("parameters belong to the URI within brackets and to the header without them")
  func parameters() throws {
    let inside = try #require(SIPAddress("<sip:a@b;lr;tag=x?h=1>;tag=y"))
    #expect(inside.uri == "sip:a@b;lr;tag=x?h=1")
    #expect(inside.tag == "y")
    #expect(inside.sipURI?.isLooseRouter == true)
    let bare = try #require(SIPAddress("sip:a@b ;lr; Tag = y"))
    #expect(bare.uri == "sip:a@b")
    #expect(bare.tag == "y")
    #expect(bare.text == "<sip:a@b>;lr;Tag=y")
  }

  @Test(
    "display names are tokens or quoted, and survive being written",
    arguments: [
      ("A. G. Bell <sip:a@b>", "A. G. Bell", "\"A. G. Bell\" <sip:a@b>"),
      ("\"J \\\"R\\\\\\\", <;\"<sip:a@b>", "J \"R\\\", <;", "\"J \\\"R\\\\\\\", <;\" <sip:a@b>"),
      ("\"\u{E9}\" <tel:+1;x=y>;tag=1", "\u{E9}", "\"\u{E9}\" <tel:+1;x=y>;tag=1"),
      ("\"\"<sip:b>;a=\"q;r,=>\"", "", "<sip:b>;a=\"q;r,=>\""),
    ])
  func displayName(text: String, name: String, written: String) {
    let address = SIPAddress(text)
    #expect(address?.displayName == name)
    #expect(address?.text == written)
    #expect(SIPAddress(written) == address)
  }

  @Test(
    "malformed addresses are refused",
    arguments: [
      "", "<>", "<sip:a", "sip:a>", "\"A <sip:a>", "\"A\" sip:a", "\"A\"", "A, B <sip:a>",
      "<sip:a> x", "<sip:a>;", "<sip:a>;;t", "<sip:a>;=1", "<sip:a b>", "a@b", "<a@b>",
      "sip:a?b=c", "sip:a,b", "<<sip:a>>", "<1ip:a>", "<tel:>", "\u{E9} <sip:a>",
    ])
  func refuses(text: String) {
    #expect(SIPAddress(text) == nil)
  }
}
