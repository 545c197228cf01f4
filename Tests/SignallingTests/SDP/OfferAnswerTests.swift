import Testing
import WireFormats

@testable import Signalling

@Suite("Answer to an offer")
struct OfferAnswerTests {
  private func answer(
    _ media: String, _ change: (inout AnswerCapabilities) -> Void = { _ in }
  ) -> SessionDescription {
    var capabilities = AnswerCapabilities()
    change(&capabilities)
    return .answer(to: SDPExamples.description(media), capabilities: capabilities)
  }

  private func feedback(_ answer: SessionDescription) -> [String] {
    answer.media[0].feedback(for: 96).map(\.text)
  }

  @Test("every media line is answered in its place, and what is not VP8 video is rejected")
  func mediaLines() {
    let answer = answer(
      "m=audio 5000 RTP/AVP 0\n" + SDPExamples.video()
        + "m=video 5010 RTP/AVPF 97\na=rtpmap:97 H264/90000\n"
        + SDPExamples.video(port: 0) + "m=application 9 UDP/BFCP *\n")
    #expect(answer.media.map(\.media) == ["audio", "video", "video", "video", "application"])
    #expect(answer.media.map(\.port) == [0, 5_004, 0, 0, 0])
    #expect(answer.media.map(\.formats) == [["0"], ["96"], ["97"], ["96"], ["*"]])
  }

  @Test("streams for which no port is left are rejected")
  func ports() {
    let answer = answer(String(repeating: SDPExamples.video(), count: 4)) { $0.videoPort = 65_532 }
    #expect(answer.media.map(\.port) == [65_532, 65_534, 0, 0])
  }

  @Test("session name, time and transport are as RFC 3264 section 6 has them")
  func sessionLines() throws {
    let answer = answer(SDPExamples.video("UDP/TLS/RTP/SAVPF"))
    #expect(answer.lines.map(\.type) == [UInt8]("vosct".utf8))
    #expect(answer.lines.last == .other(type: UInt8(ascii: "t"), value: "0 0"))
    #expect(answer.media[0].transport == .rtp(.savpf, carrier: "UDP/TLS/"))
    #expect(try SessionDescription(octets: answer.octets()) == answer)
  }

  @Test("feedback that both have stays, in the offer's order and with its values; none is added")
  func feedback() {
    let offer = SDPExamples.video(
      feedback: ["ccm fir", "nack", "goog-remb", "trr-int 5000"], more: ["a=rtcp-fb:* nack pli"])
    #expect(feedback(answer(offer)) == ["ccm fir", "nack", "trr-int 5000", "nack pli"])
    #expect(
      feedback(answer(offer) { $0.feedback = [.pictureLossIndication, .sliceLossIndication] })
        == ["nack pli"])
    #expect(feedback(answer(SDPExamples.video())).isEmpty)
  }

  @Test("feedback on another payload type is not answered")
  func otherPayloadType() {
    let offer = """
      m=video 5006 RTP/AVPF 97 96
      a=rtpmap:96 VP8/90000
      a=rtpmap:97 H264/90000
      a=rtcp-fb:97 nack pli
      a=rtcp-fb:96 nack

      """
    let video = answer(offer).media[0]
    #expect(video.formats == ["96"] && video.feedback(for: 97).isEmpty)
    #expect(video.feedback(for: 96) == [.genericNegativeAcknowledgement])
  }

  @Test("a profile that is not accepted rejects, and one without feedback gets none")
  func profiles() {
    let offered = SDPExamples.video("RTP/AVP", feedback: ["nack"])
    #expect(feedback(answer(offered)).isEmpty && !answer(offered).media[0].isRejected)
    #expect(answer(SDPExamples.video()) { $0.profiles = [.avp] }.media[0].isRejected)
  }

  @Test("retransmissions of VP8 are accepted where they were offered, and no others")
  func retransmission() {
    let offered = """
      m=video 5006 RTP/AVPF 96 98 97 99
      a=rtpmap:96 VP8/90000
      a=fmtp:96 max-fr=30
      a=rtpmap:97 rtx/90000
      a=fmtp:97 apt=96
      a=rtpmap:98 H264/90000
      a=rtpmap:99 rtx/90000
      a=fmtp:99 apt=98

      """
    let video = answer(offered).media[0]
    #expect(video.formats == ["96", "97"])
    #expect(video.retransmissionPayloadType(of: 96) == 97)
    #expect(video.lines.count == 4)
    #expect(answer(offered) { $0.acceptsRetransmission = false }.media[0].formats == ["96"])
    #expect(answer(SDPExamples.video()).media[0].formats == ["96"])
  }

  @Test("reduced size is accepted only where it was offered")
  func reducedSize() {
    let offered = SDPExamples.video(more: ["a=rtcp-rsize"])
    #expect(answer(offered).media[0].hasReducedSize)
    #expect(!answer(offered) { $0.acceptsReducedSize = false }.media[0].hasReducedSize)
    #expect(!answer(SDPExamples.video()).media[0].hasReducedSize)
  }

  @Test(
    "directions mirror the offer within what is wanted",
    arguments: [
      ("sendrecv", .sendReceive, .sendReceive), ("sendonly", .sendReceive, .receiveOnly),
      ("recvonly", .sendReceive, .sendOnly), ("inactive", .sendReceive, .inactive),
      ("sendonly", .sendOnly, .inactive), ("sendrecv", .receiveOnly, .receiveOnly),
    ] as [(String, MediaDirection, MediaDirection)])
  func directions(offered: String, wanted: MediaDirection, answered: MediaDirection) {
    let answer = answer(SDPExamples.video(more: ["a=\(offered)"])) { $0.direction = wanted }
    #expect(answer.media[0].direction == answered)
  }

  @Test("an answer given here is one that the negotiation finds nothing to remark on")
  func agreesWithNegotiation() throws {
    let offer = SDPExamples.description(
      SDPExamples.video(
        feedback: SDPExamples.all + ["trr-int 100"], retransmissions: 97,
        more: ["a=rtcp-rsize"]))
    let answer = SessionDescription.answer(to: offer, capabilities: AnswerCapabilities())
    let stream = try #require(FeedbackNegotiation(offer: offer, answer: answer).firstWithVideo)
    #expect(stream.remarks.isEmpty)
    for party in CallParty.allCases {
      for feature in FeedbackFeature.allCases {
        #expect(stream.verdict(on: feature, forVideoFrom: party) == .inEffect)
      }
    }
  }
}
