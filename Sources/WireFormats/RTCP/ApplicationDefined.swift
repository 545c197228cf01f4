/// APP: a packet whose meaning an application has made up (RFC 3550 section 6.7).
public struct ApplicationDefined: WireValue, Hashable {
  /// What the packet's name makes of it, 0...31.
  public var subtype: UInt8
  /// SSRC or CSRC of the packet's sender.
  public var source: UInt32
  /// Four ASCII characters, the first in the high octet; upper and lower case differ.
  public var name: UInt32
  /// The application's own octets, a multiple of four; up to 32 are held without allocation.
  public var content: ShortOctets

  public init(subtype: UInt8, source: UInt32, name: UInt32, content: ShortOctets = ShortOctets()) {
    self.subtype = subtype
    self.source = source
    self.name = name
    self.content = content
  }

  /// - Parameter name: four ASCII characters (checked).
  public init(
    subtype: UInt8, source: UInt32, name: String, content: ShortOctets = ShortOctets()
  ) {
    precondition(
      name.utf8.count == 4 && name.utf8.allSatisfy { $0 < 0x80 },
      "an APP name has four ASCII characters")
    self.init(
      subtype: subtype, source: source, name: name.utf8.reduce(0) { $0 << 8 | UInt32($1) },
      content: content)
  }

  /// The name as text.
  public var nameText: String {
    withUnsafeBytes(of: name.bigEndian) { String(decoding: $0, as: UTF8.self) }
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    var (header, body) = try RTCPHeader.open(
      &reader, type: RTCPPacketType.applicationDefined, expected: "204, APP")
    subtype = header.count
    source = try body.read32("APP SSRC")
    let nameAt = body.offset
    name = try body.read32("APP name")
    guard name & 0x8080_8080 == 0 else {
      throw WireError(
        "APP name", at: nameAt, .badValue(found: Int(name)), expected: "four ASCII characters")
    }
    content = ShortOctets(try body.read(body.remaining, "APP data"))
  }

  public var serializedByteCount: Int { 12 + content.count }

  public func serialize(into writer: inout ByteWriter) {
    precondition(name & 0x8080_8080 == 0, "an APP name has four ASCII characters")
    precondition(content.count % 4 == 0, "the data of an APP packet fill whole words")
    RTCPHeader(
      packetType: RTCPPacketType.applicationDefined, count: subtype,
      packetByteCount: serializedByteCount
    ).serialize(into: &writer)
    writer.write32(source)
    writer.write32(name)
    content.serialize(into: &writer)
  }
}
