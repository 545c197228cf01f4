/// SLI: macroblocks of one or more pictures are damaged (RFC 4585 section 6.3.2).
public struct SliceLossIndication: WireValue, Hashable {
  /// One run of damaged macroblocks in scan order.
  public struct Entry: Hashable, Sendable {
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
  }

  /// SSRC of the packet's sender, who lost the macroblocks.
  public var packetSender: UInt32
  /// SSRC of the media that is damaged.
  public var mediaSource: UInt32
  /// At least one entry; one alone is held without allocation.
  public var entries: InlineList<Entry>

  public init(packetSender: UInt32, mediaSource: UInt32, entries: InlineList<Entry>) {
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
    entries = InlineList()
    repeat {
      let packed = try body.read32("SLI entry")
      entries.append(
        Entry(
          first: UInt16(packed >> 19), number: UInt16(packed >> 6 & 0x1FFF),
          pictureID: UInt8(packed & 0x3F)))
    } while !body.isAtEnd
  }

  public var serializedByteCount: Int { 12 + 4 * entries.count }

  public func serialize(into writer: inout ByteWriter) {
    precondition(!entries.isEmpty, "an SLI has at least one entry")
    RTCPHeader(
      packetType: RTCPPacketType.payloadSpecificFeedback,
      count: PayloadSpecificFormat.sliceLossIndication, packetByteCount: serializedByteCount
    ).serialize(into: &writer)
    writer.write32(packetSender)
    writer.write32(mediaSource)
    for entry in entries {
      precondition(
        entry.first < 8192 && entry.number < 8192 && entry.pictureID < 64,
        "an SLI entry has 13, 13 and 6 bits")
      writer.write32(
        UInt32(entry.first) << 19 | UInt32(entry.number) << 6 | UInt32(entry.pictureID))
    }
  }
}
