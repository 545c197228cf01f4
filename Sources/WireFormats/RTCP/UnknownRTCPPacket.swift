/// A packet of a type or feedback format that this module does not read, kept as octets.
///
/// RFC 3550 section 6.1 lets receivers ignore types that they do not know; kept, they can be passed
/// on. As a type of its own it reads any packet; `RTCPPacket` makes one only of the unknown.
public struct UnknownRTCPPacket: WireValue, Hashable {
  public var packetType: UInt8
  /// RC, SC or FMT, 0...31.
  public var count: UInt8
  /// What is behind the header, without padding, a multiple of four octets; up to 32 are held
  /// without allocation.
  public var content: ShortOctets

  public init(packetType: UInt8, count: UInt8, content: ShortOctets) {
    self.packetType = packetType
    self.count = count
    self.content = content
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    var (header, body) = try RTCPHeader.open(&reader)
    packetType = header.packetType
    count = header.count
    content = ShortOctets(try body.read(body.remaining, "RTCP packet"))
  }

  public var serializedByteCount: Int { 4 + content.count }

  public func serialize(into writer: inout ByteWriter) {
    precondition(content.count % 4 == 0, "the content of an RTCP packet fills whole words")
    RTCPHeader(packetType: packetType, count: count, packetByteCount: serializedByteCount)
      .serialize(into: &writer)
    content.serialize(into: &writer)
  }
}
