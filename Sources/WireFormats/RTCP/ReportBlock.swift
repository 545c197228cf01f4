/// What a receiver tells of one source since its last report (RFC 3550 section 6.4.1).
public struct ReportBlock: WireValue, Hashable {
  /// Octets of every report block.
  public static let byteCount = 24

  /// SSRC of the source that the block is about.
  public var source: UInt32
  /// Lost since the last report, in 256ths.
  public var fractionLost: UInt8
  /// Lost since reception began; negative where duplicates arrived. -8388608...8388607.
  public var cumulativeLost: Int32
  /// Cycles of the sequence number above the highest one received.
  public var extendedHighestSequenceNumber: UInt32
  /// Interarrival jitter in units of the RTP clock.
  public var interarrivalJitter: UInt32
  /// The middle 32 bits of the last sender report's NTP timestamp; 0 before the first.
  public var lastSenderReport: UInt32
  /// Since that report arrived, in 65536ths of a second; 0 before the first.
  public var delaySinceLastSenderReport: UInt32

  public init(
    source: UInt32, fractionLost: UInt8 = 0, cumulativeLost: Int32 = 0,
    extendedHighestSequenceNumber: UInt32 = 0, interarrivalJitter: UInt32 = 0,
    lastSenderReport: UInt32 = 0, delaySinceLastSenderReport: UInt32 = 0
  ) {
    self.source = source
    self.fractionLost = fractionLost
    self.cumulativeLost = cumulativeLost
    self.extendedHighestSequenceNumber = extendedHighestSequenceNumber
    self.interarrivalJitter = interarrivalJitter
    self.lastSenderReport = lastSenderReport
    self.delaySinceLastSenderReport = delaySinceLastSenderReport
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    try reader.require(Self.byteCount, for: "report block")
    source = try reader.read32("report block SSRC")
    fractionLost = try reader.read8("fraction lost")
    // Sign-extended from 24 bits.
    cumulativeLost = Int32(bitPattern: try reader.read24("cumulative lost") << 8) >> 8
    extendedHighestSequenceNumber = try reader.read32("extended highest sequence number")
    interarrivalJitter = try reader.read32("interarrival jitter")
    lastSenderReport = try reader.read32("last SR")
    delaySinceLastSenderReport = try reader.read32("delay since last SR")
  }

  /// Reads the blocks that a report's count announces.
  static func list(
    count: UInt8, from reader: inout ByteReader
  ) throws(WireError) -> InlineList<ReportBlock> {
    var blocks = InlineList<ReportBlock>()
    for _ in 0..<count {
      blocks.append(try ReportBlock(parsing: &reader))
    }
    return blocks
  }

  public var serializedByteCount: Int { Self.byteCount }

  public func serialize(into writer: inout ByteWriter) {
    precondition(
      (-8_388_608...8_388_607).contains(cumulativeLost), "cumulative lost has 24 bits and a sign")
    writer.write32(source)
    writer.write8(fractionLost)
    writer.write24(UInt32(bitPattern: cumulativeLost) & 0xFF_FFFF)
    writer.write32(extendedHighestSequenceNumber)
    writer.write32(interarrivalJitter)
    writer.write32(lastSenderReport)
    writer.write32(delaySinceLastSenderReport)
  }
}
