/// AFB: feedback whose meaning is between applications (RFC 4585 section 6.4), kept as octets.
///
/// `RTCPPacket` tells REMB from it by the identifier that the content begins with.
public struct ApplicationLayerFeedback: WireValue, Hashable {
  /// SSRC of the packet's sender.
  public var packetSender: UInt32
  /// SSRC of the media that the message is about.
  public var mediaSource: UInt32
  /// The message, a multiple of four octets; up to 32 are held without allocation.
  public var content: ShortOctets

  public init(packetSender: UInt32, mediaSource: UInt32, content: ShortOctets) {
    self.packetSender = packetSender
    self.mediaSource = mediaSource
    self.content = content
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    var (_, body) = try RTCPHeader.open(
      &reader, type: RTCPPacketType.payloadSpecificFeedback,
      format: PayloadSpecificFormat.applicationLayer,
      expected: "206 with format 15, application-layer feedback")
    packetSender = try body.read32("AFB SSRC of packet sender")
    mediaSource = try body.read32("AFB SSRC of media source")
    content = ShortOctets(try body.read(body.remaining, "AFB message"))
  }

  public var serializedByteCount: Int { 12 + content.count }

  public func serialize(into writer: inout ByteWriter) {
    precondition(content.count % 4 == 0, "application-layer feedback fills whole words")
    RTCPHeader(
      packetType: RTCPPacketType.payloadSpecificFeedback,
      count: PayloadSpecificFormat.applicationLayer, packetByteCount: serializedByteCount
    ).serialize(into: &writer)
    writer.write32(packetSender)
    writer.write32(mediaSource)
    content.serialize(into: &writer)
  }
}
