/// Steps through the packets of an RTCP compound, or of a reduced-size packet (RFC 5506).
///
/// Holds only a reader, so it is valid as long as the octets are. Allocates nothing for packets of
/// one report block, one SLI entry, or an RPSI string or CNAME of up to 32 octets.
public struct RTCPCompound {
  private var reader: ByteReader

  public init(_ reader: ByteReader) {
    self.reader = reader
  }

  /// The next packet, nil at the end.
  ///
  /// - Throws: the packet's `WireError`, or one where padding is not on the last packet. After a
  ///   throw the rest of the compound is not to be read.
  public mutating func next() throws(WireError) -> RTCPPacket? {
    guard !reader.isAtEnd else { return nil }
    let start = reader.offset
    let flags = try reader.peek8("RTCP version")
    let packet = try RTCPPacket(parsing: &reader)
    // RFC 3550 section 6.4.1: padding belongs to the last packet of a compound alone.
    if flags & 0x20 != 0, !reader.isAtEnd {
      throw WireError(
        "RTCP padding bit", at: start, .badValue(found: 1),
        expected: "0 on all packets but the last")
    }
    return packet
  }

  /// Checks what makes a full compound of the packets not read yet: a report first and a CNAME with
  /// it (RFC 3550 sections 6.1 and A.2). Every packet is parsed on the way.
  public func checkComposition() throws(WireError) {
    var packets = self
    let start = packets.reader.offset
    guard let first = try packets.next() else {
      throw WireError("RTCP compound", at: start, .badLength(found: 0), expected: "an SR or RR")
    }
    switch first {
    case .senderReport, .receiverReport: break
    default:
      throw WireError(
        "first packet of an RTCP compound", at: start,
        .wrongType(found: Int(try reader.peek8(at: 1, "RTCP packet type"))),
        expected: "200, SR, or 201, RR")
    }
    // A.2 wants no padding on the first packet, even where it is alone.
    if try reader.peek8("RTCP version") & 0x20 != 0 {
      throw WireError(
        "RTCP padding bit", at: start, .badValue(found: 1), expected: "0 on the first packet")
    }
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
}
