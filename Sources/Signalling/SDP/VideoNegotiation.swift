import WireFormats

/// What can be negotiated about the feedback on a video stream.
public enum FeedbackFeature: CaseIterable, Hashable, Sendable {
  case genericNegativeAcknowledgement
  case pictureLossIndication
  case sliceLossIndication
  case referencePictureSelectionPositive
  case referencePictureSelectionNegative
  case fullIntraRequest
  /// A payload type for what generic NACK asks for (RFC 4588).
  case retransmission
  case reducedSize
  case regularReportInterval

  /// The attribute that declares it; nil of those that are not a kind of message.
  var attribute: RTCPFeedback? {
    switch self {
    case .genericNegativeAcknowledgement: .genericNegativeAcknowledgement
    case .pictureLossIndication: .pictureLossIndication
    case .sliceLossIndication: .sliceLossIndication
    case .referencePictureSelectionPositive: .referencePictureSelectionPositive
    case .referencePictureSelectionNegative: .referencePictureSelectionNegative
    case .fullIntraRequest: .fullIntraRequest
    case .retransmission, .reducedSize, .regularReportInterval: nil
    }
  }

  /// As SDP writes it.
  public var text: String {
    switch self {
    case .retransmission: "rtx"
    case .reducedSize: "rtcp-rsize"
    case .regularReportInterval: "trr-int"
    default: attribute!.text
    }
  }
}

/// Whether something is in effect, or what stands in the way.
public enum FeedbackVerdict: Hashable, Sendable {
  case inEffect
  /// `isSentInVain`: the end that asks may believe it is in effect, and send what is not heeded.
  case blocked(FeedbackObstacle, isSentInVain: Bool = false)
}

/// One video stream through all hands.
public struct VideoNegotiation: Hashable, Sendable {
  /// The media line's number in the caller's offer, from 1.
  public let line: Int
  private let hands: [NegotiationHand]

  init(line: Int, hands: [NegotiationHand]) {
    self.line = line
    self.hands = hands
  }

  /// Why there is no VP8 video at all; nil where there is.
  public var obstacle: FeedbackObstacle? {
    for hand in hands {
      guard let media = hand.media else { return .noVideoLine(hand.writer) }
      if media.isRejected { return .rejected(hand.writer) }
      if media.vp8PayloadType == nil { return .noVP8(hand.writer) }
    }
    return nil
  }

  /// Why a party's video does not go to the other; nil where it does.
  public func obstacle(toVideoFrom party: CallParty) -> FeedbackObstacle? {
    obstacle
      ?? hands.first { !$0.allowsVideo(from: party) }.map { .noVideoThisWay($0.writer) }
  }

  /// Whether a feature is in effect for the video that a party sends.
  public func verdict(on feature: FeedbackFeature, forVideoFrom party: CallParty) -> FeedbackVerdict
  {
    if let obstacle = obstacle(toVideoFrom: party) { return .blocked(obstacle) }
    let leg = leg(of: party.other)
    // The interval is a rule for the end that sends RTCP, which knows its own leg alone.
    let concerned = feature == .regularReportInterval ? leg : hands
    // What stops a leg stops all hands as well, and they tell who was first.
    guard Self.obstacle(to: feature, in: concerned) != nil,
      let obstacle = Self.obstacle(to: feature, in: hands)
    else { return .inEffect }
    let isSentInVain = feature.attribute != nil && Self.obstacle(to: feature, in: leg) == nil
    return .blocked(obstacle, isSentInVain: isSentInVain)
  }

  /// T_rr_interval of the end that receives a party's video, in milliseconds: 0 where nothing was
  /// agreed (RFC 4585 section 4.2). The answer binds.
  public func regularReportInterval(forVideoFrom party: CallParty) -> Int {
    guard verdict(on: .regularReportInterval, forVideoFrom: party) == .inEffect else { return 0 }
    return leg(of: party.other)[1].interval ?? 0
  }

  /// Whether all hands name a profile with feedback.
  public var hasFeedbackProfile: Bool { hands.allSatisfy(\.hasFeedbackProfile) }

  /// Whether any hand names a secure profile: then SRTP adds its octets on one leg at least.
  public var hasSecureProfile: Bool { hands.contains { $0.isSecure } }

  /// The profile's name in each hand, without repetition.
  public var profileNames: [String] {
    hands.map(\.profileName).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The number that a party's packets of VP8 bear: the one the other end of its leg mapped
  /// (RFC 3264 section 5.1); nil without video.
  public func payloadType(ofVideoFrom party: CallParty) -> UInt8? {
    leg(of: party)[party == .caller ? 1 : 0].media?.vp8PayloadType
  }

  /// Offer and answer as a party knows them.
  private func leg(of party: CallParty) -> [NegotiationHand] {
    switch party {
    case .caller: [hands[0], hands.last!]
    case .callee:
      // With a B2BUA's offer the callee's leg begins there.
      hands[1].isOffer ? [hands[1], hands[2]] : [hands[0], hands[1]]
    }
  }

  private static func obstacle(
    to feature: FeedbackFeature, in hands: [NegotiationHand]
  ) -> FeedbackObstacle? {
    for hand in hands {
      // RFC 4585 section 4.1: no feedback without a profile that has it.
      guard hand.hasFeedbackProfile else { return .profile(hand.writer, name: hand.profileName) }
      guard hand.has(feature) else {
        return hands.contains { $0.has(feature) } ? .lacking(hand.writer) : .lackingEverywhere
      }
    }
    return nil
  }

  /// What the descriptions do that the standards do not allow, a sentence each.
  public var remarks: [String] {
    var remarks = hands.flatMap(Self.remarks(on:))
    for leg in legs { remarks += Self.remarks(on: leg[0], answeredBy: leg[1]) }
    return remarks
  }

  /// The exchanges that can be judged. Where the B2BUA's answer is not known, the caller's leg has
  /// none.
  private var legs: [[NegotiationHand]] {
    let hasOwnAnswer = hands.last?.writer == .b2buaAnswer
    return (hasOwnAnswer ? [leg(of: .caller)] : []) + [leg(of: .callee)]
  }

  private static func remarks(on hand: NegotiationHand) -> [String] {
    var remarks: [String] = []
    if hand.hasSessionFeedback {
      remarks.append(
        "\(hand.writer.document) has a=rtcp-fb above the media lines, which counts for none "
          + "(RFC 4585 section 4.2)")
    }
    if !hand.hasFeedbackProfile, !hand.feedback.isEmpty {
      remarks.append(
        "\(hand.writer.document) has a=rtcp-fb lines under \(hand.profileName), where they mean "
          + "nothing (RFC 4585 section 4.2)")
    }
    return remarks
  }

  private static func remarks(
    on offer: NegotiationHand, answeredBy answer: NegotiationHand
  ) -> [String] {
    guard let offered = offer.media, let answered = answer.media, !answered.isRejected else {
      return []
    }
    var remarks: [String] = []
    if offered.transport != answered.transport {
      remarks.append(
        "\(answer.writer.document) names \(answered.transport.name) where \(offered.transport.name) "
          + "was offered; an answer keeps the profile or rejects the stream (RFC 3264)")
    }
    // A payload type may be added (RFC 3264 section 6.1), feedback may not.
    let added = FeedbackFeature.allCases.filter {
      $0 != .retransmission && answer.has($0) && !offer.has($0)
    }.map(\.text)
    if !added.isEmpty {
      remarks.append(
        "\(answer.writer.document) adds \(added.joined(separator: ", ")) to what was offered "
          + "(RFC 4585 section 4.2, RFC 5506 section 5)")
    }
    if let before = offer.interval, let after = answer.interval, before != after {
      remarks.append(
        "\(answer.writer.document) alters trr-int from \(before) to \(after) ms "
          + "(RFC 4585 section 4.2); the answer binds")
    }
    return remarks
  }
}
