/// REMB: the bitrate that a receiver thinks its way can carry, over all the sources that it names
/// (draft-alvestrand-rmcat-remb-03 section 2.2).
///
/// Application-layer feedback with an identifier of its own; the header's SSRC of media source is
/// written zero and not looked at.
public struct ReceiverEstimatedMaximumBitrate: WireValue, Hashable {
  /// The unique identifier, "REMB".
  public static let identifier: UInt32 = 0x5245_4D42
  /// The largest mantissa that 18 bits can tell.
  public static let maximumMantissa: UInt32 = 1 << 18 - 1

  /// SSRC of the packet's sender, who made the estimate.
  public var packetSender: UInt32
  /// BR Exp, 0...63.
  public var exponent: UInt8
  /// BR Mantissa, 0...`maximumMantissa`; bits per second are this times 2 to the `exponent`.
  public var mantissa: UInt32
  /// The media that the estimate holds for; at most 255, up to eight without allocation.
  public var sources: InlineWordList<UInt32>

  public init(
    packetSender: UInt32, exponent: UInt8, mantissa: UInt32, sources: InlineWordList<UInt32>
  ) {
    self.packetSender = packetSender
    self.exponent = exponent
    self.mantissa = mantissa
    self.sources = sources
  }

  /// - Parameter bitsPerSecond: rounded down to 18 significant bits, so that never more is allowed.
  public init(packetSender: UInt32, bitsPerSecond: UInt64, sources: InlineWordList<UInt32>) {
    let exponent = max(0, UInt64.bitWidth - bitsPerSecond.leadingZeroBitCount - 18)
    self.init(
      packetSender: packetSender, exponent: UInt8(exponent),
      mantissa: UInt32(bitsPerSecond >> UInt64(exponent)), sources: sources)
  }

  /// The estimate; what 64 bits cannot hold becomes `UInt64.max`.
  public var bitsPerSecond: UInt64 {
    let mantissa = UInt64(mantissa)
    return mantissa == 0 || Int(exponent) <= mantissa.leadingZeroBitCount
      ? mantissa << UInt64(exponent) : .max
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    var (_, body) = try RTCPHeader.open(
      &reader, type: RTCPPacketType.payloadSpecificFeedback,
      format: PayloadSpecificFormat.applicationLayer, expected: "206 with format 15, REMB")
    packetSender = try body.read32("REMB SSRC of packet sender")
    _ = try body.read32("REMB SSRC of media source")
    let identifierAt = body.offset
    let found = try body.read32("REMB unique identifier")
    guard found == Self.identifier else {
      throw WireError(
        "REMB unique identifier", at: identifierAt, .wrongType(found: Int(found)),
        expected: "0x52454D42, REMB")
    }
    let countAt = body.offset
    let packed = try body.read32("REMB number of SSRCs and bitrate")
    exponent = UInt8(packed >> 18 & 0x3F)
    mantissa = packed & Self.maximumMantissa
    sources = try InlineWordList(toEndOf: &body, "REMB SSRC")
    guard sources.count == Int(packed >> 24) else {
      throw WireError(
        "REMB number of SSRCs", at: countAt, .badLength(found: Int(packed >> 24)),
        expected: "as many as the packet has room for")
    }
  }

  public var serializedByteCount: Int { 20 + sources.serializedByteCount }

  public func serialize(into writer: inout ByteWriter) {
    precondition(sources.count < 256, "a REMB names at most 255 sources")
    precondition(
      exponent < 64 && mantissa <= Self.maximumMantissa,
      "a REMB's exponent has 6 bits and its mantissa 18")
    RTCPHeader(
      packetType: RTCPPacketType.payloadSpecificFeedback,
      count: PayloadSpecificFormat.applicationLayer, packetByteCount: serializedByteCount
    ).serialize(into: &writer)
    writer.write32(packetSender)
    writer.write32(0)
    writer.write32(Self.identifier)
    writer.write32(UInt32(sources.count) << 24 | UInt32(exponent) << 18 | mantissa)
    sources.serialize(into: &writer)
  }
}
