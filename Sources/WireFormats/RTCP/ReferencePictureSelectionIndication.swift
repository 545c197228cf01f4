/// RPSI: a picture that the receiver has, or asks to be predicted from (RFC 4585 section 6.3.3).
public struct ReferencePictureSelectionIndication: WireValue, Hashable {
  /// SSRC of the packet's sender.
  public var packetSender: UInt32
  /// SSRC of the media that the message is about.
  public var mediaSource: UInt32
  /// The RTP payload type in whose terms the bit string is meant, 0...127.
  public var payloadType: UInt8
  /// The codec's own bit string, from the highest bit of the first octet; unused bits are zero.
  public private(set) var bitString: ShortOctets
  /// Bits of the string.
  public private(set) var bitCount: Int

  /// - Parameters:
  ///   - bitString: `bitCount` bits in as few octets as hold them (checked).
  public init(
    packetSender: UInt32, mediaSource: UInt32, payloadType: UInt8, bitString: ShortOctets,
    bitCount: Int
  ) {
    precondition(
      bitCount >= 0 && bitString.count == (bitCount + 7) / 8,
      "\(bitString.count) octets do not hold just \(bitCount) bits")
    self.packetSender = packetSender
    self.mediaSource = mediaSource
    self.payloadType = payloadType
    self.bitString = bitString
    self.bitString.clearLowBitsOfLast(8 * bitString.count - bitCount)
    self.bitCount = bitCount
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    var (_, body) = try RTCPHeader.open(
      &reader, type: RTCPPacketType.payloadSpecificFeedback,
      format: PayloadSpecificFormat.referencePictureSelectionIndication,
      expected: "206 with format 3, RPSI")
    packetSender = try body.read32("RPSI SSRC of packet sender")
    mediaSource = try body.read32("RPSI SSRC of media source")
    let paddingAt = body.offset
    try body.require(4, for: "RPSI feedback control information")
    let paddingBits = Int(try body.read8("RPSI PB"))
    // The bit above the payload type is to be ignored (RFC 4585 section 6.3.3.2).
    payloadType = try body.read8("RPSI payload type") & 0x7F
    // PB only fills up to the next 32-bit boundary.
    guard paddingBits < 32, paddingBits <= 8 * body.remaining else {
      throw WireError(
        "RPSI PB", at: paddingAt, .badValue(found: paddingBits),
        expected: "0...31 and no more than the bit string's space")
    }
    bitCount = 8 * body.remaining - paddingBits
    bitString = ShortOctets(try body.read((bitCount + 7) / 8, "RPSI bit string"))
    bitString.clearLowBitsOfLast(8 * bitString.count - bitCount)
  }

  // PB, payload type and string, filled up to whole words.
  private var controlByteCount: Int { (2 + bitString.count + 3) / 4 * 4 }

  public var serializedByteCount: Int { 12 + controlByteCount }

  public func serialize(into writer: inout ByteWriter) {
    precondition(payloadType < 128, "an RTP payload type has 7 bits")
    RTCPHeader(
      packetType: RTCPPacketType.payloadSpecificFeedback,
      count: PayloadSpecificFormat.referencePictureSelectionIndication,
      packetByteCount: serializedByteCount
    ).serialize(into: &writer)
    writer.write32(packetSender)
    writer.write32(mediaSource)
    writer.write8(UInt8(8 * (controlByteCount - 2) - bitCount))
    writer.write8(payloadType)
    bitString.serialize(into: &writer)
    writer.writeZeros(controlByteCount - 2 - bitString.count)
  }
}

extension ReferencePictureSelectionIndication {
  /// The message for VP8: the bit string is the PictureID as on the wire (RFC 7741 section 5).
  public init(
    packetSender: UInt32, mediaSource: UInt32, payloadType: UInt8, pictureID: PictureID
  ) {
    let string = withUnsafeTemporaryAllocation(byteCount: 2, alignment: 1) { buffer in
      var writer = ByteWriter(buffer)
      pictureID.serialize(into: &writer)
      return ShortOctets(UnsafeRawBufferPointer(rebasing: buffer[..<writer.offset]))
    }
    self.init(
      packetSender: packetSender, mediaSource: mediaSource, payloadType: payloadType,
      bitString: string, bitCount: 8 * string.count)
  }

  /// The VP8 picture that the message names; nil where the bit string is not exactly a PictureID.
  public var pictureID: PictureID? {
    guard bitCount == 8 * bitString.count else { return nil }
    return bitString.withUnsafeBytes { octets in
      var reader = ByteReader(octets)
      let identifier = try? PictureID(parsing: &reader)
      return reader.isAtEnd ? identifier : nil
    }
  }
}
