import Testing
import WireFormats

@Suite("SIP requests, responses and proxies")
struct SIPRequestsTests {
  private let info = SIPExamples.info
  private let proxy = SIPVia(
    transport: .tls, sentBy: "192.0.2.101:5061", branch: SIPIdentifier.branch(50))

  @Test("the INFO asks for a picture, with a real one's headers and size")
  func infoRequest() throws {
    let text = String(decoding: info.octets(), as: UTF8.self)
    #expect(
      text == """
        INFO sip:sender@192.0.2.20:5061;transport=tls SIP/2.0\r
        Via: SIP/2.0/TLS 192.0.2.10:5061;rport;branch=\(SIPIdentifier.branch(1))\r
        Max-Forwards: 70\r
        From: <sip:receiver@example.com>;tag=\(SIPIdentifier.tag(14))\r
        To: <sip:sender@example.com>;tag=\(SIPIdentifier.tag(15))\r
        Call-ID: \(SIPIdentifier.call(7, host: "192.0.2.10"))\r
        CSeq: 2 INFO\r
        User-Agent: avpfsim\r
        Content-Type: application/media_control+xml\r
        Content-Length: \(MediaControl().serializedByteCount)\r
        \r

        """ + String(decoding: MediaControl().octets(), as: UTF8.self))
    #expect(info.isPictureFastUpdate)
    #expect(try SIPMessage(octets: info.octets()) == info)
    // A real one measured 529 octets.
    #expect((515...545).contains(info.serializedByteCount))
  }

  @Test("every proxy of the route set adds a Route")
  func routeSet() {
    let uri = "sip:192.0.2.101:5061;transport=tls;lr"
    let routed = SIPMessage.infoRequest(
      dialog: .numbered(7, transport: .tls, routeSet: [uri, "sip:p2;lr"]), cseq: 2,
      branch: SIPIdentifier.branch(1), transport: .tls)
    #expect(routed.elements(of: SIPHeaderName.route) == ["<\(uri)>", "<sip:p2;lr>"])
    #expect(
      routed.removingTopRoute()?.elements(of: SIPHeaderName.route) == ["<sip:p2;lr>"])
    #expect(routed.removingTopRoute()?.removingTopRoute() == info)
    #expect(info.removingTopRoute() == nil)
    #expect(
      routed.serializedByteCount
        == info.serializedByteCount + "Route: <\(uri)>\r\nRoute: <sip:p2;lr>\r\n".utf8.count)
  }

  @Test("only an INFO with the right body asks for a picture")
  func notPictureFastUpdate() {
    func message(_ method: String, _ type: String, _ body: [UInt8]) -> SIPMessage {
      SIPMessage(
        startLine: .request(method: method, uri: "sip:a"),
        headers: [.init(name: "Content-Type", value: type)], body: body)
    }
    let body = MediaControl().octets()
    #expect(
      message("INFO", "Application/Media_Control+XML ;charset=utf-8", body).isPictureFastUpdate)
    #expect(!message("MESSAGE", MediaControl.contentType, body).isPictureFastUpdate)
    #expect(!message("INFO", "application/dtmf-relay", body).isPictureFastUpdate)
    #expect(!message("INFO", MediaControl.contentType, octets("Signal=5")).isPictureFastUpdate)
    #expect(!SIPMessage.response(to: info, .ok).isPictureFastUpdate)
  }

  @Test(
    "a response takes over what ties it to its request",
    arguments: [
      (SIPStatus.ok, "SIP/2.0 200 OK"),
      (.callDoesNotExist, "SIP/2.0 481 Call/Transaction Does Not Exist"),
      (.requestPending, "SIP/2.0 491 Request Pending"),
    ])
  func response(status: SIPStatus, line: String) throws {
    let request = info.addingVia(proxy)
    let response = SIPMessage.response(to: request, status)
    let text = String(decoding: response.octets(), as: UTF8.self)
    #expect(
      text == """
        \(line)\r
        Via: \(proxy.text)\r
        Via: SIP/2.0/TLS 192.0.2.10:5061;rport;branch=\(SIPIdentifier.branch(1))\r
        From: <sip:receiver@example.com>;tag=\(SIPIdentifier.tag(14))\r
        To: <sip:sender@example.com>;tag=\(SIPIdentifier.tag(15))\r
        Call-ID: \(SIPIdentifier.call(7, host: "192.0.2.10"))\r
        CSeq: 2 INFO\r
        Content-Length: 0\r
        \r

        """)
    #expect(response.status == status.rawValue)
    #expect(response.sequence?.number == 2)
  }

  @Test("a proxy's Via goes on top going there, and off coming back")
  func vias() {
    let there = info.addingVia(proxy)
    #expect(there.topVia == proxy)
    #expect(there.elements(of: SIPHeaderName.via).count == 2)
    // What a hop adds, by the protocol facts.
    #expect((60...110).contains(there.serializedByteCount - info.serializedByteCount))
    #expect(there.removingTopVia() == info)
    let back = SIPMessage.response(to: there, .ok)
    #expect(back.removingTopVia() == SIPMessage.response(to: info, .ok))
    #expect(back.removingTopVia()?.removingTopVia()?.removingTopVia() == nil)
  }

  @Test("of a list of Vias only the first is taken off")
  func viaList() throws {
    let message = try SIPMessage(octets: SIPExamples.foreign)
    let once = try #require(message.removingTopVia())
    #expect(once.topVia?.sentBy == "\"p,1\":5060")
    let twice = try #require(once.removingTopVia())
    #expect(twice.topVia?.branch == "z9hG4bK0")
    #expect(twice.headers.count == message.headers.count - 1)
  }

  @Test("a noted Via replaces the one on top")
  func replacing() throws {
    let noted = try #require(info.topVia).received(from: "198.51.100.1", port: 40_000)
    let message = try #require(info.replacingTopVia(noted))
    #expect(message.topVia == noted)
    #expect(message.elements(of: SIPHeaderName.via).count == 1)
    #expect(message.headers.map(\.name) == info.headers.map(\.name))
  }

  @Test("Max-Forwards goes down to zero and no further")
  func maxForwards() throws {
    var message = info
    for left in (0..<70).reversed() {
      message = try #require(message.decrementingMaxForwards())
      #expect(message.value(of: SIPHeaderName.maxForwards) == String(left))
    }
    #expect(message.decrementingMaxForwards() == nil)
    let bare = SIPMessage(startLine: .request(method: "INFO", uri: "sip:a"), headers: [])
    #expect(bare.decrementingMaxForwards()?.value(of: SIPHeaderName.maxForwards) == "70")
  }

  @Test("Record-Route grows from the top, below the Vias")
  func recordRoute() {
    let message = info.addingRecordRoute("sip:p1;lr").addingRecordRoute("sip:p2;lr")
    #expect(message.elements(of: SIPHeaderName.recordRoute) == ["<sip:p2;lr>", "<sip:p1;lr>"])
    #expect(message.headers[0].name == "Via")
    #expect(message.headers[1].name == "Record-Route")
  }
}
