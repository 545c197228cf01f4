/// The fixed header of an RTP packet with its contributing sources (RFC 3550 section 5.1).
///
/// Parsing consumes the header, steps over a header extension without keeping it, and takes the
/// padding off the reader's end: what remains to be read is the payload.
public struct RTPHeader: WireValue {
  /// Whether this is the last packet of a picture (RFC 7741 section 4.1).
  public var marker: Bool
  /// 0...127.
  public var payloadType: UInt8
  public var sequenceNumber: UInt16
  /// In units of the payload's clock; 90 kHz for video.
  public var timestamp: UInt32
  public var synchronizationSource: UInt32
  /// At most 15; an empty array costs no allocation.
  public var contributingSources: [UInt32] = []
  /// Padding octets behind the payload, their count included; 0 is no padding.
  ///
  /// `serialize(into:)` sets the bit; the padding itself follows the payload by
  /// `serializePadding(into:)`.
  public var paddingByteCount: UInt8 = 0

  public init(
    marker: Bool, payloadType: UInt8, sequenceNumber: UInt16, timestamp: UInt32,
    synchronizationSource: UInt32
  ) {
    self.marker = marker
    self.payloadType = payloadType
    self.sequenceNumber = sequenceNumber
    self.timestamp = timestamp
    self.synchronizationSource = synchronizationSource
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    let start = reader.offset
    try reader.require(12, for: "RTP header")
    let flags = try reader.read8("RTP version")
    guard flags >> 6 == 2 else {
      throw WireError(
        "RTP version", at: start, .wrongVersion(found: Int(flags >> 6)), expected: "2")
    }
    let second = try reader.read8("RTP payload type")
    marker = second & 0x80 != 0
    payloadType = second & 0x7F
    sequenceNumber = try reader.read16("RTP sequence number")
    timestamp = try reader.read32("RTP timestamp")
    synchronizationSource = try reader.read32("RTP SSRC")
    let sourceCount = Int(flags & 0x0F)
    if sourceCount > 0 {
      try reader.require(4 * sourceCount, for: "RTP CSRC list")
      contributingSources.reserveCapacity(sourceCount)
      for _ in 0..<sourceCount {
        contributingSources.append(try reader.read32("RTP CSRC list"))
      }
    }
    if flags & 0x10 != 0 {
      // RFC 3550 section 5.3.1: 16 bits of profile, then the length in words without these 4 octets.
      try reader.skip(2, "RTP header extension")
      let words = try reader.read16("RTP header extension length")
      try reader.skip(4 * Int(words), "RTP header extension")
    }
    if flags & 0x20 != 0 {
      paddingByteCount = try Self.takePadding(from: &reader)
    }
  }

  private static func takePadding(from reader: inout ByteReader) throws(WireError) -> UInt8 {
    try reader.require(1, for: "RTP padding count")
    let count = try reader.peek8(at: reader.remaining - 1, "RTP padding count")
    guard count > 0, Int(count) <= reader.remaining else {
      throw WireError(
        "RTP padding count", at: reader.offset + reader.remaining - 1,
        .badLength(found: Int(count)), expected: "1 up to the octets behind the header")
    }
    reader.dropLast(Int(count))
    return count
  }

  public var serializedByteCount: Int { 12 + 4 * contributingSources.count }

  /// Writes the header; the payload and then `serializePadding(into:)` follow.
  public func serialize(into writer: inout ByteWriter) {
    precondition(payloadType < 128, "an RTP payload type has 7 bits")
    precondition(contributingSources.count < 16, "an RTP packet has at most 15 CSRCs")
    let padding: UInt8 = paddingByteCount > 0 ? 0x20 : 0
    writer.write8(0x80 | padding | UInt8(contributingSources.count))
    writer.write8((marker ? 0x80 : 0) | payloadType)
    writer.write16(sequenceNumber)
    writer.write32(timestamp)
    writer.write32(synchronizationSource)
    for source in contributingSources { writer.write32(source) }
  }

  /// Writes the padding behind the payload, `paddingByteCount` octets.
  public func serializePadding(into writer: inout ByteWriter) {
    guard paddingByteCount > 0 else { return }
    writer.writeZeros(Int(paddingByteCount) - 1)
    writer.write8(paddingByteCount)
  }
}
