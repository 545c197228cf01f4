import WireFormats

/// What an endpoint that answers an offer can do with video.
public struct AnswerCapabilities: Hashable, Sendable {
  /// RTP profiles it accepts. Keys of secure profiles are not made: nothing here is encrypted.
  public var profiles: [RTPProfile] = RTPProfile.allCases
  /// Kinds of feedback it wants. An interval among them, of whatever value, accepts the offered one.
  public var feedback: [RTCPFeedback] = [
    .genericNegativeAcknowledgement, .pictureLossIndication, .sliceLossIndication,
    .referencePictureSelectionPositive, .referencePictureSelectionNegative, .fullIntraRequest,
    .regularReportInterval(milliseconds: 0),
  ]
  /// Whether it takes reduced-size RTCP (RFC 5506).
  public var acceptsReducedSize = true
  /// Whether it takes a payload type for retransmissions (RFC 4588).
  public var acceptsRetransmission = true
  /// What it wants of each video stream; what the offer does not allow is left out.
  public var direction = MediaDirection.sendReceive
  /// The port of its first video stream; the next ones follow at steps of two.
  public var videoPort = 5_004
  /// The values of its o= and c= lines.
  public var origin = "callee 1 1 IN IP4 192.0.2.2"
  public var connection = "IN IP4 192.0.2.2"

  public init() {}

  func accepts(_ feedback: RTCPFeedback) -> Bool {
    self.feedback.contains { $0.isSameKind(as: feedback) }
  }
}

extension RTCPFeedback {
  /// Equality that does not look at an interval's length.
  func isSameKind(as other: RTCPFeedback) -> Bool {
    if case (.regularReportInterval, .regularReportInterval) = (self, other) { return true }
    return self == other
  }
}

extension SessionDescription {
  /// The answer to an offer (RFC 3264 section 6): VP8 video as far as both want it.
  ///
  /// Every media line is answered in its place; one that is not video, has no VP8 or names another
  /// profile is rejected with port 0, and so is one for which no port is left. Feedback is never
  /// added, and its values are not altered (RFC 4585 section 4.2).
  public static func answer(
    to offer: SessionDescription, capabilities: AnswerCapabilities
  ) -> SessionDescription {
    var lines: [SDPLine] = [
      .other(type: UInt8(ascii: "v"), value: "0"),
      .other(type: UInt8(ascii: "o"), value: capabilities.origin),
      .other(type: UInt8(ascii: "s"), value: "-"),
      .other(type: UInt8(ascii: "c"), value: capabilities.connection),
    ]
    // The time of the session is not negotiated: t= is the offer's (RFC 3264 section 6).
    lines += offer.lines.filter { $0.type == UInt8(ascii: "t") }
    var port = capabilities.videoPort
    var media: [MediaDescription] = []
    for offered in offer.media {
      guard let profile = offered.transport.profile, capabilities.profiles.contains(profile),
        offered.media == "video", !offered.isRejected, let payloadType = offered.vp8PayloadType,
        port <= 65_535
      else {
        media.append(offered.rejection)
        continue
      }
      var payloadTypes = [payloadType]
      if capabilities.acceptsRetransmission,
        let retransmission = offered.retransmissionPayloadType(of: payloadType)
      {
        payloadTypes.append(retransmission)
      }
      media.append(
        MediaDescription(
          media: offered.media, port: port, transport: offered.transport,
          formats: payloadTypes.map { "\($0)" },
          lines: offered.acceptedLines(
            payloadTypes, by: capabilities, direction: offer.direction(of: offered))))
      port += 2
    }
    return SessionDescription(lines: lines, media: media)
  }
}

extension MediaDescription {
  /// The line that refuses this stream: the same with port 0; what it lists is ignored.
  fileprivate var rejection: MediaDescription {
    MediaDescription(media: media, port: 0, transport: transport, formats: formats)
  }

  /// - Parameter payloadTypes: VP8's first, then that of its retransmissions.
  fileprivate func acceptedLines(
    _ payloadTypes: [UInt8], by capabilities: AnswerCapabilities, direction offered: MediaDirection
  ) -> [SDPLine] {
    var kept: [SDPLine] = []
    let payloadType = payloadTypes[0]
    for line in lines {
      switch line {
      case .rtpMap(let map) where payloadTypes.contains(map.payloadType): kept.append(line)
      // What a retransmission is of is no capability of the end that offers it.
      case .formatParameters(let parameters)
      where payloadTypes.dropFirst().contains { "\($0)" == parameters.format }: kept.append(line)
      case .rtcpFeedback(let attribute)
      where attribute.payloadType ?? payloadType == payloadType
        && transport.profile?.hasFeedback == true && capabilities.accepts(attribute.feedback):
        kept.append(line)
      case .rtcpReducedSize where capabilities.acceptsReducedSize: kept.append(line)
      default: break
      }
    }
    // What one side sends the other receives (RFC 3264 section 6.1).
    let direction = MediaDirection(
      sends: offered.receives && capabilities.direction.sends,
      receives: offered.sends && capabilities.direction.receives)
    return kept + [.direction(direction)]
  }
}
