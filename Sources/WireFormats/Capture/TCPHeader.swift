/// The header of a TCP segment with its options (RFC 9293 section 3.1).
public struct TCPHeader: WireValue, Hashable {
  /// Control bits.
  public struct Flags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let fin = Flags(rawValue: 0x01)
    public static let syn = Flags(rawValue: 0x02)
    public static let rst = Flags(rawValue: 0x04)
    public static let psh = Flags(rawValue: 0x08)
    public static let ack = Flags(rawValue: 0x10)
  }

  public var sourcePort: UInt16
  public var destinationPort: UInt16
  public var sequence: UInt32
  /// Of meaning with `.ack`.
  public var acknowledgement: UInt32
  public var flags: Flags
  /// As on the wire, before scaling.
  public var window: UInt16
  /// As on the wire. `InternetPacket` computes it.
  public var checksum: UInt16 = 0
  public var options: TCPOptions

  public init(
    sourcePort: UInt16, destinationPort: UInt16, sequence: UInt32, acknowledgement: UInt32 = 0,
    flags: Flags, window: UInt16, options: TCPOptions = TCPOptions()
  ) {
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.sequence = sequence
    self.acknowledgement = acknowledgement
    self.flags = flags
    self.window = window
    self.options = options
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    let start = reader.offset
    sourcePort = try reader.read16("TCP source port")
    destinationPort = try reader.read16("TCP destination port")
    sequence = try reader.read32("TCP sequence number")
    acknowledgement = try reader.read32("TCP acknowledgment number")
    let offset = Int(try reader.read8("TCP data offset") >> 4) * 4
    guard offset >= 20 else {
      throw WireError(
        "TCP data offset", at: start + 12, .badLength(found: offset), expected: "20...60 octets")
    }
    flags = Flags(rawValue: try reader.read8("TCP control bits"))
    window = try reader.read16("TCP window")
    checksum = try reader.read16("TCP checksum")
    try reader.skip(2, "TCP urgent pointer")
    var options = try reader.slice(offset - 20, "TCP options")
    self.options = try TCPOptions(parsing: &options)
  }

  public var serializedByteCount: Int { 20 + options.serializedByteCount }

  public func serialize(into writer: inout ByteWriter) {
    writer.write16(sourcePort)
    writer.write16(destinationPort)
    writer.write32(sequence)
    writer.write32(acknowledgement)
    writer.write8(UInt8(serializedByteCount / 4) << 4)
    writer.write8(flags.rawValue)
    writer.write16(window)
    writer.write16(checksum)
    writer.write16(0)
    options.serialize(into: &writer)
  }
}
