/// A UDP datagram within a captured packet, whatever link and Internet protocol carried it.
public struct CapturedDatagram {
  /// Why a packet holds none that can be read.
  public enum Absence: Int, CaseIterable, Error, Sendable {
    /// A link type that this module does not read.
    case unknownLink
    /// Another protocol than IP, or IP with another one than UDP in it.
    case otherProtocol
    /// A later fragment, or a first one too short for UDP's header.
    case fragment
    /// Cut off or contradictory before the end of UDP's header.
    case malformed
  }

  public let flow: UDPFlow
  /// Octets of the IP packet with its headers, put together where it is the first fragment.
  public let packetByteCount: Int
  /// What was captured of the datagram's content; it may have been longer.
  public let payload: UnsafeRawBufferPointer

  /// - Parameters:
  ///   - linkType: LINKTYPE_ number of the packet's interface.
  ///   - octets: the packet from the link's first octet; the payload points into it.
  public init(
    _ octets: UnsafeRawBufferPointer, linkType: UInt32
  ) throws(Absence) {
    do {
      var reader = ByteReader(octets)
      guard let version = try LinkLayer.open(&reader, linkType: linkType) else {
        throw Absence.otherProtocol
      }
      self = try version == 4 ? Self.parse4(reader) : Self.parse6(reader)
    } catch let absence as Absence {
      throw absence
    } catch {
      throw .malformed
    }
  }

  private init(flow: UDPFlow, packetByteCount: Int, payload: UnsafeRawBufferPointer) {
    self.flow = flow
    self.packetByteCount = packetByteCount
    self.payload = payload
  }

  // MARK: IPv4

  /// RFC 791 section 3.1. Unlike `IPv4Header` it takes first fragments.
  private static func parse4(_ start: ByteReader) throws -> Self {
    var reader = start
    let first = try reader.read8("IPv4 version")
    let headerCount = Int(first & 0x0F) * 4
    guard first >> 4 == 4, headerCount >= IPv4Header.byteCount else { throw Absence.malformed }
    try reader.skip(1, "IPv4 type of service")
    let total = Int(try reader.read16("IPv4 total length"))
    try reader.skip(2, "IPv4 identification")
    let fragment = try reader.read16("IPv4 fragment offset")
    try reader.skip(1, "IPv4 time to live")
    let protocolNumber = try reader.read8("IPv4 protocol")
    try reader.skip(2, "IPv4 checksum")
    let source = InternetAddress.v4(IPv4Address(value: try reader.read32("IPv4 source address")))
    let destination = InternetAddress.v4(
      IPv4Address(value: try reader.read32("IPv4 destination address")))
    guard protocolNumber == IPv4Header.udp else { throw Absence.otherProtocol }
    guard fragment & 0x1FFF == 0 else { throw Absence.fragment }
    try reader.skip(headerCount - IPv4Header.byteCount, "IPv4 options")
    // Cards that cut packets themselves show the machine a length of 0.
    guard total == 0 || total >= headerCount else { throw Absence.malformed }
    let body = total == 0 ? reader.remaining : min(reader.remaining, total - headerCount)
    return try datagram(
      reader.slice(body, "IPv4 payload"), from: source, to: destination,
      headerByteCount: headerCount, isFragment: fragment & 0x2000 != 0)
  }

  // MARK: IPv6

  /// RFC 8200 sections 3 and 4.
  private static func parse6(_ start: ByteReader) throws -> Self {
    var reader = start
    guard try reader.read32("IPv6 version") >> 28 == 6 else { throw Absence.malformed }
    let length = Int(try reader.read16("IPv6 payload length"))
    var next = try reader.read8("IPv6 next header")
    try reader.skip(1, "IPv6 hop limit")
    let source = InternetAddress.v6(
      high: try reader.read64("IPv6 source address"), low: try reader.read64("IPv6 source address"))
    let destination = InternetAddress.v6(
      high: try reader.read64("IPv6 destination address"),
      low: try reader.read64("IPv6 destination address"))
    // Zero with a jumbo payload or where the card cuts packets itself.
    let body = length == 0 ? reader.remaining : min(reader.remaining, length)
    let begin = start.offset
    reader = try reader.slice(body, "IPv6 payload")
    var isFragment = false
    while next != IPv4Header.udp {
      isFragment = try skipExtension(&next, &reader) || isFragment
    }
    return try datagram(
      reader, from: source, to: destination, headerByteCount: reader.offset - begin,
      isFragment: isFragment)
  }

  /// Steps over an extension header; true where it says that this is a first fragment.
  private static func skipExtension(_ type: inout UInt8, _ reader: inout ByteReader) throws -> Bool
  {
    let present = type
    switch present {
    // Hop-by-hop options, routing, destination options, mobility, HIP, shim6.
    case 0, 43, 60, 135, 139, 140:
      type = try reader.read8("IPv6 next header")
      let words = Int(try reader.read8("IPv6 extension length"))
      try reader.skip(8 * words + 6, "IPv6 extension")
    case 51:  // Authentication, in words of four octets (RFC 4302 section 2.2).
      type = try reader.read8("IPv6 next header")
      let words = Int(try reader.read8("IPv6 extension length"))
      try reader.skip(4 * words + 6, "IPv6 extension")
    case 44:
      type = try reader.read8("IPv6 next header")
      try reader.skip(1, "IPv6 reserved")
      let fragment = try reader.read16("IPv6 fragment offset")
      try reader.skip(4, "IPv6 identification")
      guard fragment >> 3 == 0 else { throw Absence.fragment }
      return fragment & 1 != 0
    default: throw Absence.otherProtocol
    }
    return false
  }

  // MARK: UDP

  private static func datagram(
    _ start: ByteReader, from source: InternetAddress, to destination: InternetAddress,
    headerByteCount: Int, isFragment: Bool
  ) throws -> Self {
    var reader = start
    guard !isFragment || reader.remaining >= UDPHeader.byteCount else { throw Absence.fragment }
    let header = try UDPHeader(parsing: &reader)
    let count = min(header.payloadByteCount, reader.remaining)
    return CapturedDatagram(
      flow: UDPFlow(
        source: source, sourcePort: header.sourcePort, destination: destination,
        destinationPort: header.destinationPort),
      packetByteCount: headerByteCount + UDPHeader.byteCount + header.payloadByteCount,
      payload: try reader.read(count, "UDP payload"))
  }
}
