/// Steps through the packets of an RTCP compound, or of a reduced-size packet (RFC 5506).
///
/// Holds only a reader, so it is valid as long as the octets are. Allocates nothing for packets of
/// one report block, SLI or FIR entry or SDES item, of eight NACK entries or SSRCs, and of texts and
/// contents of up to 32 octets.
public struct RTCPCompound {
  private var reader: ByteReader
  /// Octets of padding on the packet that `next()` gave last, their count included; 0 is none.
  public private(set) var paddingByteCount = 0

  public init(_ reader: ByteReader) {
    self.reader = reader
  }

  /// The next packet, without its padding; nil at the end.
  ///
  /// - Throws: the packet's `WireError`, or one where padding is not on the last packet. After a
  ///   throw the rest of the compound is not to be read.
  public mutating func next() throws(WireError) -> RTCPPacket? {
    guard !reader.isAtEnd else { return nil }
    let whole = reader
    let packet = try RTCPPacket(parsing: &reader)
    paddingByteCount = 0
    guard try whole.peek8("RTCP version") & RTCPHeader.paddingFlag != 0 else { return packet }
    // RFC 3550 section 6.4.1: padding belongs to the last packet of a compound alone.
    guard reader.isAtEnd else {
      throw WireError(
        "RTCP padding bit", at: whole.offset, .badValue(found: 1),
        expected: "0 on all packets but the last")
    }
    paddingByteCount = Int(try whole.peek8(at: whole.remaining - 1, "RTCP padding count"))
    return packet
  }
}

extension RTCPCompound {
  /// What a receiver accepts as a whole.
  public enum Rules: Hashable, Sendable {
    /// A full compound (RFC 3550 sections 6.1 and A.2): an SR or RR first, without padding, and an
    /// SDES with a CNAME.
    case fullCompound
    /// Where reduced size was negotiated (RFC 5506, `a=rtcp-rsize`): a feedback packet may come
    /// first, with no report and no CNAME; what begins with a report is a full compound.
    case reducedSizeAllowed
  }

  /// Checks the packets not read yet against the rules. Every packet is parsed on the way, which
  /// also shows that their lengths add up and that only the last is padded.
  ///
  /// - Throws: the first packet's fault that is found, or the first rule's that is broken.
  public func checkComposition(_ rules: Rules = .fullCompound) throws(WireError) {
    var packets = self
    let start = reader.offset
    guard let first = try packets.next() else {
      throw WireError(
        "RTCP compound", at: start, .badLength(found: 0), expected: "at least one packet")
    }
    if rules == .reducedSizeAllowed, first.isFeedback {
      while try packets.next() != nil {}
      return
    }
    try checkFirst(first, rules)
    var hasCanonicalName = false
    while let packet = try packets.next() {
      if case .sourceDescription(let description) = packet {
        hasCanonicalName =
          hasCanonicalName || description.chunks.contains { $0.canonicalName != nil }
      }
    }
    guard hasCanonicalName else {
      throw WireError(
        "RTCP compound", at: start, .badValue(found: 0), expected: "an SDES with a CNAME")
    }
  }

  private func checkFirst(_ first: RTCPPacket, _ rules: Rules) throws(WireError) {
    switch first {
    case .senderReport, .receiverReport: break
    default:
      throw WireError(
        "first packet of an RTCP compound", at: reader.offset,
        .wrongType(found: Int(try reader.peek8(at: 1, "RTCP packet type"))),
        expected: rules == .fullCompound
          ? "200, SR, or 201, RR" : "200, SR, 201, RR, or feedback, 205 or 206")
    }
    // A.2 wants no padding on the first packet, even where it is alone.
    if try reader.peek8("RTCP version") & RTCPHeader.paddingFlag != 0 {
      throw WireError(
        "RTCP padding bit", at: reader.offset, .badValue(found: 1),
        expected: "0 on the first packet")
    }
  }
}

extension RTCPPacket {
  /// Whether this is transport-layer or payload-specific feedback (RFC 4585 section 6.1).
  public var isFeedback: Bool {
    switch self {
    case .senderReport, .receiverReport, .sourceDescription, .goodbye, .applicationDefined: false
    case .genericNegativeAcknowledgement, .pictureLossIndication, .sliceLossIndication,
      .referencePictureSelectionIndication, .fullIntraRequest, .receiverEstimatedMaximumBitrate,
      .applicationLayerFeedback:
      true
    case .unknown(let packet):
      packet.packetType == RTCPPacketType.transportLayerFeedback
        || packet.packetType == RTCPPacketType.payloadSpecificFeedback
    }
  }
}
