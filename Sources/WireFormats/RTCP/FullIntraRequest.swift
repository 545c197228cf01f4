/// FIR: the sender is told to send a decoder refresh point (RFC 5104 section 4.3.1).
///
/// Who is asked stands in the entries; the header's SSRC of media source is written zero and not
/// looked at (section 4.3.1.2).
public struct FullIntraRequest: WireValue, Hashable {
  /// One sender that is asked.
  public struct Entry: Hashable, Sendable {
    /// SSRC of the media that is to be refreshed.
    public var mediaSource: UInt32
    /// Seq nr.: goes up by one, modulo 256, with each new request of this source, and stays for
    /// repetitions.
    public var sequenceNumber: UInt8

    public init(mediaSource: UInt32, sequenceNumber: UInt8) {
      self.mediaSource = mediaSource
      self.sequenceNumber = sequenceNumber
    }
  }

  private static let entryByteCount = 8

  /// SSRC of the packet's sender, who wants the refresh.
  public var packetSender: UInt32
  /// At least one entry; one alone is held without allocation.
  public var entries: InlineList<Entry>

  public init(packetSender: UInt32, entries: InlineList<Entry>) {
    self.packetSender = packetSender
    self.entries = entries
  }

  public init(packetSender: UInt32, mediaSource: UInt32, sequenceNumber: UInt8) {
    self.init(
      packetSender: packetSender,
      entries: InlineList(Entry(mediaSource: mediaSource, sequenceNumber: sequenceNumber)))
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    var (_, body) = try RTCPHeader.open(
      &reader, type: RTCPPacketType.payloadSpecificFeedback,
      format: PayloadSpecificFormat.fullIntraRequest, expected: "206 with format 4, FIR")
    packetSender = try body.read32("FIR SSRC of packet sender")
    _ = try body.read32("FIR SSRC of media source")
    entries = InlineList()
    repeat {
      try body.require(Self.entryByteCount, for: "FIR entry")
      let mediaSource = try body.read32("FIR entry SSRC")
      let sequenceNumber = try body.read8("FIR sequence number")
      // Reserved: zeros, which are not looked at.
      try body.skip(3, "FIR reserved octets")
      entries.append(Entry(mediaSource: mediaSource, sequenceNumber: sequenceNumber))
    } while !body.isAtEnd
  }

  public var serializedByteCount: Int { 12 + Self.entryByteCount * entries.count }

  public func serialize(into writer: inout ByteWriter) {
    precondition(!entries.isEmpty, "an FIR has at least one entry")
    RTCPHeader(
      packetType: RTCPPacketType.payloadSpecificFeedback,
      count: PayloadSpecificFormat.fullIntraRequest, packetByteCount: serializedByteCount
    ).serialize(into: &writer)
    writer.write32(packetSender)
    writer.write32(0)
    for entry in entries {
      writer.write32(entry.mediaSource)
      writer.write32(UInt32(entry.sequenceNumber) << 24)
    }
  }
}
