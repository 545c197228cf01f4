/// RR: reception statistics of a participant that sends no media (RFC 3550 section 6.4.2).
public struct ReceiverReport: WireValue, Hashable {
  /// SSRC of the packet's sender.
  public var packetSender: UInt32
  /// At most 31; one alone is held without allocation.
  public var reportBlocks: InlineList<ReportBlock>
  /// What a profile puts behind the blocks (section 6.4.3), a multiple of four octets; up to 32 are
  /// held without allocation.
  public var profileExtension: ShortOctets

  public init(
    packetSender: UInt32, reportBlocks: InlineList<ReportBlock> = [],
    profileExtension: ShortOctets = ShortOctets()
  ) {
    self.packetSender = packetSender
    self.reportBlocks = reportBlocks
    self.profileExtension = profileExtension
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    var (header, body) = try RTCPHeader.open(
      &reader, type: RTCPPacketType.receiverReport, expected: "201, RR")
    packetSender = try body.read32("RR SSRC of packet sender")
    reportBlocks = try ReportBlock.list(count: header.count, from: &body)
    profileExtension = ShortOctets(try body.read(body.remaining, "profile-specific extension"))
  }

  public var serializedByteCount: Int {
    8 + ReportBlock.byteCount * reportBlocks.count + profileExtension.count
  }

  public func serialize(into writer: inout ByteWriter) {
    precondition(reportBlocks.count < 32, "a report has at most 31 blocks")
    precondition(profileExtension.count % 4 == 0, "a profile's extension fills whole words")
    RTCPHeader(
      packetType: RTCPPacketType.receiverReport, count: UInt8(reportBlocks.count),
      packetByteCount: serializedByteCount
    ).serialize(into: &writer)
    writer.write32(packetSender)
    for block in reportBlocks { block.serialize(into: &writer) }
    profileExtension.serialize(into: &writer)
  }
}
