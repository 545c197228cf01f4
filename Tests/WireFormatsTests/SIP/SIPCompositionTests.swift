import Testing
import WireFormats

@Suite("SIP message composition")
struct SIPCompositionTests {
  /// A whole request but for what a test changes: nil takes a header away.
  private static func request(
    _ changes: [(name: String, value: String?)], uri: String = "sip:a@b", body: String = ""
  ) -> SIPMessage {
    var headers: [SIPMessage.Header] = [
      .init(name: "Via", value: "SIP/2.0/UDP h;branch=z9hG4bK1"),
      .init(name: "From", value: "<sip:c@d>;tag=1"), .init(name: "To", value: "sip:a@b"),
      .init(name: "Call-ID", value: "x"), .init(name: "CSeq", value: "1 INFO"),
    ]
    for change in changes {
      headers.removeAll { $0.isNamed(change.name) }
      if let value = change.value { headers.append(.init(name: change.name, value: value)) }
    }
    return SIPMessage(
      startLine: .request(method: "INFO", uri: uri), headers: headers, body: octets(body))
  }

  private func problem(_ message: SIPMessage) -> String? {
    do throws(WireError) {
      try message.checkComposition()
      return nil
    } catch {
      return error.field.description
    }
  }

  @Test("what we send is well composed")
  func good() {
    #expect(problem(Self.request([])) == nil)
    #expect(problem(SIPExamples.info) == nil)
    #expect(problem(.response(to: SIPExamples.info, .requestPending)) == nil)
    // Other schemes than sip may be asked for; that is no fault of the message.
    #expect(problem(Self.request([], uri: "tel:+15551234")) == nil)
    #expect(problem(Self.request([("Contact", "*")])) == nil)
  }

  @Test(
    "each header that a message must have, and how it must read",
    arguments: [
      ("Via", nil, "Via"), ("Via", "SIP/2.0/SCTP h", "Via"), ("From", nil, "From"),
      ("From", "<sip:c@d>", "From"), ("From", "<sip:c@d>;tag=", "From"),
      ("From", "<sip:c@d;tag=1", "From"), ("To", nil, "To"), ("To", "\"A <sip:a@b>", "To"),
      ("Call-ID", nil, "Call-ID"), ("Call-ID", "", "Call-ID"), ("CSeq", nil, "CSeq"),
      ("CSeq", "INFO", "CSeq"), ("CSeq", "1", "CSeq"), ("CSeq", "-1 INFO", "CSeq"),
      ("CSeq", "+1 INFO", "CSeq"), ("CSeq", "2147483648 INFO", "CSeq"),
      ("CSeq", "4294967296 INFO", "CSeq"), ("CSeq", "1 info", "CSeq"), ("CSeq", "1 BYE", "CSeq"),
      ("Max-Forwards", "256", "Max-Forwards"), ("Max-Forwards", "-1", "Max-Forwards"),
      ("Max-Forwards", "", "Max-Forwards"), ("Max-Forwards", "7 0", "Max-Forwards"),
      ("Route", "sip:a b", "Route"), ("Record-Route", "<sip:a>, <", "Record-Route"),
      ("Contact", "<sip:>", "Contact"),
    ] as [(String, String?, String)])
  func refuses(name: String, value: String?, field: String) {
    #expect(problem(Self.request([(name, value)])) == field)
  }

  @Test("a Request-URI has a scheme and no brackets; a body has its type; twice is too often")
  func others() {
    #expect(problem(Self.request([], uri: "<sip:a@b>")) == "SIP request URI")
    #expect(problem(Self.request([], uri: "a@b")) == "SIP request URI")
    #expect(problem(Self.request([], uri: "sip:a@b;")) == "SIP request URI")
    #expect(problem(Self.request([], body: "x")) == "Content-Type")
    #expect(problem(Self.request([("c", "text")], body: "x")) == "Content-Type")
    #expect(problem(Self.request([("c", "text/plain ;a=b")], body: "x")) == nil)
    let twice = Self.request([])
    for header in twice.headers where header.name != "Via" && header.name != "Content-Length" {
      let doubled = SIPMessage(startLine: twice.startLine, headers: twice.headers + [header])
      #expect(problem(doubled) == header.name)
    }
  }

  // What RFC 4475 is about: allowed, but seldom seen.
  @Test("a message with every liberty of the grammar is read")
  func liberties() throws {
    let message = try SIPMessage(
      octets: octets(
        """
        INFO sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0\r
        TO :\r
         sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n\r
        from   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>\r
          ;\r
          tag = 98asjd8\r
        MaX-fOrWaRdS: 0068\r
        Call-ID: intmeth.word%ZK-!.*_+'@word`~)(><:\\/"][?}{\r
        cseq: 0009\r
          INFO\r
        Via  : SIP  /   2.0\r
         /UDP\r
            192.0.2.2;branch=390skdjuw\r
        s :\r
        NewFangledHeader:   newfangled value\r
         continued newfangled value\r
        UnknownHeaderWithUnusualValue: ;;,,;;,;\r
        Route:\r
         <sip:services.example.com;lr;unknownwith=value;unknown-no-value>\r
        v:  SIP  / 2.0  / TCP     spindle.example.com   ;\r
          branch  =   z9hG4bK9ikj8  ,\r
         SIP  /    2.0   / UDP  192.168.255.111   ; branch=\r
         z9hG4bK30239\r
        m:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =\r
              newvalue ;\r
          secondparam ; q = 0.33\r
        l: 0\r
        \r

        """))
    #expect(problem(message) == nil)
    #expect(message.to?.tag == "1918181833n")
    #expect(message.from?.displayName == "J Rosenberg \\\"")
    #expect(message.maxForwards == 68)
    #expect(message.sequence?.number == 9)
    #expect(message.vias?.map(\.branch) == ["390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239"])
    #expect(message.routes?.first?.sipURI?.isLooseRouter == true)
    #expect(message.contact?.parameters.map(\.name) == ["newparam", "secondparam", "q"])
  }

  @Test("a datagram needs no Content-Length, may hold more than it says, and not less")
  func datagram() throws {
    func read(_ text: String) throws(WireError) -> SIPMessage {
      try withReader(over: octets(text)) { (reader: inout ByteReader) throws(WireError) in
        let message = try SIPMessage(datagram: &reader)
        #expect(reader.isAtEnd)
        return message
      }
    }
    #expect(try read("INFO sip:a SIP/2.0\r\n\r\nabc").body == octets("abc"))
    #expect(try read("INFO sip:a SIP/2.0\r\nl: 2\r\n\r\nabc").body == octets("ab"))
    #expect(try read("SIP/2.0 200 OK\r\n\r\n").body == [])
    #expect(throws: WireError.self) { try read("INFO sip:a SIP/2.0\r\nl: 4\r\n\r\nabc") }
    #expect(throws: WireError.self) { try read("INFO sip:a SIP/2.0\r\nl: 1\r\nl: 1\r\n\r\na") }
  }
}
