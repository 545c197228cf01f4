/// The block that describes a place of capture; packets name it by its number in the section
/// (draft-ietf-opsawg-pcapng section 4.2). `init(parsing:)` reads network byte order.
public struct PcapngInterfaceDescription: WireValue, Hashable {
  static let blockType: UInt32 = 1
  /// LINKTYPE_RAW: a packet begins with its IP header.
  public static let rawInternetProtocol: UInt16 = 101

  /// How fine timestamps count.
  public enum Resolution: Hashable, Sendable {
    /// 10^-digits seconds, 0...127; 6 where a file does not tell.
    case decimal(digits: UInt8)
    /// 2^-bits seconds, 0...127.
    case binary(bits: UInt8)
    public static let nanoseconds = Resolution.decimal(digits: 9)
  }

  private enum Option {
    static let name: UInt16 = 2
    static let description: UInt16 = 3
    static let timestampResolution: UInt16 = 9
    static let timestampOffset: UInt16 = 14
  }

  public var linkType: UInt16
  /// The most octets kept of a packet; 0 is no limit.
  public var snapLength: UInt32
  /// if_name: short, as an interface's name.
  public var name: String?
  /// if_description: for people.
  public var description: String?
  public var resolution: Resolution
  /// if_tsoffset: seconds to add to each timestamp; written where it is not 0.
  public var timestampOffset: Int64

  public init(
    linkType: UInt16 = Self.rawInternetProtocol, snapLength: UInt32 = 0, name: String? = nil,
    description: String? = nil, resolution: Resolution = .nanoseconds, timestampOffset: Int64 = 0
  ) {
    self.timestampOffset = timestampOffset
    self.linkType = linkType
    self.snapLength = snapLength
    self.name = name
    self.description = description
    self.resolution = resolution
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    var body = try PcapngFieldReader.openBlock(
      &reader, ofType: Self.blockType, "an interface description")
    try self.init(body: &body)
  }

  init(body: inout PcapngFieldReader) throws(WireError) {
    linkType = try body.read16("pcapng link type")
    _ = try body.read16("pcapng reserved")
    snapLength = try body.read32("pcapng snap length")
    resolution = .decimal(digits: 6)
    timestampOffset = 0
    try body.readOptions { (code, value) throws(WireError) in
      switch code {
      case Option.name: name = try value.readText("if_name")
      case Option.description: description = try value.readText("if_description")
      case Option.timestampResolution:
        let octet = try value.octets.read8("if_tsresol")
        resolution =
          octet & 0x80 == 0 ? .decimal(digits: octet) : .binary(bits: octet & 0x7F)
      case Option.timestampOffset:
        timestampOffset = Int64(bitPattern: try value.read64("if_tsoffset"))
      default: break
      }
    }
  }

  public var serializedByteCount: Int {
    20 + PcapngOption.byteCount(of: name) + PcapngOption.byteCount(of: description)
      + PcapngOption.byteCount(ofValue: 1) + (timestampOffset == 0 ? 0 : 12) + 4
  }

  public func serialize(into writer: inout ByteWriter) {
    let count = UInt32(serializedByteCount)
    writer.write32(Self.blockType)
    writer.write32(count)
    writer.write16(linkType)
    writer.write16(0)
    writer.write32(snapLength)
    PcapngOption.write(Option.name, name, into: &writer)
    PcapngOption.write(Option.description, description, into: &writer)
    PcapngOption.writeHead(Option.timestampResolution, count: 1, into: &writer)
    switch resolution {
    case .decimal(let digits): writer.write8(digits & 0x7F)
    case .binary(let bits): writer.write8(0x80 | bits)
    }
    writer.writeZeros(3)
    if timestampOffset != 0 {
      PcapngOption.writeHead(Option.timestampOffset, count: 8, into: &writer)
      writer.write64(UInt64(bitPattern: timestampOffset))
    }
    PcapngOption.writeEnd(into: &writer)
    writer.write32(count)
  }
}
