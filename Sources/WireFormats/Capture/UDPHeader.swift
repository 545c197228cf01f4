/// The header of a UDP datagram (RFC 768).
public struct UDPHeader: WireValue, Hashable {
  /// Octets of the header.
  public static let byteCount = 8

  public var sourcePort: UInt16
  public var destinationPort: UInt16
  /// Octets behind this header, 0...65527.
  public var payloadByteCount: Int
  /// As on the wire; 0 is none. `InternetPacket` computes it.
  public var checksum: UInt16

  public init(
    sourcePort: UInt16, destinationPort: UInt16, payloadByteCount: Int, checksum: UInt16 = 0
  ) {
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.payloadByteCount = payloadByteCount
    self.checksum = checksum
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    sourcePort = try reader.read16("UDP source port")
    destinationPort = try reader.read16("UDP destination port")
    let lengthAt = reader.offset
    let length = Int(try reader.read16("UDP length"))
    guard length >= Self.byteCount else {
      throw WireError(
        "UDP length", at: lengthAt, .badLength(found: length), expected: "8 or more")
    }
    payloadByteCount = length - Self.byteCount
    checksum = try reader.read16("UDP checksum")
  }

  public var serializedByteCount: Int { Self.byteCount }

  public func serialize(into writer: inout ByteWriter) {
    let length = payloadByteCount + Self.byteCount
    precondition(payloadByteCount >= 0 && length <= 0xFFFF, "a UDP datagram has 8...65535 octets")
    writer.write16(sourcePort)
    writer.write16(destinationPort)
    writer.write16(UInt16(length))
    writer.write16(checksum)
  }
}
