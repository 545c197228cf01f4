/// PLI: the decoder lost coded video of one or more pictures (RFC 4585 section 6.3.1).
public struct PictureLossIndication: WireValue, Hashable {
  /// SSRC of the packet's sender, who lost the picture.
  public var packetSender: UInt32
  /// SSRC of the media that is damaged.
  public var mediaSource: UInt32

  public init(packetSender: UInt32, mediaSource: UInt32) {
    self.packetSender = packetSender
    self.mediaSource = mediaSource
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    var (_, body) = try RTCPHeader.open(
      &reader, type: RTCPPacketType.payloadSpecificFeedback,
      format: PayloadSpecificFormat.pictureLossIndication, expected: "206 with format 1, PLI")
    packetSender = try body.read32("PLI SSRC of packet sender")
    mediaSource = try body.read32("PLI SSRC of media source")
    // RFC 4585 section 6.3.1.2: no feedback control information.
    try body.requireEnd(of: "PLI feedback control information")
  }

  public var serializedByteCount: Int { 12 }

  public func serialize(into writer: inout ByteWriter) {
    RTCPHeader(
      packetType: RTCPPacketType.payloadSpecificFeedback,
      count: PayloadSpecificFormat.pictureLossIndication, packetByteCount: serializedByteCount
    ).serialize(into: &writer)
    writer.write32(packetSender)
    writer.write32(mediaSource)
  }
}
