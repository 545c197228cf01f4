import Foundation
import Glibc
import Testing
import WireFormats

/// A real peer: sipp answers, over the loopback, what we write, and we read what it writes.
@Suite("SIPp as the peer", .serialized)
struct SIPpPeerTests {
  private static let branch = (0..<8).map { SIPIdentifier.branch(UInt64(1_000 + $0)) }

  /// A call of ours: INVITE, ACK, an INFO that asks for a picture, BYE.
  private func call(
    _ transport: SIPTransport, infoAnswer: SIPStatus
  ) throws -> (info: SIPMessage, exitStatus: Int32, log: String) {
    let peer = try SIPpProcess(transport, infoAnswer: infoAnswer)
    let socket = try LoopbackSocket(transport, peerPort: peer.port)
    var dialog = SIPDialog(
      callIdentifier: SIPIdentifier.call(77, host: "127.0.0.1"),
      localURI: "sip:receiver@example.com", localTag: SIPIdentifier.tag(1),
      localHost: "127.0.0.1:\(socket.localPort)", remoteURI: "sip:sender@example.com",
      remoteTag: "", remoteTarget: "sip:sender@127.0.0.1:\(peer.port)", userAgent: "avpfsim")
    let invite = SIPMessage.inviteRequest(
      dialog: dialog, cseq: 1, branch: Self.branch[0], transport: transport,
      offer: .sessionDescription(Self.offer))
    let answer = try socket.finalResponse(to: invite)
    #expect(answer.status == 200)
    #expect(answer.mediaType == "application/sdp")
    #expect(String(decoding: answer.body, as: UTF8.self).contains("m=video 40002 RTP/AVP 96"))
    dialog = try #require(SIPDialog(callerOf: invite, response: answer))
    try socket.send(
      .acknowledgement(dialog: dialog, cseq: 1, branch: Self.branch[1], transport: transport))
    let info = SIPMessage.infoRequest(
      dialog: dialog, cseq: dialog.nextSequence(), branch: Self.branch[2], transport: transport)
    let infoResponse = try socket.finalResponse(to: info)
    let bye = SIPMessage.byeRequest(
      dialog: dialog, cseq: dialog.nextSequence(), branch: Self.branch[3], transport: transport)
    #expect(try socket.finalResponse(to: bye).status == 200)
    let end = peer.finish()
    return (infoResponse, end.status, end.log)
  }

  private static let offer = Array(
    """
    v=0\r
    o=receiver 1 1 IN IP4 127.0.0.1\r
    s=-\r
    c=IN IP4 127.0.0.1\r
    t=0 0\r
    m=video 40000 RTP/AVP 96\r
    a=rtpmap:96 VP8/90000\r

    """.utf8)

  @Test(
    "sipp takes our INVITE, ACK, INFO with picture_fast_update and BYE, and we read its answers",
    .enabled(if: SIPpProcess.executable != nil, "sipp is not installed"),
    .timeLimit(.minutes(1)),
    arguments: [SIPTransport.udp, .tcp], [SIPStatus.ok, .requestPending, .callDoesNotExist])
  func dialog(transport: SIPTransport, infoAnswer: SIPStatus) throws {
    let outcome = try call(transport, infoAnswer: infoAnswer)
    #expect(outcome.info.status == infoAnswer.rawValue)
    #expect(outcome.info.sequence?.method == "INFO")
    #expect(throws: Never.self) { try outcome.info.checkComposition() }
    // sipp itself compared type and body of the INFO: 0 means that all its expectations held.
    #expect(outcome.exitStatus == 0, "\(outcome.log)")
  }
}
