import ArgumentParser
import Campaigns
import Configuration
import Signalling
import WireFormats

/// `avpfsim sdp`
struct SDPCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sdp",
    abstract: "Explain which video feedback an SDP offer and answer leave in effect.",
    discussion: """
      Prints, for the video of each end, which feedback is in effect and why other feedback is \
      not, and the scenario settings that stand for it. Without ANSWER it writes the answer of an \
      endpoint that accepts all feedback.

      Example:
        avpfsim example sdp > offer.sdp
        avpfsim sdp offer.sdp > answer.sdp
        avpfsim sdp offer.sdp answer.sdp
        avpfsim sdp offer.sdp answer.sdp --b2bua offer-behind-b2bua.sdp
      """)

  @Argument(help: ArgumentHelp("The offer, as the caller sent it.", valueName: "offer.sdp"))
  var offer: String

  @Argument(help: ArgumentHelp("The answer, as the callee sent it.", valueName: "answer.sdp"))
  var answer: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The offer as a back-to-back user agent sent it on to the callee (default: unchanged).",
      valueName: "sdp"))
  var b2bua: String?

  @Option(
    name: .customLong("b2bua-answer"),
    help: ArgumentHelp(
      "The answer as the back-to-back user agent sent it on to the caller (default: unchanged).",
      valueName: "sdp"))
  var b2buaAnswer: String?

  func validate() throws {
    guard answer == nil,
      let option = b2bua != nil ? "--b2bua" : b2buaAnswer.map({ _ in "--b2bua-answer" })
    else { return }
    throw ValidationError("\(option): found no answer beside it, expected an offer and an answer")
  }

  func run() throws {
    let offer = try SDPFile.load(offer)
    guard let answer else {
      let answer = SessionDescription.answer(to: offer, capabilities: AnswerCapabilities())
      try requireVideo(in: FeedbackNegotiation(offer: offer, answer: answer))
      print(String(decoding: answer.octets(), as: UTF8.self), terminator: "")
      return
    }
    let (answered, b2buaOffer) = (try SDPFile.load(answer), try b2bua.map(SDPFile.load))
    let b2buaAnswer = try b2buaAnswer.map(SDPFile.load)
    let negotiation = FeedbackNegotiation(
      offer: offer, answer: answered, b2buaOffer: b2buaOffer, b2buaAnswer: b2buaAnswer)
    try requireVideoLine(in: negotiation)
    let descriptions = [offer, b2buaOffer, answered, b2buaAnswer].compactMap { $0 }
    print(NegotiationReport(negotiation, descriptions: descriptions).text, terminator: "")
  }

  private func requireVideoLine(in negotiation: FeedbackNegotiation) throws {
    guard negotiation.streams.isEmpty else { return }
    throw ConfigurationError(
      place: ConfigurationPlace(file: offer),
      problem: "found no m=video line, expected one with VP8")
  }

  /// An answer that refuses all video is none to go on with.
  private func requireVideo(in negotiation: FeedbackNegotiation) throws {
    try requireVideoLine(in: negotiation)
    guard negotiation.firstWithVideo == nil else { return }
    let reasons = negotiation.streams.compactMap { stream in
      stream.obstacle.map { "m= line \(stream.line): \($0)" }
    }
    throw ConfigurationError(
      place: ConfigurationPlace(file: offer),
      problem: "found no VP8 video to accept (\(reasons.joined(separator: "; "))), expected an "
        + "m=video line with VP8/90000 and a port")
  }
}
