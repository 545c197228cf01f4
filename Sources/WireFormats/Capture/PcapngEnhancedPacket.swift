/// The block that holds one packet (draft-ietf-opsawg-pcapng section 4.3). `init(parsing:)` reads
/// network byte order.
public struct PcapngEnhancedPacket: WireValue, Hashable {
  static let blockType: UInt32 = 6

  /// Which way the packet passed the interface.
  public enum Direction: UInt32, Sendable {
    case inbound = 1
    case outbound = 2
  }

  private enum Option {
    static let flags: UInt16 = 2
    static let packetIdentifier: UInt16 = 5
  }

  /// Counts the section's interface descriptions from 0.
  public var interface: UInt32
  /// Since 1970 (UTC), in the interface's resolution.
  public var timestamp: UInt64
  /// What was captured, from the link's first octet.
  public var octets: [UInt8]
  /// Octets that the packet had on the link.
  public var originalByteCount: UInt32
  /// epb_flags, of which only the direction is read and written.
  public var direction: Direction?
  /// The same for the same packet seen at several interfaces.
  public var packetIdentifier: UInt64?
  public var comment: String?

  public init(
    interface: UInt32, timestamp: UInt64, octets: [UInt8], direction: Direction? = nil,
    packetIdentifier: UInt64? = nil, comment: String? = nil
  ) {
    self.interface = interface
    self.timestamp = timestamp
    self.octets = octets
    originalByteCount = UInt32(octets.count)
    self.direction = direction
    self.packetIdentifier = packetIdentifier
    self.comment = comment
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    var body = try PcapngFieldReader.openBlock(
      &reader, ofType: Self.blockType, "an enhanced packet")
    try self.init(body: &body)
  }

  init(body: inout PcapngFieldReader) throws(WireError) {
    interface = try body.read32("pcapng interface")
    let high = try body.read32("pcapng timestamp")
    timestamp = UInt64(high) << 32 | UInt64(try body.read32("pcapng timestamp"))
    let count = Int(try body.read32("pcapng captured length"))
    originalByteCount = try body.read32("pcapng original length")
    octets = [UInt8](try body.readPadded(count, "pcapng packet"))
    try body.readOptions { (code, value) throws(WireError) in
      switch code {
      case PcapngOption.comment: comment = try value.readText("pcapng comment")
      case Option.flags:
        // The two low bits; the rest tells of link-layer errors and reception types.
        direction = Direction(rawValue: try value.read32("epb_flags") & 3)
      case Option.packetIdentifier: packetIdentifier = try value.read64("epb_packetid")
      default: break
      }
    }
  }

  private var optionsByteCount: Int {
    var count = PcapngOption.byteCount(of: comment)
    if direction != nil { count += 8 }
    if packetIdentifier != nil { count += 12 }
    return count == 0 ? 0 : count + 4
  }

  public var serializedByteCount: Int {
    32 + octets.count + (-octets.count & 3) + optionsByteCount
  }

  public func serialize(into writer: inout ByteWriter) {
    let count = UInt32(serializedByteCount)
    writer.write32(Self.blockType)
    writer.write32(count)
    writer.write32(interface)
    writer.write64(timestamp)  // High word, low word.
    writer.write32(UInt32(octets.count))
    writer.write32(originalByteCount)
    writer.write(octets)
    writer.writeZeros(-octets.count & 3)
    PcapngOption.write(PcapngOption.comment, comment, into: &writer)
    if let direction {
      PcapngOption.writeHead(Option.flags, count: 4, into: &writer)
      writer.write32(direction.rawValue)
    }
    if let packetIdentifier {
      PcapngOption.writeHead(Option.packetIdentifier, count: 8, into: &writer)
      writer.write64(packetIdentifier)
    }
    if optionsByteCount > 0 { PcapngOption.writeEnd(into: &writer) }
    writer.write32(count)
  }
}
