import WireFormats

/// What an offer, its answer, and a back-to-back user agent between them leave of video feedback.
///
/// A description passes up to four hands: the caller's offer, the offer as the B2BUA sent it on, the
/// callee's answer, the answer as the B2BUA sent it on. The two of each side of the B2BUA are a leg,
/// an offer/answer exchange of its own (RFC 3264). Feedback is in effect where all have it: the end
/// that asks must be allowed to, and the end that is asked must have promised to react.
public struct FeedbackNegotiation: Hashable, Sendable {
  /// One for each m=video line of the caller's offer, in its order.
  public let streams: [VideoNegotiation]

  /// - Parameters:
  ///   - offer: as the caller sent it.
  ///   - answer: as the callee sent it.
  ///   - b2buaOffer: the offer as the callee received it; nil where it came unchanged. Its n-th video
  ///     line belongs to the n-th of `offer`, since another leg may have other lines between.
  ///   - b2buaAnswer: the answer as the caller received it; nil where it came unchanged.
  public init(
    offer: SessionDescription, answer: SessionDescription,
    b2buaOffer: SessionDescription? = nil, b2buaAnswer: SessionDescription? = nil
  ) {
    let callerLines = offer.media.indices.filter { offer.media[$0].media == "video" }
    let calleeLines = (b2buaOffer ?? offer).videoLines
    streams = callerLines.enumerated().map { number, line in
      let calleeLine = number < calleeLines.count ? calleeLines[number] : nil
      var hands = [NegotiationHand(.caller, offer, line)]
      if let b2buaOffer { hands.append(NegotiationHand(.b2buaOffer, b2buaOffer, calleeLine)) }
      hands.append(NegotiationHand(.callee, answer, calleeLine))
      if let b2buaAnswer { hands.append(NegotiationHand(.b2buaAnswer, b2buaAnswer, line)) }
      return VideoNegotiation(line: line + 1, hands: hands)
    }
  }

  /// The first stream that carries VP8; nil where none does.
  public var firstWithVideo: VideoNegotiation? { streams.first { $0.obstacle == nil } }
}

extension SessionDescription {
  fileprivate var videoLines: [Int] { media.indices.filter { media[$0].media == "video" } }
}

/// One description's word on one video stream.
struct NegotiationHand: Hashable, Sendable {
  let writer: DescriptionWriter
  /// Nil where the description has no video line in that place.
  let media: MediaDescription?
  let direction: MediaDirection
  /// `a=rtcp-fb` above the media lines, where RFC 4585 section 4.2 does not allow it.
  let hasSessionFeedback: Bool

  init(_ writer: DescriptionWriter, _ description: SessionDescription, _ line: Int?) {
    self.writer = writer
    let media = line.flatMap { line in
      description.media.indices.contains(line) ? description.media[line] : nil
    }
    self.media = media?.media == "video" ? media : nil
    direction = media.map { description.direction(of: $0) } ?? .inactive
    hasSessionFeedback = description.lines.contains {
      if case .rtcpFeedback = $0 { true } else { false }
    }
  }

  var isOffer: Bool { writer == .caller || writer == .b2buaOffer }
  var profileName: String { media?.transport.name ?? "" }
  var isSecure: Bool { media?.transport.profile?.isSecure == true }
  var hasFeedbackProfile: Bool { media?.transport.profile?.hasFeedback == true }

  var feedback: [RTCPFeedback] {
    guard let media, let payloadType = media.vp8PayloadType else { return [] }
    return media.feedback(for: payloadType)
  }

  private var retransmissionPayloadType: UInt8? {
    guard let media, let payloadType = media.vp8PayloadType else { return nil }
    return media.retransmissionPayloadType(of: payloadType)
  }

  /// Milliseconds of `trr-int`; nil where it is not given.
  var interval: Int? {
    for case .regularReportInterval(let milliseconds) in feedback { return milliseconds }
    return nil
  }

  /// Whether video may go from this party, by this description. An answer's writer receives what the
  /// caller sends, and so does the B2BUA in its place.
  func allowsVideo(from party: CallParty) -> Bool {
    (party == .caller) == isOffer ? direction.sends : direction.receives
  }

  func has(_ feature: FeedbackFeature) -> Bool {
    switch feature {
    case .retransmission: retransmissionPayloadType != nil
    case .reducedSize: media?.hasReducedSize == true
    case .regularReportInterval: interval != nil
    default: feedback.contains { $0 == feature.attribute }
    }
  }
}
