/// RR: reception statistics of a participant that sends no media (RFC 3550 section 6.4.2).
///
/// A profile's extension behind the blocks is stepped over and not kept.
public struct ReceiverReport: WireValue, Hashable {
  /// SSRC of the packet's sender.
  public var packetSender: UInt32
  /// At most 31; one alone is held without allocation.
  public var reportBlocks: InlineList<ReportBlock>

  public init(packetSender: UInt32, reportBlocks: InlineList<ReportBlock> = []) {
    self.packetSender = packetSender
    self.reportBlocks = reportBlocks
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    var (header, body) = try RTCPHeader.open(
      &reader, type: RTCPPacketType.receiverReport, expected: "201, RR")
    packetSender = try body.read32("RR SSRC of packet sender")
    reportBlocks = try ReportBlock.list(count: header.count, from: &body)
  }

  public var serializedByteCount: Int { 8 + ReportBlock.byteCount * reportBlocks.count }

  public func serialize(into writer: inout ByteWriter) {
    precondition(reportBlocks.count < 32, "a report has at most 31 blocks")
    RTCPHeader(
      packetType: RTCPPacketType.receiverReport, count: UInt8(reportBlocks.count),
      packetByteCount: serializedByteCount
    ).serialize(into: &writer)
    writer.write32(packetSender)
    for block in reportBlocks { block.serialize(into: &writer) }
  }
}
