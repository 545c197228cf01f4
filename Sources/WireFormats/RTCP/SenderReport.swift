/// SR: what a sender has sent, and its reception statistics (RFC 3550 section 6.4.1).
public struct SenderReport: WireValue, Hashable {
  /// SSRC of the packet's sender.
  public var packetSender: UInt32
  /// When the report was sent: seconds since 1900 in the high 32 bits, 2^-32 s in the low.
  public var ntpTimestamp: UInt64
  /// The same instant in units of the media's RTP clock.
  public var rtpTimestamp: UInt32
  /// RTP packets sent since transmission began.
  public var packetCount: UInt32
  /// Payload octets sent since transmission began, without headers and padding.
  public var octetCount: UInt32
  /// At most 31; one alone is held without allocation.
  public var reportBlocks: InlineList<ReportBlock>
  /// What a profile puts behind the blocks (section 6.4.3), a multiple of four octets; up to 32 are
  /// held without allocation.
  public var profileExtension: ShortOctets

  public init(
    packetSender: UInt32, ntpTimestamp: UInt64, rtpTimestamp: UInt32, packetCount: UInt32,
    octetCount: UInt32, reportBlocks: InlineList<ReportBlock> = [],
    profileExtension: ShortOctets = ShortOctets()
  ) {
    self.packetSender = packetSender
    self.ntpTimestamp = ntpTimestamp
    self.rtpTimestamp = rtpTimestamp
    self.packetCount = packetCount
    self.octetCount = octetCount
    self.reportBlocks = reportBlocks
    self.profileExtension = profileExtension
  }

  /// The part of the timestamp that a report block sends back as LSR: its middle 32 bits.
  public var compactNTPTimestamp: UInt32 { UInt32(truncatingIfNeeded: ntpTimestamp >> 16) }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    var (header, body) = try RTCPHeader.open(
      &reader, type: RTCPPacketType.senderReport, expected: "200, SR")
    try body.require(24, for: "SR sender info")
    packetSender = try body.read32("SR SSRC of sender")
    ntpTimestamp = try body.read64("SR NTP timestamp")
    rtpTimestamp = try body.read32("SR RTP timestamp")
    packetCount = try body.read32("SR packet count")
    octetCount = try body.read32("SR octet count")
    reportBlocks = try ReportBlock.list(count: header.count, from: &body)
    profileExtension = ShortOctets(try body.read(body.remaining, "profile-specific extension"))
  }

  public var serializedByteCount: Int {
    28 + ReportBlock.byteCount * reportBlocks.count + profileExtension.count
  }

  public func serialize(into writer: inout ByteWriter) {
    precondition(reportBlocks.count < 32, "a report has at most 31 blocks")
    precondition(profileExtension.count % 4 == 0, "a profile's extension fills whole words")
    RTCPHeader(
      packetType: RTCPPacketType.senderReport, count: UInt8(reportBlocks.count),
      packetByteCount: serializedByteCount
    ).serialize(into: &writer)
    writer.write32(packetSender)
    writer.write64(ntpTimestamp)
    writer.write32(rtpTimestamp)
    writer.write32(packetCount)
    writer.write32(octetCount)
    for block in reportBlocks { block.serialize(into: &writer) }
    profileExtension.serialize(into: &writer)
  }
}
