import MediaSession
import Signalling
import WireFormats

/// The INVITE by which the call might have been set up, its 200 and the ACK, in clear text.
///
/// Nothing of it is simulated. It stands at a capture's beginning so that whoever reads the capture
/// knows the session: RTP's and RTCP's ports, the payload type, and the dialog of later INFOs.
struct CallSetup {
  private let scenario: Scenario
  private let elements: SignallingElements

  init(_ scenario: Scenario, hosts: CaptureHosts) {
    self.scenario = scenario
    elements = hosts.elements
  }

  /// Whole packets in the order in which they go, between the receiver and its first hop.
  var messages: [[UInt8]] {
    let own = InternetEndpoint(
      elements.address(hop: 0, end: 0), port: CaptureHosts.clearPort)
    let next = InternetEndpoint(
      elements.address(hop: 0, end: 1), port: CaptureHosts.clearPort)
    let (invite, ok, acknowledgement) = handshake()
    return [
      Self.packet(invite, from: own, to: next), Self.packet(ok, from: next, to: own),
      Self.packet(acknowledgement, from: own, to: next),
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

  /// All proxies are on the INVITE's way, and stay on that of the dialog.
  private func handshake() -> (invite: SIPMessage, ok: SIPMessage, acknowledgement: SIPMessage) {
    let transport = elements.transport
    // The INFOs' dialog, as far as the caller knows it before the callee has answered.
    let known = SIPDialog.numbered(1, transport: transport)
    var caller = known
    caller.remoteTag = ""
    caller.remoteTarget = known.remoteURI
    // The INFOs' branches count from 0; these count down.
    let invite = SIPMessage.inviteRequest(
      dialog: caller, cseq: 1, branch: SIPIdentifier.branch(.max), transport: transport,
      offer: .sessionDescription(
        description(
          of: CaptureHosts.receiver, port: CaptureHosts.receiverPort, direction: "recvonly")))
    let last = elements.proxies.count
    let arrived = elements.received(
      elements.request(invite, onHop: last) { SIPIdentifier.branch(.max - 2 - UInt64($0)) },
      overHop: last)
    let sender = "\(elements.endpoint(hop: last, end: 1))"
    guard
      let callee = SIPDialog(calleeOf: arrived, localTag: known.remoteTag, localHost: sender)
    else { preconditionFailure("an INVITE of our own makes a dialog") }
    let ok = elements.response(
      .response(
        to: arrived, .ok, dialog: callee, transport: transport,
        answer: .sessionDescription(
          description(
            of: CaptureHosts.sender, port: CaptureHosts.senderPort, direction: "sendonly"))),
      onHop: 0)
    guard var dialog = SIPDialog(callerOf: invite, response: ok) else {
      preconditionFailure("a 200 of our own makes a dialog")
    }
    dialog.userAgent = known.userAgent
    let acknowledgement = SIPMessage.acknowledgement(
      dialog: dialog, cseq: 1, branch: SIPIdentifier.branch(.max - 1), transport: transport)
    return (invite, ok, acknowledgement)
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
