/// The header of an IPv4 packet that is no fragment (RFC 791 section 3.1).
///
/// Written without options and with a right checksum. Read with any options, which are stepped
/// over, and with any checksum: captures are often taken before it is filled in.
public struct IPv4Header: WireValue, Hashable {
  /// Assigned Internet protocol numbers.
  public static let tcp: UInt8 = 6
  public static let udp: UInt8 = 17
  /// Octets of a header without options.
  public static let byteCount = 20

  /// Octets behind this header, 0...65515.
  public var payloadByteCount: Int
  public var identification: UInt16
  /// Don't Fragment.
  public var mustNotFragment: Bool
  public var timeToLive: UInt8
  public var protocolNumber: UInt8
  public var source: IPv4Address
  public var destination: IPv4Address

  public init(
    payloadByteCount: Int, identification: UInt16, mustNotFragment: Bool = true,
    timeToLive: UInt8 = 64, protocolNumber: UInt8, source: IPv4Address, destination: IPv4Address
  ) {
    self.payloadByteCount = payloadByteCount
    self.identification = identification
    self.mustNotFragment = mustNotFragment
    self.timeToLive = timeToLive
    self.protocolNumber = protocolNumber
    self.source = source
    self.destination = destination
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    let start = reader.offset
    let first = try reader.read8("IPv4 version")
    guard first >> 4 == 4 else {
      throw WireError(
        "IPv4 version", at: start, .wrongVersion(found: Int(first >> 4)), expected: "4")
    }
    let headerCount = Int(first & 0x0F) * 4
    guard headerCount >= Self.byteCount else {
      throw WireError(
        "IPv4 header length", at: start, .badLength(found: headerCount), expected: "20...60")
    }
    try reader.skip(1, "IPv4 type of service")
    let totalAt = reader.offset
    let total = Int(try reader.read16("IPv4 total length"))
    guard total >= headerCount else {
      throw WireError(
        "IPv4 total length", at: totalAt, .badLength(found: total),
        expected: "the header's length or more")
    }
    payloadByteCount = total - headerCount
    identification = try reader.read16("IPv4 identification")
    let fragmentAt = reader.offset
    let fragment = try reader.read16("IPv4 fragment offset")
    // More Fragments, or an offset.
    guard fragment & 0x3FFF == 0 else {
      throw WireError(
        "IPv4 fragment offset", at: fragmentAt, .badValue(found: Int(fragment & 0x3FFF)),
        expected: "0: a whole packet")
    }
    mustNotFragment = fragment & 0x4000 != 0
    timeToLive = try reader.read8("IPv4 time to live")
    protocolNumber = try reader.read8("IPv4 protocol")
    try reader.skip(2, "IPv4 checksum")
    source = IPv4Address(value: try reader.read32("IPv4 source address"))
    destination = IPv4Address(value: try reader.read32("IPv4 destination address"))
    try reader.skip(headerCount - Self.byteCount, "IPv4 options")
  }

  public var serializedByteCount: Int { Self.byteCount }

  public func serialize(into writer: inout ByteWriter) {
    let total = payloadByteCount + Self.byteCount
    precondition(payloadByteCount >= 0 && total <= 0xFFFF, "an IPv4 packet has 20...65535 octets")
    let words: [UInt16] = [
      0x4500, UInt16(total), identification, mustNotFragment ? 0x4000 : 0,
      UInt16(timeToLive) << 8 | UInt16(protocolNumber), 0,
      UInt16(source.value >> 16), UInt16(truncatingIfNeeded: source.value),
      UInt16(destination.value >> 16), UInt16(truncatingIfNeeded: destination.value),
    ]
    var checksum = InternetChecksum()
    for word in words { checksum.add(word) }
    for (index, word) in words.enumerated() { writer.write16(index == 5 ? checksum.value : word) }
  }
}
