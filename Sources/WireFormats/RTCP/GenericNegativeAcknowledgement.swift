/// Generic NACK: RTP packets that the receiver has not got (RFC 4585 section 6.2.1).
public struct GenericNegativeAcknowledgement: WireValue, Hashable {
  /// SSRC of the packet's sender, who misses the packets.
  public var packetSender: UInt32
  /// SSRC of the media whose packets are lost.
  public var mediaSource: UInt32
  /// At least one entry; up to eight are held without allocation.
  public var entries: InlineWordList<LostPackets>

  public init(packetSender: UInt32, mediaSource: UInt32, entries: InlineWordList<LostPackets>) {
    self.packetSender = packetSender
    self.mediaSource = mediaSource
    self.entries = entries
  }

  /// - Parameter lost: sequence numbers in the order in which they were sent, at least one.
  @inlinable
  public init(packetSender: UInt32, mediaSource: UInt32, lost: some Sequence<UInt16>) {
    self.init(
      packetSender: packetSender, mediaSource: mediaSource, entries: InlineWordList(packing: lost))
  }

  /// The lost sequence numbers, entry by entry.
  public var lost: FlattenSequence<InlineWordList<LostPackets>> { entries.joined() }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    var (_, body) = try RTCPHeader.open(
      &reader, type: RTCPPacketType.transportLayerFeedback,
      format: TransportLayerFormat.genericNegativeAcknowledgement,
      expected: "205 with format 1, generic NACK")
    packetSender = try body.read32("NACK SSRC of packet sender")
    mediaSource = try body.read32("NACK SSRC of media source")
    try body.require(4, for: "NACK entry")
    entries = try InlineWordList(toEndOf: &body, "NACK entry")
  }

  public var serializedByteCount: Int { 12 + entries.serializedByteCount }

  public func serialize(into writer: inout ByteWriter) {
    precondition(!entries.isEmpty, "a generic NACK has at least one entry")
    RTCPHeader(
      packetType: RTCPPacketType.transportLayerFeedback,
      count: TransportLayerFormat.genericNegativeAcknowledgement,
      packetByteCount: serializedByteCount
    ).serialize(into: &writer)
    writer.write32(packetSender)
    writer.write32(mediaSource)
    entries.serialize(into: &writer)
  }
}
