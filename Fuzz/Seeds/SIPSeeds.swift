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
  Seed("sip", "media-control", [1] + MediaControl(streamIdentifiers: ["video", "2"]).octets()),
]

private let info = SIPMessage.infoRequest(
  dialog: .numbered(7, transport: .tls), cseq: 2, branch: SIPIdentifier.branch(1), transport: .tls)
private let response = SIPMessage.response(
  to: SIPMessage(
    startLine: .request(method: "INFO", uri: "sip:a@b"), headers: [.init(name: "i", value: "1")]),
  .requestPending)
