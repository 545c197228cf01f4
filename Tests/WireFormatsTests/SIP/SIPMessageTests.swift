import Testing
import WireFormats

@Suite("SIP message")
struct SIPMessageTests {
  @Test("a response is as RFC 3261 section 7 writes it")
  func vector() {
    expect(
      SIPMessage(
        startLine: .response(status: 200, reason: "OK"),
        headers: [.init(name: "Via", value: "SIP/2.0/TCP a;branch=z9hG4bK1")],
        body: octets("hi")),
      is: octets(
        "SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP a;branch=z9hG4bK1\r\nContent-Length: 2\r\n\r\nhi"))
  }

  @Test("Content-Length is set from the body, in its place")
  func contentLength() {
    let message = SIPMessage(
      startLine: .request(method: "INFO", uri: "sip:a"),
      headers: [.init(name: "l", value: "99"), .init(name: "To", value: "b")], body: [1, 2, 3])
    #expect(
      message.headers == [.init(name: "l", value: "3"), .init(name: "To", value: "b")])
  }

  @Test("compact names, folds, blanks and lists are understood")
  func foreign() throws {
    let message = try SIPMessage(octets: SIPExamples.foreign)
    #expect(message.method == "INFO")
    #expect(message.status == nil)
    #expect(message.callIdentifier == "1@y")
    #expect(message.value(of: "from") == nil)
    #expect(message.value(of: SIPHeaderName.from) == "\"A, B\" <sip:x@y>;tag=1")
    #expect(message.value(of: "SUBJECT") == "one two three")
    #expect(message.sequence?.number == 3)
    #expect(message.sequence?.method == "INFO")
    #expect(message.body == octets("abc"))
    #expect(
      message.elements(of: SIPHeaderName.via) == [
        "SIP/2.0/TCP p2:5060;branch=z9hG4bK2", "SIP/2.0/TCP \"p,1\":5060;branch=z9hG4bK1",
        "SIP/2.0/UDP ua;branch=z9hG4bK0",
      ])
    #expect(message.elements(of: SIPHeaderName.from).count == 1)
    #expect(message.topVia?.branch == "z9hG4bK2")
    // Written anew, it is the same message.
    #expect(try SIPMessage(octets: message.octets()) == message)
  }

  @Test("an empty reason phrase and an empty header value are allowed")
  func emptyTexts() throws {
    let message = try SIPMessage(octets: octets("SIP/2.0 299 \r\nSubject:\r\nl:0\r\n\r\n"))
    #expect(message.startLine == .response(status: 299, reason: ""))
    #expect(message.value(of: "Subject") == "")
  }

  @Test(
    "malformed messages are refused, the field named",
    arguments: [
      ("", "SIP start line"),
      ("INFO sip:a SIP/2.0", "SIP start line"),
      ("\r\n\r\n", "SIP start line"),
      (" sip:a SIP/2.0\r\nl: 0\r\n\r\n", "SIP start line"),
      ("IN\u{E9}FO sip:a SIP/2.0\r\nl: 0\r\n\r\n", "SIP start line"),
      ("INFO  SIP/2.0\r\nl: 0\r\n\r\n", "SIP request URI"),
      ("INFO sip:a b SIP/2.0\r\nl: 0\r\n\r\n", "SIP version"),
      ("INFO sip:a SIP/3.0\r\nl: 0\r\n\r\n", "SIP version"),
      ("INFO sip:a SIP/2.0 \r\nl: 0\r\n\r\n", "SIP version"),
      ("INFO sip:a\r\nl: 0\r\n\r\n", "SIP version"),
      ("SIP/2.0 99 Low\r\nl: 0\r\n\r\n", "SIP status"),
      ("SIP/2.0 700 High\r\nl: 0\r\n\r\n", "SIP status"),
      ("SIP/2.0 OK\r\nl: 0\r\n\r\n", "SIP status"),
      ("SIP/2.0 99999999999999999999 Large\r\nl: 0\r\n\r\n", "SIP status"),
      ("SIP/2.0 200\r\nl: 0\r\n\r\n", "SIP reason phrase"),
      ("SIP/2.0 200 O\u{1}K\r\nl: 0\r\n\r\n", "SIP reason phrase"),
      ("INFO sip:a SIP/2.0\r\n", "SIP header"),
      ("INFO sip:a SIP/2.0\r\nl: 0\r\n", "SIP header"),
      ("INFO sip:a SIP/2.0\r\n folded\r\nl: 0\r\n\r\n", "SIP header"),
      ("INFO sip:a SIP/2.0\r\nno colon\r\nl: 0\r\n\r\n", "SIP header"),
      ("INFO sip:a SIP/2.0\r\n: no name\r\nl: 0\r\n\r\n", "SIP header"),
      ("INFO sip:a SIP/2.0\r\nTo: a\nl: 0\r\n\r\n", "SIP header value"),
      ("INFO sip:a SIP/2.0\r\nTo: a\rb\r\nl: 0\r\n\r\n", "SIP header value"),
      ("INFO sip:a SIP/2.0\r\n\r\n", "Content-Length"),
      ("INFO sip:a SIP/2.0\r\nl:\r\n\r\n", "Content-Length"),
      ("INFO sip:a SIP/2.0\r\nl: -1\r\n\r\n", "Content-Length"),
      ("INFO sip:a SIP/2.0\r\nl: 1a\r\n\r\n", "Content-Length"),
      ("INFO sip:a SIP/2.0\r\nl: 0\r\nContent-Length: 0\r\n\r\n", "Content-Length"),
      ("INFO sip:a SIP/2.0\r\nl: 1048577\r\n\r\n", "Content-Length"),
      ("INFO sip:a SIP/2.0\r\nl: 99999999999999999999\r\n\r\n", "Content-Length"),
      ("INFO sip:a SIP/2.0\r\nl: 2\r\n\r\na", "SIP body"),
      ("INFO sip:a SIP/2.0\r\nl: 0\r\n\r\na", "octets after the value"),
    ])
  func refuses(text: String, field: String) {
    #expect(refusal(of: SIPMessage.self, octets(text))?.field.description == field)
  }

  @Test("octets that are no UTF-8 are refused")
  func notUTF8() {
    let error = refusal(
      of: SIPMessage.self,
      octets("INFO sip:a SIP/2.0\r\nTo: ") + [0xC3] + octets("\r\nl: 0\r\n\r\n"))
    #expect(
      error
        == WireError("SIP header value", at: 23, .badSyntax, expected: "UTF-8 text"))
  }

  @Test("a start line without end is given up")
  func endless() {
    #expect(
      refusal(of: SIPMessage.self, [UInt8](repeating: 0x41, count: 70_000))?.kind
        == .badLength(found: 65_536))
  }

  @Test("any message survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 20)
    let letters = Array("abcXYZ019-.!%*_+`'~")
    func token() -> String {
      String((0...random.below(8)).map { _ in letters[random.below(letters.count)] })
    }
    func value() -> String {
      let parts = (0...random.below(3)).map { _ in token() + (random.flag() ? ";\u{E9}\t:x" : "") }
      return parts.joined(separator: ", ")
    }
    for _ in 0..<300 {
      let headers = (0..<random.below(8)).map { _ in
        SIPMessage.Header(name: "x" + token(), value: value())
      }
      expectRoundTrip(
        SIPMessage(
          startLine: random.flag()
            ? .request(method: token(), uri: "sip:" + token())
            : .response(status: 100 + random.below(600), reason: random.flag() ? "" : value()),
          headers: headers, body: random.octets(random.below(40))))
    }
  }
}
