/// The blocks of pcapng (draft-ietf-opsawg-pcapng section 4).
extension CaptureReader {
  private enum BlockType {
    static let sectionHeader = PcapngSectionHeader.blockType
    static let interfaceDescription = PcapngInterfaceDescription.blockType
    /// Obsolete (appendix A), and still met.
    static let packet: UInt32 = 2
    static let simplePacket: UInt32 = 3
    static let enhancedPacket = PcapngEnhancedPacket.blockType
  }

  /// Reads the block at the reader's place.
  ///
  /// - Parameter isLittleEndian: of the section; nil before the first.
  /// - Returns: octets read, nil where more are needed.
  mutating func stepBlock(
    _ reader: ByteReader, _ isLittleEndian: Bool?, _ body: (CapturedFrame) -> Void
  ) throws(WireError) -> Int? {
    guard reader.remaining >= 12 else { return nil }
    let start = reader.offset
    var ahead = reader
    // The section header's type is the same in either byte order.
    let isSection = try ahead.read32("pcapng block type") == BlockType.sectionHeader
    let order = isSection ? try PcapngSectionHeader.peekByteOrder(ahead) : isLittleEndian!
    var fields = PcapngFieldReader(reader, isLittleEndian: order)
    let type = try fields.read32("pcapng block type")
    let total = Int(try fields.read32("pcapng block length"))
    let least = Self.leastByteCount(ofType: type)
    guard total >= least, total % 4 == 0 else {
      throw WireError(
        "pcapng block length", at: start + 4, .badLength(found: total),
        expected: "a multiple of four that holds the block's fields")
    }
    // Not checked further, so that all of it need not be here at once.
    guard least > 12 else { return skip(total, available: reader.remaining) }
    guard total <= Self.maximumBlock else {
      throw WireError(
        "pcapng block length", at: start + 4, .badLength(found: total),
        expected: "16777216 or less")
    }
    guard reader.remaining >= total else { return nil }
    var whole = reader
    var (_, content) = try PcapngFieldReader.openBlock(&whole, isLittleEndian: order)
    if isSection {
      try beginSection(&content, isLittleEndian: order)
    } else {
      try take(type, &content, body)
    }
    return total
  }

  /// Octets that a block of a type that is read has at least; 12 of one that is not.
  private static func leastByteCount(ofType type: UInt32) -> Int {
    switch type {
    case BlockType.sectionHeader: 28
    case BlockType.interfaceDescription: 20
    case BlockType.packet, BlockType.enhancedPacket: 32
    case BlockType.simplePacket: 16
    default: 12
    }
  }

  private mutating func beginSection(
    _ content: inout PcapngFieldReader, isLittleEndian: Bool
  ) throws(WireError) {
    _ = try content.read32("pcapng byte-order magic")
    let versionAt = content.octets.offset
    let major = try content.read16("pcapng major version")
    guard major == 1 else {
      throw WireError(
        "pcapng major version", at: versionAt, .wrongVersion(found: Int(major)), expected: "1")
    }
    format = .pcapng(isLittleEndian: isLittleEndian)
    sectionInterfaces = []
  }

  private mutating func take(
    _ type: UInt32, _ content: inout PcapngFieldReader, _ body: (CapturedFrame) -> Void
  ) throws(WireError) {
    switch type {
    case BlockType.interfaceDescription: try addInterface(&content)
    case BlockType.simplePacket: try takeSimplePacket(&content, body)
    case BlockType.packet:
      let place = content.octets.offset
      let interface = UInt32(try content.read16("pcapng interface"))
      _ = try content.read16("pcapng drops count")
      try takePacket(&content, of: interface, at: place, body)
    default:
      let place = content.octets.offset
      try takePacket(&content, of: try content.read32("pcapng interface"), at: place, body)
    }
  }

  private mutating func addInterface(_ content: inout PcapngFieldReader) throws(WireError) {
    let place = content.octets.offset
    let new = CaptureInterface(try PcapngInterfaceDescription(body: &content))
    let number = sectionInterfaces.count
    if number < interfaces.count, interfaces[number] == new {
      sectionInterfaces.append(number)
      return
    }
    guard interfaces.count < Self.maximumInterfaces, number < Self.maximumInterfaces else {
      throw WireError(
        "pcapng interface", at: place, .badValue(found: interfaces.count + 1),
        expected: "at most 1024 interfaces")
    }
    sectionInterfaces.append(interfaces.count)
    interfaces.append(new)
  }

  private func interface(_ number: UInt32, at place: Int) throws(WireError) -> Int {
    guard number < sectionInterfaces.count else {
      throw WireError(
        "pcapng interface", at: place, .badValue(found: Int(number)),
        expected: "one that is described before it")
    }
    return sectionInterfaces[Int(number)]
  }

  /// From the timestamp on, which both packet blocks that have one share.
  private mutating func takePacket(
    _ content: inout PcapngFieldReader, of number: UInt32, at place: Int,
    _ body: (CapturedFrame) -> Void
  ) throws(WireError) {
    let index = try interface(number, at: place)
    let timestampAt = content.octets.offset
    let high = UInt64(try content.read32("pcapng timestamp"))
    let timestamp = high << 32 | UInt64(try content.read32("pcapng timestamp"))
    let count = Int(try content.read32("pcapng captured length"))
    _ = try content.read32("pcapng original length")
    let octets = try content.readPadded(count, "pcapng packet")
    guard let time = interfaces[index].time(timestamp) else {
      throw WireError(
        "pcapng timestamp", at: timestampAt, .badValue(found: Int(clamping: timestamp)),
        expected: "a time from 1970 to 2116")
    }
    hand(octets, of: index, time: time, comment: Self.comment(&content), body)
  }

  private mutating func takeSimplePacket(
    _ content: inout PcapngFieldReader, _ body: (CapturedFrame) -> Void
  ) throws(WireError) {
    // Section 4.4: of the section's first interface, and as long as its limit allows.
    let index = try interface(0, at: content.octets.offset)
    let original = Int(try content.read32("pcapng original length"))
    let limit = interfaces[index].snapLength
    let count = limit == 0 ? original : min(original, Int(limit))
    let octets = try content.octets.read(count, "pcapng packet")
    hand(octets, of: index, time: nil, comment: nil, body)
  }

  private mutating func hand(
    _ octets: UnsafeRawBufferPointer, of interface: Int, time: Int64?,
    comment: UnsafeRawBufferPointer?, _ body: (CapturedFrame) -> Void
  ) {
    packets += 1
    body(
      CapturedFrame(
        number: packets, interface: interface, linkType: interfaces[interface].linkType,
        time: time, octets: octets, comment: comment))
  }

  /// The first comment. Broken options take nothing from the packet before them.
  private static func comment(_ content: inout PcapngFieldReader) -> UnsafeRawBufferPointer? {
    var comment: UnsafeRawBufferPointer?
    try? content.readOptions { (code, value) throws(WireError) in
      guard code == PcapngOption.comment, comment == nil else { return }
      comment = value.octets.unread
    }
    return comment
  }
}
