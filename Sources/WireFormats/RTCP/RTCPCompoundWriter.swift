/// Writes packets one behind the other, and padding on the last, where alone it may be
/// (RFC 3550 section 6.4.1).
///
/// Which packets and in what order is the caller's: `RTCPCompound.checkComposition` tells whether
/// they make a compound.
public struct RTCPCompoundWriter {
  /// The most padding that a packet can tell, in octets.
  public static let maximumPaddingByteCount = 252

  private var writer: ByteWriter
  private let start: Int
  private var lastPacketAt: Int?

  public init(_ writer: ByteWriter) {
    self.writer = writer
    start = writer.offset
  }

  /// Octets written so far.
  public var byteCount: Int { writer.offset - start }

  /// Writes a packet of any of the RTCP types behind those before it.
  public mutating func append(_ packet: some WireValue) {
    lastPacketAt = writer.offset
    packet.serialize(into: &writer)
  }

  /// Pads the last packet and returns the octets of the whole.
  ///
  /// - Parameter paddingByteCount: a multiple of four up to `maximumPaddingByteCount`; more than 0
  ///   only where there is a packet (checked). The full compound of RFC 3550 wants no padding on
  ///   its first packet.
  public consuming func finish(paddingByteCount: Int = 0) -> Int {
    guard paddingByteCount > 0 else { return byteCount }
    precondition(
      paddingByteCount % 4 == 0 && paddingByteCount <= Self.maximumPaddingByteCount,
      "\(paddingByteCount) octets of padding are not a multiple of four up to 252")
    guard let lastPacketAt else { preconditionFailure("there is no packet to be padded") }
    let packet = writer.written(from: lastPacketAt)
    Self.announcePadding(of: paddingByteCount, on: packet)
    writer.writeZeros(paddingByteCount - 1)
    writer.write8(UInt8(paddingByteCount))
    return byteCount
  }

  private static func announcePadding(
    of byteCount: Int, on packet: UnsafeMutableRawBufferPointer
  ) {
    var reader = ByteReader(UnsafeRawBufferPointer(packet))
    guard var header = try? RTCPHeader(parsing: &reader), !header.hasPadding,
      header.packetByteCount == packet.count
    else { preconditionFailure("what was written last is not an RTCP packet without padding") }
    header.hasPadding = true
    header.packetByteCount += byteCount
    var writer = ByteWriter(packet)
    header.serialize(into: &writer)
  }
}
