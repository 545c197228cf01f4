import Testing
import WireFormats

@Suite("SIP proxy")
struct SIPProxyTests {
  private let proxy = SIPProxy(host: "198.51.100.7:5061", transport: .tls)

  private func request(
    _ headers: [(String, String)] = [], method: String = "INVITE"
  ) -> SIPMessage {
    SIPMessage(
      startLine: .request(method: method, uri: "sip:callee@192.0.2.20"),
      headers: [
        .init(name: "Via", value: "SIP/2.0/TLS 192.0.2.10:5061;branch=z9hG4bK1"),
        .init(name: "To", value: "<sip:callee@example.com>"),
      ] + headers.map { .init(name: $0.0, value: $0.1) })
  }

  private func forwarded(_ request: SIPMessage) -> SIPMessage? {
    guard case .forwarded(let message) = proxy.forward(request, branch: "z9hG4bK2") else {
      return nil
    }
    return message
  }

  @Test("an INVITE grows at each hop by a Via and a Record-Route, to the octet")
  func growth() throws {
    var message = request([("Max-Forwards", "70")])
    let via = "Via: SIP/2.0/TLS 198.51.100.7:5061;rport;branch=z9hG4bK2\r\n"
    let route = "Record-Route: <sip:198.51.100.7:5061;transport=tls;lr>\r\n"
    for hop in 1...8 {
      let before = message.serializedByteCount
      message = try #require(forwarded(message))
      #expect(message.serializedByteCount - before == via.utf8.count + route.utf8.count)
      #expect(message.vias?.count == hop + 1)
      #expect(message.recordRoutes?.count == hop)
      #expect(message.maxForwards == 70 - hop)
    }
    #expect(message.recordRoutes?.allSatisfy { $0.uri == proxy.uri } == true)
  }

  @Test("in a dialog, and where it need not stay, no Record-Route is added")
  func noRecordRoute() throws {
    let info = try #require(forwarded(request(method: "INFO")))
    #expect(info.recordRoutes == [])
    let again = SIPMessage(
      startLine: .request(method: "INVITE", uri: "sip:a"),
      headers: [.init(name: "To", value: "<sip:a>;tag=1")])
    #expect(forwarded(again)?.recordRoutes == [])
    let leaving = SIPProxy(host: "h", transport: .udp, staysInDialog: false)
    guard case .forwarded(let message) = leaving.forward(request(), branch: "z9hG4bK2") else {
      Issue.record("refused")
      return
    }
    #expect(message.recordRoutes == [])
    #expect(message.topVia?.sentBy == "h")
  }

  @Test("where a request came from is noted where its Via asks, or names another host")
  func source() {
    func noted(_ via: String) -> String? {
      SIPMessage(
        startLine: .request(method: "INFO", uri: "sip:a"),
        headers: [
          .init(name: "Via", value: via), .init(name: "Via", value: "SIP/2.0/TCP x;rport;branch=1"),
        ]
      ).notingSource("192.0.2.9", port: 4711).elements(of: "Via").joined(separator: ", ")
    }
    let below = ", SIP/2.0/TCP x;rport;branch=1"
    // RFC 3581 section 4: both, also where sent-by has the very address.
    #expect(
      noted("SIP/2.0/TCP 192.0.2.9:4711;rport;branch=2")
        == "SIP/2.0/TCP 192.0.2.9:4711;rport=4711;branch=2;received=192.0.2.9" + below)
    // RFC 3261 section 18.2.1: the address, where sent-by has a name or another one.
    #expect(
      noted("SIP/2.0/TCP a.example:5060;branch=2")
        == "SIP/2.0/TCP a.example:5060;branch=2;received=192.0.2.9" + below)
    for same in ["SIP/2.0/TCP 192.0.2.9:4711;branch=2", "SIP/2.0/TCP 192.0.2.9;branch=2", "none"] {
      #expect(noted(same) == same + below)
    }
  }

  @Test("the Route that names it goes, another stays")
  func routes() throws {
    let own = "<sip:198.51.100.7:5061;transport=tls;lr>"
    let message = try #require(
      forwarded(request([("Route", own + ", <sip:p9;lr>")], method: "BYE")))
    #expect(message.elements(of: "Route") == ["<sip:p9;lr>"])
    let passing = try #require(
      forwarded(request([("Route", "<sip:p9;lr>, " + own)], method: "BYE")))
    #expect(passing.elements(of: "Route") == ["<sip:p9;lr>", own])
  }

  @Test("a next hop that routes strictly gets itself as Request-URI and the target as last Route")
  func strictRoute() throws {
    let message = try #require(
      forwarded(request([("Route", "<sip:old>, <sip:p9;lr>"), ("CSeq", "2 BYE")], method: "BYE")))
    #expect(message.startLine == .request(method: "BYE", uri: "sip:old"))
    #expect(message.elements(of: "Route") == ["<sip:p9;lr>", "<sip:callee@192.0.2.20>"])
  }

  @Test("no hop left makes a 483, a malformed Route a 400")
  func refusals() {
    let spent = proxy.forward(request([("Max-Forwards", "0")]), branch: "z9hG4bK2")
    #expect(spent == .refused(.tooManyHops))
    let broken = proxy.forward(request([("Route", "nonsense")]), branch: "z9hG4bK2")
    #expect(broken == .refused(.badRequest))
  }

  @Test("a response goes back without the own Via; one that is not for it does not")
  func responses() throws {
    let sent = request()
    let there = try #require(forwarded(sent))
    let response = SIPMessage.response(to: there, .ok)
    let back = try #require(proxy.forward(response))
    #expect(back.vias?.map(\.sentBy) == ["192.0.2.10:5061"])
    #expect(proxy.forward(back) == nil)
    let alone = SIPMessage(
      startLine: .response(status: 200, reason: "OK"),
      headers: [.init(name: "Via", value: "SIP/2.0/TLS 198.51.100.7:5061;branch=z9hG4bK2")])
    #expect(proxy.forward(alone) == nil)
    #expect(proxy.forward(there) == nil)
  }
}
