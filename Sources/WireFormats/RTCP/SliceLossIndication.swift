/// SLI: macroblocks of one or more pictures are damaged (RFC 4585 section 6.3.2).
public struct SliceLossIndication: WireValue, Hashable {
  /// One run of damaged macroblocks in scan order.
  public struct Entry: WordCoded {
    /// First damaged macroblock, 0...8191.
    public var first: UInt16
    /// Number of damaged macroblocks, 0...8191.
    public var number: UInt16
    /// The six low bits of the picture's identifier, 0...63.
    public var pictureID: UInt8

    public init(first: UInt16, number: UInt16, pictureID: UInt8) {
      self.first = first
      self.number = number
      self.pictureID = pictureID
    }

    /// The whole picture; what a VP8 receiver says (RFC 7741 section 5).
    ///
    /// - Parameter macroblockCount: the picture's macroblocks; what 13 bits cannot tell becomes 8191.
    public init(wholePicture pictureID: PictureID, macroblockCount: Int) {
      self.init(
        first: 0, number: UInt16(clamping: min(macroblockCount, 0x1FFF)),
        pictureID: pictureID.sliceLossBits)
    }

    public init(word: UInt32) {
      self.init(
        first: UInt16(word >> 19), number: UInt16(word >> 6 & 0x1FFF),
        pictureID: UInt8(word & 0x3F))
    }

    /// 13, 13 and 6 bits; values that do not fit are a mistake of the caller's (checked).
    public var word: UInt32 {
      precondition(
        first < 8192 && number < 8192 && pictureID < 64, "an SLI entry has 13, 13 and 6 bits")
      return UInt32(first) << 19 | UInt32(number) << 6 | UInt32(pictureID)
    }
  }

  /// SSRC of the packet's sender, who lost the macroblocks.
  public var packetSender: UInt32
  /// SSRC of the media that is damaged.
  public var mediaSource: UInt32
  /// At least one entry; up to eight are held without allocation.
  public var entries: InlineWordList<Entry>

  public init(packetSender: UInt32, mediaSource: UInt32, entries: InlineWordList<Entry>) {
    self.packetSender = packetSender
    self.mediaSource = mediaSource
    self.entries = entries
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    var (_, body) = try RTCPHeader.open(
      &reader, type: RTCPPacketType.payloadSpecificFeedback,
      format: PayloadSpecificFormat.sliceLossIndication, expected: "206 with format 2, SLI")
    packetSender = try body.read32("SLI SSRC of packet sender")
    mediaSource = try body.read32("SLI SSRC of media source")
    try body.require(4, for: "SLI entry")
    entries = try InlineWordList(toEndOf: &body, "SLI entry")
  }

  public var serializedByteCount: Int { 12 + entries.serializedByteCount }

  public func serialize(into writer: inout ByteWriter) {
    precondition(!entries.isEmpty, "an SLI has at least one entry")
    RTCPHeader(
      packetType: RTCPPacketType.payloadSpecificFeedback,
      count: PayloadSpecificFormat.sliceLossIndication, packetByteCount: serializedByteCount
    ).serialize(into: &writer)
    writer.write32(packetSender)
    writer.write32(mediaSource)
    entries.serialize(into: &writer)
  }
}
