import Testing
import WireFormats

@Suite("SIP dialog")
struct SIPDialogTests {
  private static let branch = SIPIdentifier.branch(5)
  private static let offer = SIPBody.sessionDescription(octets("v=0\r\n"))
  private static let first = SIPProxy(host: "p1.example.com:5060", transport: .udp)
  private static let second = SIPProxy(host: "p2.example.com:5060", transport: .udp)

  /// The caller's INVITE, without a tag of the other side.
  private static func invite() -> SIPMessage {
    var dialog = SIPDialog.numbered(3, transport: .udp)
    dialog.remoteTag = ""
    return .inviteRequest(
      dialog: dialog, cseq: 1, branch: branch, transport: .udp, offer: offer)
  }

  private static func forwarded(
    _ message: SIPMessage, by proxy: SIPProxy, branch: UInt64
  ) throws -> SIPMessage {
    guard case .forwarded(let onward) = proxy.forward(message, branch: SIPIdentifier.branch(branch))
    else { throw WireError("proxy", at: 0, .badSyntax, expected: "a forwarded request") }
    return onward
  }

  /// Both sides' dialogs after an INVITE through two proxies and its 200.
  private static func established() throws -> (
    caller: SIPDialog, callee: SIPDialog, invite: SIPMessage, response: SIPMessage
  ) {
    let sent = invite()
    let arrived = try forwarded(forwarded(sent, by: first, branch: 6), by: second, branch: 7)
    let callee = try #require(
      SIPDialog(calleeOf: arrived, localTag: "callee", localHost: "192.0.2.20:5060"))
    let answer = SIPBody.sessionDescription(octets("v=0\r\ns=-\r\n"))
    let response = SIPMessage.response(
      to: arrived, .ok, dialog: callee, transport: .udp, answer: answer)
    let back = try #require(second.forward(response).flatMap { first.forward($0) })
    let caller = try #require(SIPDialog(callerOf: sent, response: back))
    return (caller, callee, arrived, back)
  }

  @Test("an INVITE as the caller writes it")
  func inviteText() {
    expect(
      Self.invite(),
      is: octets(
        """
        INVITE sip:sender@192.0.2.20:5060;transport=udp SIP/2.0\r
        Via: SIP/2.0/UDP 192.0.2.10:5060;rport;branch=\(Self.branch)\r
        Max-Forwards: 70\r
        From: <sip:receiver@example.com>;tag=\(SIPIdentifier.tag(6))\r
        To: <sip:sender@example.com>\r
        Call-ID: \(SIPIdentifier.call(3, host: "192.0.2.10"))\r
        CSeq: 1 INVITE\r
        Contact: <sip:receiver@192.0.2.10:5060;transport=udp>\r
        User-Agent: avpfsim\r
        Content-Type: application/sdp\r
        Content-Length: 5\r
        \r
        v=0\r

        """))
  }

  @Test("the two sides of a dialog mirror each other, the route set reversed")
  func sides() throws {
    let (caller, callee, invite, response) = try Self.established()
    #expect(caller.callIdentifier == callee.callIdentifier)
    #expect(caller.localTag == callee.remoteTag)
    #expect(caller.remoteTag == callee.localTag)
    #expect(caller.localURI == callee.remoteURI)
    #expect(caller.remoteTarget == "sip:sender@192.0.2.20:5060;transport=udp")
    #expect(callee.remoteTarget == "sip:receiver@192.0.2.10:5060;transport=udp")
    #expect(caller.routeSet == [Self.first.uri, Self.second.uri])
    #expect(callee.routeSet == [Self.second.uri, Self.first.uri])
    #expect(caller.localSequence == 1)
    #expect(callee.remoteSequence == 1)
    #expect(throws: Never.self) { try invite.checkComposition() }
    #expect(throws: Never.self) { try response.checkComposition() }
    #expect(response.elements(of: SIPHeaderName.via).count == 1)
  }

  @Test("requests of either side are taken by the other, in order")
  func requests() throws {
    var (caller, callee, _, _) = try Self.established()
    let acknowledgement = SIPMessage.acknowledgement(
      dialog: caller, cseq: 1, branch: SIPIdentifier.branch(8), transport: .udp)
    #expect(acknowledgement.sequence?.number == 1)
    #expect(callee.accept(acknowledgement) == nil)
    let info = SIPMessage.infoRequest(
      dialog: caller, cseq: caller.nextSequence(), branch: SIPIdentifier.branch(9),
      transport: .udp)
    #expect(callee.accept(info) == nil)
    // The same again, which no transaction absorbed, comes out of order (section 12.2.2).
    #expect(callee.accept(info) == .serverInternalError)
    let bye = SIPMessage.byeRequest(
      dialog: callee, cseq: callee.nextSequence(), branch: SIPIdentifier.branch(10),
      transport: .udp)
    #expect(bye.sequence?.number == 1)
    #expect(caller.accept(bye) == nil)
    var other = caller
    other.localTag = "other"
    #expect(other.accept(bye) == .callDoesNotExist)
  }

  @Test("a response that makes no dialog makes none")
  func noDialog() throws {
    let invite = Self.invite()
    #expect(SIPDialog(callerOf: invite, response: .response(to: invite, .trying)) == nil)
    #expect(SIPDialog(callerOf: invite, response: .response(to: invite, .ok)) == nil)
    let busy = SIPMessage.response(to: invite, .busyHere).addingToTag("x")
    #expect(SIPDialog(callerOf: invite, response: busy) == nil)
    #expect(SIPDialog(callerOf: invite, response: invite) == nil)
    let callee = try #require(SIPDialog(calleeOf: invite, localTag: "x", localHost: "h"))
    let ringing = SIPMessage.response(to: invite, .ringing, dialog: callee, transport: .udp)
    #expect(SIPDialog(callerOf: invite, response: ringing)?.remoteTag == "x")
    #expect(SIPDialog(calleeOf: ringing, localTag: "x", localHost: "h") == nil)
    #expect(SIPDialog(calleeOf: SIPExamples.info, localTag: "x", localHost: "h") == nil)
  }

  @Test("a route set whose first hop routes strictly goes into the Request-URI")
  func strictRoute() {
    var dialog = SIPExamples.dialog
    dialog.routeSet = ["sip:old.example.com", "sip:p2;lr"]
    let bye = SIPMessage.byeRequest(
      dialog: dialog, cseq: 2, branch: Self.branch, transport: .tls)
    #expect(bye.startLine == .request(method: "BYE", uri: "sip:old.example.com"))
    #expect(
      bye.elements(of: SIPHeaderName.route) == ["<sip:p2;lr>", "<\(dialog.remoteTarget)>"])
  }

  @Test("CANCEL and the ACK of a refusal stay in the INVITE's transaction")
  func sameTransaction() throws {
    let invite = Self.invite()
    let cancel = SIPMessage.cancelRequest(of: invite)
    #expect(cancel.sequence?.method == "CANCEL")
    #expect(cancel.value(of: SIPHeaderName.contentType) == nil)
    #expect(SIPTransactionKey.Server(cancel)?.cancelled == SIPTransactionKey.Server(invite))
    let refusal = SIPMessage.response(to: invite, .requestTerminated).addingToTag("callee")
    let acknowledgement = try #require(SIPMessage.acknowledgement(of: refusal, to: invite))
    #expect(acknowledgement.to?.tag == "callee")
    #expect(acknowledgement.sequence?.method == "ACK")
    #expect(SIPTransactionKey.Server(acknowledgement) == SIPTransactionKey.Server(invite))
    for message in [cancel, acknowledgement, refusal] {
      #expect(throws: Never.self) { try message.checkComposition() }
      #expect(message.topVia?.branch == Self.branch)
    }
  }

  @Test("an INFO of a package names it, and the legacy update names none")
  func infoPackage() {
    let body = SIPBody(mediaType: "application/x-test", octets: [1])
    let info = SIPMessage.infoRequest(
      dialog: SIPExamples.dialog, cseq: 2, branch: Self.branch, transport: .tls,
      package: "x-test;p=1", body: body)
    #expect(info.infoPackage == "x-test")
    #expect(info.value(of: SIPHeaderName.contentDisposition) == "Info-Package")
    #expect(SIPExamples.info.infoPackage == nil)
  }
}
