import MediaSession
import WireFormats

/// How much of a media packet is left for its RTP payload.
public struct MediaPacketSize: Sendable {
  /// Octets of an Ethernet packet. A larger one would go in fragments, which are not simulated.
  public static let largest = 1_500

  /// What the largest packet has besides its payload, and how many octets of it.
  public let overhead: [(name: String, octets: Int)]

  public init(_ scenario: Scenario) {
    let headers = WireSize.lowerHeaders + RTPHeader.fixedByteCount
    // What is sent again has its first number in front (RFC 4588 section 4).
    let retransmission =
      scenario.mechanism.usesRetransmission
      ? RetransmissionPayload(originalSequenceNumber: 0).serializedByteCount : 0
    overhead =
      ([("headers", headers), ("RTX", retransmission)] + WireSize(scenario).ofRTP)
      .filter { $0.1 > 0 }
  }

  /// Octets of the largest RTP payload, VP8's descriptor included, whose packets stay whole.
  public var largestPayload: Int { overhead.reduce(Self.largest) { $0 - $1.octets } }
}
