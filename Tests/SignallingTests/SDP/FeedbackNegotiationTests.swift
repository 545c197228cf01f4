import Testing
import WireFormats

@testable import Signalling

@Suite("Feedback negotiation")
struct FeedbackNegotiationTests {
  private func negotiation(
    _ offer: String, _ answer: String, b2bua: String? = nil, b2buaAnswer: String? = nil
  ) -> FeedbackNegotiation {
    FeedbackNegotiation(
      offer: SDPExamples.description(offer), answer: SDPExamples.description(answer),
      b2buaOffer: b2bua.map(SDPExamples.description),
      b2buaAnswer: b2buaAnswer.map(SDPExamples.description))
  }

  private func stream(
    _ offer: String, _ answer: String, b2bua: String? = nil, b2buaAnswer: String? = nil
  ) throws -> VideoNegotiation {
    try #require(
      negotiation(offer, answer, b2bua: b2bua, b2buaAnswer: b2buaAnswer).streams.first)
  }

  private let pli = FeedbackFeature.pictureLossIndication
  private let with = SDPExamples.video(feedback: ["nack pli"])
  private let without = SDPExamples.video()

  @Test("feedback is in effect where both have it, and else the first that lacks it is named")
  func bothEnds() throws {
    for party in CallParty.allCases {
      #expect(
        try stream(without, without).verdict(on: pli, forVideoFrom: party)
          == .blocked(.lackingEverywhere))
      #expect(try stream(with, with).verdict(on: pli, forVideoFrom: party) == .inEffect)
      #expect(
        try stream(without, with).verdict(on: pli, forVideoFrom: party)
          == .blocked(.lacking(.caller)))
      #expect(
        try stream(with, without).verdict(on: pli, forVideoFrom: party)
          == .blocked(.lacking(.callee)))
    }
  }

  @Test("each kind is told from the others")
  func kinds() throws {
    for (index, text) in SDPExamples.all.enumerated() {
      let video = SDPExamples.video(feedback: [text])
      let stream = try stream(video, video)
      let inEffect = FeedbackFeature.allCases.filter {
        stream.verdict(on: $0, forVideoFrom: .caller) == .inEffect
      }
      #expect(inEffect.map(\.text) == [SDPExamples.all[index]])
    }
  }

  @Test("VP8 is matched by name, and each end's packets bear the other's number")
  func payloadTypes() throws {
    let stream = try stream(
      SDPExamples.video(feedback: ["nack pli"]),
      SDPExamples.video(feedback: ["nack pli"], payloadType: 120))
    #expect(stream.verdict(on: pli, forVideoFrom: .caller) == .inEffect)
    #expect(stream.payloadType(ofVideoFrom: .caller) == 120)
    #expect(stream.payloadType(ofVideoFrom: .callee) == 96)
  }

  @Test("a wildcard counts for VP8, another number does not")
  func wildcards() throws {
    let wildcard = SDPExamples.video(more: ["a=rtcp-fb:* nack pli"])
    #expect(try stream(wildcard, with).verdict(on: pli, forVideoFrom: .caller) == .inEffect)
    let other = SDPExamples.video(more: ["a=rtcp-fb:97 nack pli"])
    #expect(
      try stream(other, with).verdict(on: pli, forVideoFrom: .caller)
        == .blocked(.lacking(.caller)))
  }

  @Test("a profile without feedback stops all, whatever lines stand under it")
  func profiles() throws {
    let plain = SDPExamples.video("RTP/SAVP", feedback: ["nack pli"])
    let asked = try stream(plain, plain)
    #expect(
      asked.verdict(on: pli, forVideoFrom: .caller)
        == .blocked(.profile(.caller, name: "RTP/SAVP")))
    #expect(!asked.hasFeedbackProfile && asked.remarks.count == 2)
    let answered = try stream(with, SDPExamples.video("RTP/AVP"))
    #expect(
      answered.verdict(on: pli, forVideoFrom: .callee)
        == .blocked(.profile(.callee, name: "RTP/AVP")))
    #expect(answered.remarks.contains { $0.contains("names RTP/AVP where RTP/AVPF was offered") })
  }

  @Test("a B2BUA that drops feedback from the offer is named, not the callee that never saw it")
  func strippedOffer() throws {
    let stream = try stream(with, without, b2bua: without)
    for party in CallParty.allCases {
      #expect(
        stream.verdict(on: pli, forVideoFrom: party) == .blocked(.lacking(.b2buaOffer)))
    }
    #expect(stream.remarks.isEmpty)
  }

  @Test("a B2BUA that drops feedback from the answer leaves the callee to send it in vain")
  func strippedAnswer() throws {
    let stream = try stream(with, with, b2bua: with, b2buaAnswer: without)
    let obstacle = FeedbackObstacle.lacking(.b2buaAnswer)
    #expect(
      stream.verdict(on: pli, forVideoFrom: .caller) == .blocked(obstacle, isSentInVain: true))
    #expect(stream.verdict(on: pli, forVideoFrom: .callee) == .blocked(obstacle))
  }

  @Test("a B2BUA that promises feedback for the callee leaves the caller to send it in vain")
  func promisedAnswer() throws {
    let stream = try stream(with, without, b2bua: with, b2buaAnswer: with)
    #expect(
      stream.verdict(on: pli, forVideoFrom: .callee)
        == .blocked(.lacking(.callee), isSentInVain: true))
    #expect(
      stream.verdict(on: pli, forVideoFrom: .caller) == .blocked(.lacking(.callee)))
  }

  @Test("a B2BUA that changes the profile is named")
  func b2buaProfile() throws {
    let plain = SDPExamples.video("RTP/AVP")
    #expect(
      try stream(with, plain, b2bua: plain, b2buaAnswer: with)
        .verdict(on: pli, forVideoFrom: .caller)
        == .blocked(.profile(.b2buaOffer, name: "RTP/AVP")))
  }

  @Test("the caller's leg is judged where only the B2BUA's answer is known")
  func answerAlone() throws {
    let stream = try stream(without, without, b2buaAnswer: with)
    #expect(stream.remarks.contains { $0.hasPrefix("the B2BUA's answer adds nack pli") })
  }

  @Test("the report interval is each leg's own, and the answer binds")
  func reportInterval() throws {
    func interval(_ milliseconds: Int) -> String {
      SDPExamples.video(feedback: ["trr-int \(milliseconds)"])
    }
    let plain = try stream(interval(100), interval(100))
    #expect(plain.regularReportInterval(forVideoFrom: .caller) == 100)
    let altered = try stream(interval(100), interval(250))
    #expect(altered.regularReportInterval(forVideoFrom: .callee) == 250)
    #expect(altered.remarks.contains { $0.contains("alters trr-int from 100 to 250 ms") })
    let legs = try stream(
      interval(100), interval(200), b2bua: interval(200), b2buaAnswer: interval(100))
    #expect(legs.regularReportInterval(forVideoFrom: .caller) == 200)
    #expect(legs.regularReportInterval(forVideoFrom: .callee) == 100)
    #expect(legs.remarks.isEmpty)
    #expect(try stream(interval(100), without).regularReportInterval(forVideoFrom: .caller) == 0)
    #expect(
      try stream(interval(100), without, b2bua: without)
        .verdict(on: .regularReportInterval, forVideoFrom: .caller)
        == .blocked(.lacking(.b2buaOffer)))
  }

  @Test("reduced size needs both ends")
  func reducedSize() throws {
    let reduced = SDPExamples.video(more: ["a=rtcp-rsize"])
    func verdict(_ offer: String, _ answer: String) throws -> FeedbackVerdict {
      try stream(offer, answer).verdict(on: .reducedSize, forVideoFrom: .caller)
    }
    #expect(try verdict(reduced, reduced) == .inEffect)
    #expect(try verdict(reduced, without) == .blocked(.lacking(.callee)))
    #expect(try verdict(without, reduced) == .blocked(.lacking(.caller)))
    #expect(try stream(without, reduced).remarks.contains { $0.contains("adds rtcp-rsize") })
  }

  @Test("retransmission needs a payload type for VP8 of both ends, whatever the numbers")
  func retransmission() throws {
    let with = SDPExamples.video(retransmissions: 97)
    func verdict(
      _ offer: String, _ answer: String, b2bua: String? = nil
    ) throws -> FeedbackVerdict {
      try stream(offer, answer, b2bua: b2bua).verdict(on: .retransmission, forVideoFrom: .caller)
    }
    #expect(
      try verdict(with, SDPExamples.video(payloadType: 120, retransmissions: 121)) == .inEffect)
    #expect(try verdict(with, without) == .blocked(.lacking(.callee)))
    #expect(try verdict(without, without) == .blocked(.lackingEverywhere))
    #expect(try verdict(with, without, b2bua: without) == .blocked(.lacking(.b2buaOffer)))
    let ofOther = SDPExamples.video(more: ["a=rtpmap:97 rtx/90000", "a=fmtp:97 apt=98"])
    #expect(try verdict(with, ofOther) == .blocked(.lacking(.callee)))
    // An answer may name payload types of its own.
    #expect(try stream(without, with).remarks.isEmpty)
  }

  @Test("a secure profile is one of any leg")
  func security() throws {
    let secure = SDPExamples.video("UDP/TLS/RTP/SAVPF")
    #expect(try stream(secure, secure).hasSecureProfile)
    #expect(try stream(secure, without, b2bua: without, b2buaAnswer: secure).hasSecureProfile)
    #expect(try !stream(without, without).hasSecureProfile)
  }

  @Test("video that goes one way has feedback one way")
  func directions() throws {
    let stream = try stream(
      SDPExamples.video(feedback: ["nack pli"], more: ["a=sendonly"]),
      SDPExamples.video(feedback: ["nack pli"], more: ["a=recvonly"]))
    #expect(stream.verdict(on: pli, forVideoFrom: .caller) == .inEffect)
    #expect(
      stream.verdict(on: pli, forVideoFrom: .callee) == .blocked(.noVideoThisWay(.caller)))
    let silent = try self.stream(with, SDPExamples.video(more: ["a=recvonly"]))
    #expect(silent.obstacle(toVideoFrom: .callee) == .noVideoThisWay(.callee))
  }

  @Test("a stream that is rejected, missing or not VP8 has one reason")
  func noVideo() throws {
    #expect(try stream(with, SDPExamples.video(port: 0)).obstacle == .rejected(.callee))
    #expect(try stream(with, "m=audio 5004 RTP/AVP 0\n").obstacle == .noVideoLine(.callee))
    #expect(try stream(with, "").obstacle == .noVideoLine(.callee))
    let h264 = "m=video 5006 RTP/AVPF 96\na=rtpmap:96 H264/90000\n"
    #expect(try stream(with, h264).obstacle == .noVP8(.callee))
    #expect(try stream(h264, with).obstacle == .noVP8(.caller))
    #expect(try stream(with, with, b2bua: h264).obstacle == .noVP8(.b2buaOffer))
    #expect(negotiation("m=audio 5004 RTP/AVP 0\n", with).streams.isEmpty)
  }

  @Test("several video lines are paired by place, and with a B2BUA's by their number among video")
  func severalLines() throws {
    let two = SDPExamples.video(feedback: ["nack"]) + with
    let pair = negotiation(two, SDPExamples.video(port: 0) + with)
    #expect(pair.streams.map(\.line) == [1, 2])
    #expect(pair.streams[0].obstacle == .rejected(.callee))
    #expect(pair.firstWithVideo == pair.streams[1])
    #expect(pair.streams[1].verdict(on: pli, forVideoFrom: .caller) == .inEffect)

    let audio = "m=audio 5004 RTP/AVP 0\n"
    let shifted = negotiation(audio + with, with, b2bua: with)
    #expect(shifted.streams.map(\.line) == [2])
    #expect(shifted.streams[0].verdict(on: pli, forVideoFrom: .caller) == .inEffect)
  }

  @Test("feedback above the media lines counts for none and is remarked on")
  func sessionLevel() throws {
    let stream = try stream("a=rtcp-fb:* nack pli\n" + without, without)
    #expect(stream.verdict(on: pli, forVideoFrom: .caller) == .blocked(.lackingEverywhere))
    #expect(stream.remarks.contains { $0.contains("above the media lines") })
  }

  @Test("obstacles read as clauses")
  func clauses() {
    #expect("\(FeedbackObstacle.lacking(.caller))" == "caller lacks it")
    #expect(
      "\(FeedbackObstacle.lacking(.b2buaOffer))" == "the B2BUA dropped it from the offer")
    #expect(
      "\(FeedbackObstacle.profile(.callee, name: "RTP/AVP"))" == "the callee's profile is RTP/AVP")
  }
}
