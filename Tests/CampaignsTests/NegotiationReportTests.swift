import Signalling
import Testing
import WireFormats

@testable import Campaigns

@Suite("Report on a negotiation")
struct NegotiationReportTests {
  private func description(_ lines: [String], port: Int = 5_006) throws -> SessionDescription {
    let text =
      ["v=0", "o=x 1 1 IN IP4 192.0.2.1", "s=-", "t=0 0", "m=video \(port) RTP/AVPF 96 97"]
      + ["a=rtpmap:96 VP8/90000"] + lines
    return try SDPFile.parse([UInt8](text.joined(separator: "\n").utf8), file: "x.sdp")
  }

  private func lines(_ negotiation: FeedbackNegotiation) -> [String] {
    NegotiationReport(negotiation).text.split(separator: "\n").map(String.init)
  }

  @Test("video that goes one way leaves the other's cells blank, and gives one way's settings")
  func oneWay() throws {
    let lines = lines(
      FeedbackNegotiation(
        offer: try description(["a=rtcp-fb:96 nack pli", "a=sendonly"]),
        answer: try description(["a=rtcp-fb:96 nack pli", "a=recvonly"])))
    #expect(lines.contains("caller to callee: payload type 96"))
    #expect(
      lines.contains("callee to caller: none, the caller's offer excludes video this way"))
    #expect(lines.contains("nack pli    yes                -"))
    #expect(lines.contains("In a scenario where the caller sends:"))
    #expect(!lines.contains { $0.contains("callee sends") })
  }

  @Test("a reason that both ways share stands once, with who may send in vain")
  func inVain() throws {
    let full = try description(["a=rtcp-fb:96 nack", "a=rtcp-fb:* trr-int 100"])
    let lines = lines(
      FeedbackNegotiation(
        offer: full, answer: full, b2buaOffer: full, b2buaAnswer: try description([])))
    #expect(
      lines.contains {
        $0.hasPrefix("nack  ")
          && $0.hasSuffix(
            "  the B2BUA dropped it from the answer; callee may send it in vain")
      })
    #expect(
      lines.contains {
        $0.hasPrefix("trr-int     100 ms             no  ")
          && $0.hasSuffix("  on callee's: the B2BUA dropped it from the answer")
      })
    #expect(lines.contains("In a scenario where the callee sends:"))
  }

  @Test("nack without a payload type for retransmissions is offered, with a note")
  func retransmission() throws {
    let note = "Note: without rtx a sender answers nack by the packet as it was"
    for feedback in [[], ["a=rtcp-fb:96 nack"]] {
      let rtx = ["a=rtpmap:97 rtx/90000", "a=fmtp:97 apt=96"]
      let plain = try description(feedback)
      let full = try description(feedback + rtx)
      let without = lines(FeedbackNegotiation(offer: full, answer: plain))
      #expect(without.contains { $0.hasPrefix(note) } == !feedback.isEmpty)
      #expect(without.contains("  mechanism: nack") == !feedback.isEmpty)
      let with = lines(FeedbackNegotiation(offer: full, answer: full))
      #expect(!with.contains { $0.hasPrefix(note) })
    }
  }

  @Test("feedback of unknown kinds is named once, and only under video")
  func unknownFeedback() throws {
    let offer = try description([
      "a=rtcp-fb:96 goog-remb", "a=rtcp-fb:* ccm tmmbr", "a=rtcp-fb:96 nack pli",
      "m=audio 5008 RTP/AVPF 0", "a=rtcp-fb:0 x-audio",
    ])
    let answer = try description(["a=rtcp-fb:96 goog-remb", "a=rtcp-fb:96 nack pli"])
    let negotiation = FeedbackNegotiation(offer: offer, answer: answer)
    let text = NegotiationReport(negotiation, descriptions: [offer, answer]).text
    #expect(
      text.hasSuffix(
        "\nNote: a=rtcp-fb that avpfsim does not know, keeps as written and does not judge: "
          + "goog-remb, ccm tmmbr.\n"))
    let known = FeedbackNegotiation(
      offer: try description(["a=rtcp-fb:96 nack"]), answer: try description(["a=rtcp-fb:96 nack"]))
    #expect(!NegotiationReport(known, descriptions: []).text.contains("does not know"))
  }

  @Test("a rejected stream is one line, and the next stream is told of too")
  func rejected() throws {
    let offer = try description([
      "m=video 5008 RTP/AVPF 97", "a=rtpmap:97 VP8/90000", "a=rtcp-fb:97 ccm fir",
    ])
    let answer = try description(
      ["m=video 5008 RTP/AVPF 97", "a=rtpmap:97 VP8/90000", "a=rtcp-fb:97 ccm fir"], port: 0)
    let lines = lines(FeedbackNegotiation(offer: offer, answer: answer))
    #expect(
      lines[0]
        == "m= line 1 of the offer: no VP8 video, since the callee rejects the stream (port 0)")
    #expect(lines[1] == "m= line 2 of the offer: VP8 over RTP/AVPF")
    #expect(lines.contains("  mechanism: fir"))
  }
}
