import MediaSession
import Signalling
import WireFormats

/// The INVITE by which the call might have been set up, its 200 and the ACK, in clear text.
///
/// Nothing of it is simulated. It stands at a capture's beginning so that whoever reads the capture
/// knows the session: RTP's and RTCP's ports, the payload type, and the dialog of later INFOs.
struct CallSetup {
  private let scenario: Scenario
  private let hosts: CaptureHosts
  private let transport: SIPTransport
  private var dialog: SIPDialog

  init(_ scenario: Scenario, hosts: CaptureHosts) {
    self.scenario = scenario
    self.hosts = hosts
    transport = hosts.settings.transport.name
    dialog = SIPDialog.numbered(1, transport: transport)
    let port = transport == .tls ? 5_061 : 5_060
    dialog.routeSet = (0..<hosts.settings.proxies).map {
      "sip:\(CaptureHosts.proxy($0)):\(port);transport=\(transport.uriParameter);lr"
    }
  }

  /// Whole packets in the order in which they go, between the receiver and its first hop.
  var messages: [[UInt8]] {
    let own = InternetEndpoint(hosts.address(hop: 0, end: 0), port: CaptureHosts.clearPort)
    let next = InternetEndpoint(hosts.address(hop: 0, end: 1), port: CaptureHosts.clearPort)
    let invite = invite()
    return [
      Self.packet(invite, from: own, to: next),
      Self.packet(ok(to: invite), from: next, to: own),
      Self.packet(acknowledgement(), from: own, to: next),
    ]
  }

  private static func packet(
    _ message: SIPMessage, from source: InternetEndpoint, to destination: InternetEndpoint
  ) -> [UInt8] {
    message.octets().withUnsafeBytes {
      InternetPacket.udp(from: source, to: destination, identification: 0, payload: $0)
    }
  }

  // MARK: Messages

  private func invite() -> SIPMessage {
    request(
      "INVITE", to: dialog.remoteURI, toTag: nil, branch: .max,
      routes: [],
      more: [
        header(
          SIPHeaderName.contact,
          "<sip:receiver@\(dialog.localHost);transport=\(transport.uriParameter)>"),
        header(SIPHeaderName.contentType, "application/sdp"),
      ],
      body: description(
        of: CaptureHosts.receiver, port: CaptureHosts.receiverPort, direction: "recvonly"))
  }

  private func ok(to invite: SIPMessage) -> SIPMessage {
    let bare = SIPMessage.response(to: invite, .ok)
    var headers: [SIPMessage.Header] = bare.headers.compactMap {
      if $0.isNamed(SIPHeaderName.contentLength) { return nil }
      guard $0.isNamed(SIPHeaderName.to) else { return $0 }
      return header(SIPHeaderName.to, $0.value + ";tag=\(dialog.remoteTag)")
    }
    // The proxy nearest the callee stands first (RFC 3261 section 16.6 step 4).
    headers += dialog.routeSet.reversed().map { header(SIPHeaderName.recordRoute, "<\($0)>") }
    headers += [
      header(SIPHeaderName.contact, "<\(dialog.remoteTarget)>"),
      header(SIPHeaderName.contentType, "application/sdp"),
    ]
    return SIPMessage(
      startLine: bare.startLine, headers: headers,
      body: description(
        of: CaptureHosts.sender, port: CaptureHosts.senderPort, direction: "sendonly"))
  }

  private func acknowledgement() -> SIPMessage {
    request(
      "ACK", to: dialog.remoteTarget, toTag: dialog.remoteTag, branch: .max - 1,
      routes: dialog.routeSet, more: [], body: [])
  }

  private func request(
    _ method: String, to uri: String, toTag: String?, branch: UInt64, routes: [String],
    more: [SIPMessage.Header], body: [UInt8]
  ) -> SIPMessage {
    let via = SIPVia(
      transport: transport, sentBy: dialog.localHost, branch: SIPIdentifier.branch(branch))
    let tag = toTag.map { ";tag=\($0)" } ?? ""
    return SIPMessage(
      startLine: .request(method: method, uri: uri),
      headers: [header(SIPHeaderName.via, via.text), header(SIPHeaderName.maxForwards, "70")]
        + routes.map { header(SIPHeaderName.route, "<\($0)>") } + [
          header(SIPHeaderName.from, "<\(dialog.localURI)>;tag=\(dialog.localTag)"),
          header(SIPHeaderName.to, "<\(dialog.remoteURI)>\(tag)"),
          header(SIPHeaderName.callID, dialog.callIdentifier),
          header(SIPHeaderName.cseq, "1 \(method)"),
        ] + more, body: body)
  }

  private func header(_ name: String, _ value: String) -> SIPMessage.Header {
    SIPMessage.Header(name: name, value: value)
  }

  // MARK: Session description

  /// RFC 8866, with RFC 4585's feedback lines where the mechanism has feedback.
  private func description(of host: IPv4Address, port: UInt16, direction: String) -> [UInt8] {
    let type = SessionIdentity.payloadType
    let profile = scenario.rtcp.profile == .avpf ? "RTP/AVPF" : "RTP/AVP"
    let again = SessionIdentity.retransmissionPayloadType
    let hasRetransmission = scenario.mechanism.usesRetransmission
    // RFC 4588 section 8.6.
    let retransmission =
      hasRetransmission ? ["a=rtpmap:\(again) rtx/90000", "a=fmtp:\(again) apt=\(type)"] : []
    let lines =
      [
        "v=0", "o=avpfsim 1 1 IN IP4 \(host)", "s=-", "c=IN IP4 \(host)", "t=0 0",
        "m=video \(port) \(profile) \(type)" + (hasRetransmission ? " \(again)" : ""),
        "a=rtpmap:\(type) VP8/90000",
      ] + feedbackLines + retransmission + ["a=\(direction)"]
    return [UInt8](lines.map { $0 + "\r\n" }.joined().utf8)
  }

  /// None without AVPF, where they mean nothing.
  private var feedbackLines: [String] {
    let rtcp = scenario.rtcp
    guard rtcp.profile == .avpf else { return [] }
    var lines = scenario.mechanism.feedback.map {
      "a=rtcp-fb:\(SessionIdentity.payloadType) \($0.text)"
    }
    // Without it the interval is 0 (RFC 4585 section 4.2).
    let interval = rtcp.trrInterval.nanoseconds / 1_000_000
    if interval > 0 { lines.append("a=rtcp-fb:* trr-int \(interval)") }
    // RFC 5506 section 5.
    if rtcp.isReducedSize { lines.append("a=rtcp-rsize") }
    return lines
  }
}
