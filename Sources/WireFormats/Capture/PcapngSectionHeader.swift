/// The block that begins a pcapng file (draft-ietf-opsawg-pcapng section 4.1).
///
/// Written in network byte order, for a section of unknown length. `init(parsing:)` takes either
/// byte order; the blocks after it are read by `PcapngBlocks`.
public struct PcapngSectionHeader: WireValue, Hashable {
  static let blockType: UInt32 = 0x0A0D_0D0A
  private static let byteOrderMagic: UInt32 = 0x1A2B_3C4D

  private enum Option {
    static let operatingSystem: UInt16 = 3
    static let application: UInt16 = 4
  }

  /// What the whole file is.
  public var comment: String?
  public var operatingSystem: String?
  /// The program that wrote the file.
  public var application: String?

  public init(
    comment: String? = nil, operatingSystem: String? = nil, application: String? = nil
  ) {
    self.comment = comment
    self.operatingSystem = operatingSystem
    self.application = application
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    var ahead = reader
    try ahead.skip(4, "pcapng block type")
    let isLittleEndian = try Self.peekByteOrder(ahead)
    let start = reader.offset
    var (type, body) = try PcapngFieldReader.openBlock(&reader, isLittleEndian: isLittleEndian)
    guard type == Self.blockType else {
      throw WireError(
        "pcapng block type", at: start, .wrongType(found: Int(type)), expected: "a section header")
    }
    try self.init(body: &body)
  }

  /// - Parameter reader: behind the block's type.
  static func peekByteOrder(_ reader: ByteReader) throws(WireError) -> Bool {
    var reader = reader
    try reader.skip(4, "pcapng block length")
    let start = reader.offset
    let magic = try reader.read32("pcapng byte-order magic")
    guard magic == byteOrderMagic || magic.byteSwapped == byteOrderMagic else {
      throw WireError(
        "pcapng byte-order magic", at: start, .badValue(found: Int(magic)),
        expected: "1A2B3C4D in either order")
    }
    return magic != byteOrderMagic
  }

  init(body: inout PcapngFieldReader) throws(WireError) {
    _ = try body.read32("pcapng byte-order magic")
    let versionAt = body.octets.offset
    let major = try body.read16("pcapng major version")
    guard major == 1 else {
      throw WireError(
        "pcapng major version", at: versionAt, .wrongVersion(found: Int(major)), expected: "1")
    }
    _ = try body.read16("pcapng minor version")
    _ = try body.read64("pcapng section length")
    try body.readOptions { (code, value) throws(WireError) in
      switch code {
      case PcapngOption.comment: comment = try value.readText("pcapng comment")
      case Option.operatingSystem: operatingSystem = try value.readText("shb_os")
      case Option.application: application = try value.readText("shb_userappl")
      default: break
      }
    }
  }

  private var optionsByteCount: Int {
    let count =
      PcapngOption.byteCount(of: comment) + PcapngOption.byteCount(of: operatingSystem)
      + PcapngOption.byteCount(of: application)
    return count == 0 ? 0 : count + 4
  }

  public var serializedByteCount: Int { 28 + optionsByteCount }

  public func serialize(into writer: inout ByteWriter) {
    let count = UInt32(serializedByteCount)
    writer.write32(Self.blockType)
    writer.write32(count)
    writer.write32(Self.byteOrderMagic)
    writer.write16(1)
    writer.write16(0)
    writer.write64(.max)  // The section's length is not told.
    PcapngOption.write(PcapngOption.comment, comment, into: &writer)
    PcapngOption.write(Option.operatingSystem, operatingSystem, into: &writer)
    PcapngOption.write(Option.application, application, into: &writer)
    if optionsByteCount > 0 { PcapngOption.writeEnd(into: &writer) }
    writer.write32(count)
  }
}
