/// Reads the fields of a pcapng block in the byte order of its section.
struct PcapngFieldReader {
  var octets: ByteReader
  let isLittleEndian: Bool

  init(_ octets: ByteReader, isLittleEndian: Bool) {
    self.octets = octets
    self.isLittleEndian = isLittleEndian
  }

  mutating func read16(_ field: StaticString) throws(WireError) -> UInt16 {
    let value = try octets.read16(field)
    return isLittleEndian ? value.byteSwapped : value
  }

  mutating func read32(_ field: StaticString) throws(WireError) -> UInt32 {
    let value = try octets.read32(field)
    return isLittleEndian ? value.byteSwapped : value
  }

  mutating func read64(_ field: StaticString) throws(WireError) -> UInt64 {
    let value = try octets.read64(field)
    return isLittleEndian ? value.byteSwapped : value
  }

  /// The next `count` octets, and past the padding to a multiple of four behind them.
  mutating func readPadded(
    _ count: Int, _ field: StaticString
  ) throws(WireError) -> UnsafeRawBufferPointer {
    let value = try octets.read(count, field)
    try octets.skip(-count & 3, field)
    return value
  }

  /// Calls `body` with each option's code and a reader over its value, up to the end of options.
  mutating func readOptions(
    _ body: (UInt16, inout PcapngFieldReader) throws(WireError) -> Void
  ) throws(WireError) {
    while !octets.isAtEnd {
      let code = try read16("pcapng option code")
      let count = Int(try read16("pcapng option length"))
      if code == PcapngOption.end { return }
      var value = PcapngFieldReader(
        try octets.slice(count, "pcapng option"), isLittleEndian: isLittleEndian)
      try octets.skip(-count & 3, "pcapng option padding")
      try body(code, &value)
    }
  }

  /// All that is left, as text, which is UTF-8. Repaired, others' text could outgrow its option.
  mutating func readText(_ field: StaticString) throws(WireError) -> String {
    let start = octets.offset
    let text = String(validating: try octets.read(octets.remaining, field), as: UTF8.self)
    guard let text else {
      throw WireError(field, at: start, .badSyntax, expected: "UTF-8 text")
    }
    return text
  }
}

/// One block of a pcapng file.
public enum PcapngBlock: Hashable, Sendable {
  case sectionHeader(PcapngSectionHeader)
  case interfaceDescription(PcapngInterfaceDescription)
  case enhancedPacket(PcapngEnhancedPacket)
  /// A block that this module does not read; its content is stepped over.
  case other(type: UInt32)
}

/// The blocks of a pcapng file in turn, of either byte order (draft-ietf-opsawg-pcapng section 3).
public struct PcapngBlocks {
  private var reader: ByteReader
  private var isLittleEndian: Bool?

  /// - Parameter reader: over the whole file, or over what of it is in memory.
  public init(_ reader: ByteReader) {
    self.reader = reader
  }

  /// Octets read so far; at a block's start between calls.
  public var offset: Int { reader.offset }

  /// The next block; nil at the end.
  ///
  /// - Throws: `WireError`; where the octets end within a block, one of kind `truncated`.
  public mutating func next() throws(WireError) -> PcapngBlock? {
    guard !reader.isAtEnd else { return nil }
    let start = reader.offset
    var ahead = reader
    let isSectionHeader =
      try ahead.read32("pcapng block type") == PcapngSectionHeader.blockType
    if isSectionHeader { isLittleEndian = try PcapngSectionHeader.peekByteOrder(ahead) }
    guard let isLittleEndian else {
      throw WireError(
        "pcapng block type", at: start, .badSyntax, expected: "a section header first")
    }
    var (type, body) = try PcapngFieldReader.openBlock(&reader, isLittleEndian: isLittleEndian)
    switch type {
    case PcapngSectionHeader.blockType:
      return .sectionHeader(try PcapngSectionHeader(body: &body))
    case PcapngInterfaceDescription.blockType:
      return .interfaceDescription(try PcapngInterfaceDescription(body: &body))
    case PcapngEnhancedPacket.blockType:
      return .enhancedPacket(try PcapngEnhancedPacket(body: &body))
    default:
      return .other(type: type)
    }
  }
}

extension PcapngFieldReader {
  /// Reads a block's type and both of its lengths, and leaves the reader behind the block.
  static func openBlock(
    _ reader: inout ByteReader, isLittleEndian: Bool
  ) throws(WireError) -> (type: UInt32, body: PcapngFieldReader) {
    let start = reader.offset
    var head = PcapngFieldReader(reader, isLittleEndian: isLittleEndian)
    let type = try head.read32("pcapng block type")
    let total = Int(try head.read32("pcapng block length"))
    guard total >= 12, total % 4 == 0 else {
      throw WireError(
        "pcapng block length", at: start + 4, .badLength(found: total),
        expected: "a multiple of four, 12 or more")
    }
    let body = try head.octets.slice(total - 12, "pcapng block")
    let again = Int(try head.read32("pcapng block length"))
    guard again == total else {
      throw WireError(
        "pcapng block length", at: start + total - 4, .badLength(found: again),
        expected: "the length at the block's start")
    }
    reader = head.octets
    return (type, PcapngFieldReader(body, isLittleEndian: isLittleEndian))
  }

  /// A block of this type in network byte order, as this module writes.
  static func openBlock(
    _ reader: inout ByteReader, ofType expected: UInt32, _ name: StaticString
  ) throws(WireError) -> PcapngFieldReader {
    let start = reader.offset
    let (type, body) = try openBlock(&reader, isLittleEndian: false)
    guard type == expected else {
      throw WireError(
        "pcapng block type", at: start, .wrongType(found: Int(type)), expected: name)
    }
    return body
  }
}
