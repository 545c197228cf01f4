import Campaigns
import FuzzSupport
import Signalling
import WireFormats

/// The input is an offer, and behind an octet 0 a description by somebody else.
@main
enum SDPFuzzer {
  static func main() { fuzz(attack) }

  private static func attack(_ octets: UnsafeRawBufferPointer) {
    let parts = octets.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let offer = read([UInt8](first)) else { return }
    let answer = SessionDescription.answer(to: offer, capabilities: AnswerCapabilities())
    checkRoundTrip(answer)
    check(answer, answers: offer)
    let own = FeedbackNegotiation(offer: offer, answer: answer)
    check(own)
    check(own, agreesOnAllOf: offer)
    guard parts.count > 1, let other = read([UInt8](parts[1])) else { return }
    check(FeedbackNegotiation(offer: offer, answer: other))
    check(FeedbackNegotiation(offer: offer, answer: other, b2buaOffer: other, b2buaAnswer: answer))
    check(FeedbackNegotiation(offer: offer, answer: answer, b2buaAnswer: other))
  }

  private static func read(_ octets: [UInt8]) -> SessionDescription? {
    do {
      let description = try SDPFile.parse(octets, file: "file.sdp")
      checkRoundTrip(description)
      return description
    } catch {
      checkSentence(error.description)
      return nil
    }
  }
}

/// Each stream is answered in its place, by what was offered (RFC 3264 section 6).
private func check(_ answer: SessionDescription, answers offer: SessionDescription) {
  check(
    answer.media.count == offer.media.count,
    "\(offer.media.count) streams have \(answer.media.count) answers")
  for (offered, answered) in zip(offer.media, answer.media) {
    check(
      answered.media == offered.media && answered.transport == offered.transport
        && answered.formats.allSatisfy(offered.formats.contains),
      "\(offered) is answered by \(answered)")
    guard !answered.isRejected, let payloadType = answered.vp8PayloadType else { continue }
    let feedback = offered.feedback(for: payloadType)
    check(
      answered.feedback(for: payloadType).allSatisfy(feedback.contains),
      "an answer adds to \(feedback): \(answered)")
  }
}

/// Of the project's own answer, which takes every kind of feedback, all that was offered is in
/// effect wherever there is video under a profile with feedback.
private func check(_ negotiation: FeedbackNegotiation, agreesOnAllOf offer: SessionDescription) {
  for stream in negotiation.streams where stream.hasFeedbackProfile {
    let media = offer.media[stream.line - 1]
    guard let payloadType = media.vp8PayloadType else { continue }
    let offered = media.feedback(for: payloadType).map(\.text)
    for party in CallParty.allCases where stream.obstacle(toVideoFrom: party) == nil {
      for feature in FeedbackFeature.allCases {
        let isOffered =
          switch feature {
          case .retransmission: media.retransmissionPayloadType(of: payloadType) != nil
          case .reducedSize: media.hasReducedSize
          case .regularReportInterval: offered.contains { $0.hasPrefix("trr-int ") }
          default: offered.contains(feature.text)
          }
        check(
          (stream.verdict(on: feature, forVideoFrom: party) == .inEffect) == isOffered,
          "\(feature.text) is not as offered in \(media)")
      }
    }
  }
}

/// Asks all that a report of a negotiation asks.
private func check(_ negotiation: FeedbackNegotiation) {
  _ = negotiation.firstWithVideo
  for stream in negotiation.streams {
    _ = stream.profileNames
    stream.remarks.forEach(checkSentence)
    for party in CallParty.allCases {
      let obstacle = stream.obstacle(toVideoFrom: party)
      if let obstacle { checkSentence(obstacle.description) }
      check(
        obstacle != nil || stream.payloadType(ofVideoFrom: party) != nil,
        "video without a payload type")
      check(
        stream.regularReportInterval(forVideoFrom: party) >= 0, "an interval below zero")
      for feature in FeedbackFeature.allCases {
        guard case .blocked(let obstacle, _) = stream.verdict(on: feature, forVideoFrom: party)
        else { continue }
        checkSentence(obstacle.description)
      }
    }
  }
}
