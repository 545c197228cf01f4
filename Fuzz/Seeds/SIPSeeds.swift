import WireFormats

// The first octet tells how the stream is cut.
let sipStreams = [
  Seed("sip", "info", [31] + info.octets()),
  Seed("sip", "response", [255] + SIPMessage.response(to: info, .ok).octets()),
  Seed(
    "sip", "keep-alive",
    [0] + response.octets() + [UInt8]("\r\n\r\n".utf8) + response.octets()),
  Seed(
    "sip", "foreign",
    """
    @INFO sip:a@b SIP/2.0\r
    v: SIP/2.0/TCP p2;branch=z9hG4bK2, SIP/2.0/TCP "p,1";branch=z9hG4bK1;rport\r
    f : "A, B" <sip:x@y>;tag=1\r
    CSeq:  3\t INFO \r
    Max-Forwards: 1\r
    Subject: one\r
      two\r
    l: 3\r
    \r
    abc
    """),
  Seed("sip", "invite", [63] + invite.octets()),
  Seed("sip", "made-dialog", [63] + made.octets()),
  Seed("sip", "cancel", [127] + SIPMessage.cancelRequest(of: invite).octets()),
  Seed("sip", "datagram", [0] + datagram),
  Seed("sip", "media-control", [1] + MediaControl(streamIdentifiers: ["video", "2"]).octets()),
]

private let info = SIPMessage.infoRequest(
  dialog: .numbered(7, transport: .tls), cseq: 2, branch: SIPIdentifier.branch(1), transport: .tls)
private let response = SIPMessage.response(
  to: SIPMessage(
    startLine: .request(method: "INFO", uri: "sip:a@b"), headers: [.init(name: "i", value: "1")]),
  .requestPending)

private let invite: SIPMessage = {
  var dialog = SIPDialog.numbered(
    7, transport: .udp, routeSet: ["sip:192.0.2.9;lr", "sip:192.0.2.8:5061"])
  dialog.remoteTag = ""
  dialog.userAgent = "avpfsim"
  return SIPMessage.inviteRequest(
    dialog: dialog, cseq: 1, branch: SIPIdentifier.branch(2), transport: .udp,
    offer: .sessionDescription([UInt8]("v=0\r\n".utf8))
  ).addingRecordRoute("sip:192.0.2.9;lr")
}()

private let made: SIPMessage = {
  guard
    let dialog = SIPDialog(calleeOf: invite, localTag: "callee", localHost: "192.0.2.20:5060")
  else { fatalError("the seeds' own INVITE makes no dialog") }
  return SIPMessage.response(
    to: invite, .ok, dialog: dialog, transport: .udp,
    answer: .sessionDescription([UInt8]("v=0\r\n".utf8)))
}()

// Without Content-Length the body goes to the datagram's end.
private let datagram = [UInt8](
  """
  OPTIONS sips:"a%41"@[2001:db8::1]:5061;maddr=x?subject=y SIP/2.0\r
  Via: SIP/2.0/UDP [::1]:5060;rport;branch=z9hG4bK3;x="a;b"\r
  From: "A \\"B\\" <c>" <tel:+1;ext=2>;tag=3\r
  To: sip:a@b\r
  Call-ID: 4\r
  CSeq: 5 OPTIONS\r
  Contact: *\r
  Content-Type: text/plain\r
  \r
  abc
  """.utf8)
