/// The header of an RTP packet with its contributing sources and extension (RFC 3550 section 5.1).
///
/// Parsing consumes the header and takes the padding off the reader's end: what remains to be read
/// is the payload.
public struct RTPHeader: WireValue {
  /// What a profile puts between header and payload (section 5.3.1).
  public struct Extension: Hashable, Sendable {
    /// 0xBEDE is a list of one-octet elements (RFC 8285 section 4.2).
    public var profile: UInt16
    /// A multiple of four octets, at most 262140; up to 32 are held without allocation.
    public var content: ShortOctets

    public init(profile: UInt16, content: ShortOctets) {
      self.profile = profile
      self.content = content
    }
  }

  /// Octets of a header without contributing sources and extension.
  public static let fixedByteCount = 12

  /// Whether this is the last packet of a picture (RFC 7741 section 4.1).
  public var marker: Bool
  /// 0...127.
  public var payloadType: UInt8
  public var sequenceNumber: UInt16
  /// In units of the payload's clock; 90 kHz for video.
  public var timestamp: UInt32
  public var synchronizationSource: UInt32
  /// At most 15; up to eight are held without allocation.
  public var contributingSources: InlineWordList<UInt32> = []
  public var headerExtension: Extension?
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
      for _ in 0..<sourceCount {
        contributingSources.append(try reader.read32("RTP CSRC list"))
      }
    }
    if flags & 0x10 != 0 {
      // Section 5.3.1: 16 bits of profile, then the length in words without these four octets.
      let profile = try reader.read16("RTP header extension profile")
      let words = try reader.read16("RTP header extension length")
      headerExtension = Extension(
        profile: profile,
        content: ShortOctets(try reader.read(4 * Int(words), "RTP header extension")))
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

  public var serializedByteCount: Int {
    12 + contributingSources.serializedByteCount
      + (headerExtension.map { 4 + $0.content.count } ?? 0)
  }

  /// Writes the header; the payload and then `serializePadding(into:)` follow.
  public func serialize(into writer: inout ByteWriter) {
    precondition(payloadType < 128, "an RTP payload type has 7 bits")
    precondition(contributingSources.count < 16, "an RTP packet has at most 15 CSRCs")
    let padding: UInt8 = paddingByteCount > 0 ? 0x20 : 0
    let extended: UInt8 = headerExtension == nil ? 0 : 0x10
    writer.write8(0x80 | padding | extended | UInt8(contributingSources.count))
    writer.write8((marker ? 0x80 : 0) | payloadType)
    writer.write16(sequenceNumber)
    writer.write32(timestamp)
    writer.write32(synchronizationSource)
    contributingSources.serialize(into: &writer)
    guard let headerExtension else { return }
    let content = headerExtension.content
    precondition(
      content.count % 4 == 0 && content.count < 1 << 18,
      "a header extension of \(content.count) octets has no length in words")
    writer.write16(headerExtension.profile)
    writer.write16(UInt16(content.count / 4))
    content.serialize(into: &writer)
  }

  /// Writes the padding behind the payload, `paddingByteCount` octets.
  public func serializePadding(into writer: inout ByteWriter) {
    guard paddingByteCount > 0 else { return }
    writer.writeZeros(Int(paddingByteCount) - 1)
    writer.write8(paddingByteCount)
  }
}
