/// Who wrote a session description on its way from the caller to the callee and back.
public enum DescriptionWriter: Hashable, Sendable {
  /// The caller's offer.
  case caller
  /// The offer as the back-to-back user agent sent it on to the callee.
  case b2buaOffer
  /// The callee's answer.
  case callee
  /// The answer as the back-to-back user agent sent it on to the caller.
  case b2buaAnswer

  /// The writer in a sentence.
  var name: String {
    switch self {
    case .caller: "the caller"
    case .b2buaOffer, .b2buaAnswer: "the B2BUA"
    case .callee: "the callee"
    }
  }

  /// The description itself in a sentence.
  var document: String {
    switch self {
    case .caller: "the caller's offer"
    case .b2buaOffer: "the B2BUA's offer"
    case .callee: "the callee's answer"
    case .b2buaAnswer: "the B2BUA's answer"
    }
  }
}

/// The two ends of a call. The caller is the one that makes the offer.
public enum CallParty: String, CaseIterable, Hashable, Sendable {
  case caller
  case callee

  public var other: CallParty { self == .caller ? .callee : .caller }
}

/// The first thing on the way that keeps video, or a kind of feedback, from being in effect.
public enum FeedbackObstacle: Hashable, Sendable, CustomStringConvertible {
  /// A description has no video line in the stream's place.
  case noVideoLine(DescriptionWriter)
  /// Port 0.
  case rejected(DescriptionWriter)
  /// No payload type of the line is mapped to VP8/90000.
  case noVP8(DescriptionWriter)
  /// The description does not send, or does not take, this direction's video.
  case noVideoThisWay(DescriptionWriter)
  /// A profile without feedback.
  case profile(DescriptionWriter, name: String)
  /// The description does not have this kind of feedback.
  case lacking(DescriptionWriter)
  /// No description has it.
  case lackingEverywhere

  /// A clause for "why not".
  public var description: String {
    switch self {
    case .noVideoLine(let writer): "\(writer.document) has no m=video line here"
    case .rejected(.caller): "the caller offers the stream with port 0"
    case .rejected(let writer): "\(writer.name) rejects the stream (port 0)"
    case .noVP8(let writer): "\(writer.document) maps no payload type of the line to VP8/90000"
    case .noVideoThisWay(let writer): "\(writer.document) excludes video this way"
    case .profile(let writer, let name): "\(writer.name)'s profile is \(name)"
    case .lackingEverywhere: "neither end has it"
    case .lacking(.caller): "caller lacks it"
    case .lacking(.callee): "callee lacks it"
    case .lacking(.b2buaOffer): "the B2BUA dropped it from the offer"
    case .lacking(.b2buaAnswer): "the B2BUA dropped it from the answer"
    }
  }
}
