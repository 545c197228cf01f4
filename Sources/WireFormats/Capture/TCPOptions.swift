/// The options of a TCP header, in the order in which Linux writes them, and padded as it pads.
///
/// Read in any order; an option that has no member here is stepped over.
public struct TCPOptions: WireValue, Hashable {
  /// RFC 7323 section 3.
  public struct Timestamps: Hashable, Sendable {
    public var value: UInt32
    public var echo: UInt32

    public init(value: UInt32, echo: UInt32) {
      self.value = value
      self.echo = echo
    }
  }

  /// A block of RFC 2018: octets from `start` up to, and without, `end`.
  public struct Block: Hashable, Sendable {
    public var start: UInt32
    public var end: UInt32

    public init(start: UInt32, end: UInt32) {
      self.start = start
      self.end = end
    }
  }

  /// RFC 9293 section 3.7.1; in a SYN.
  public var maximumSegmentSize: UInt16?
  /// RFC 2018 section 2; in a SYN.
  public var permitsSelectiveAcknowledgement = false
  public var timestamps: Timestamps?
  /// RFC 7323 section 2, 0...14; in a SYN.
  public var windowScale: UInt8?
  /// At most four, three beside timestamps.
  public var selective: [Block] = []

  public init() {}

  // The kinds (IANA, "TCP Option Kind Numbers").
  private enum Kind {
    static let end: UInt8 = 0
    static let noOperation: UInt8 = 1
    static let maximumSegmentSize: UInt8 = 2
    static let windowScale: UInt8 = 3
    static let selectivePermitted: UInt8 = 4
    static let selective: UInt8 = 5
    static let timestamps: UInt8 = 8
  }

  /// Reads up to the reader's end.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    while !reader.isAtEnd {
      let kind = try reader.read8("TCP option kind")
      if kind == Kind.end {
        try reader.skip(reader.remaining, "TCP option padding")
        return
      }
      if kind == Kind.noOperation { continue }
      let lengthAt = reader.offset
      let length = Int(try reader.read8("TCP option length"))
      guard length >= 2 else {
        throw WireError(
          "TCP option length", at: lengthAt, .badLength(found: length), expected: "2 or more")
      }
      var body = try reader.slice(length - 2, "TCP option")
      try read(kind, &body)
      guard body.isAtEnd else {
        throw WireError(
          "TCP option length", at: lengthAt, .badLength(found: length),
          expected: "that of the option's kind")
      }
    }
  }

  private mutating func read(_ kind: UInt8, _ body: inout ByteReader) throws(WireError) {
    switch kind {
    case Kind.maximumSegmentSize: maximumSegmentSize = try body.read16("TCP MSS")
    case Kind.selectivePermitted: permitsSelectiveAcknowledgement = true
    case Kind.windowScale: windowScale = try body.read8("TCP window scale")
    case Kind.timestamps:
      timestamps = Timestamps(
        value: try body.read32("TCP timestamp"), echo: try body.read32("TCP timestamp echo"))
    case Kind.selective:
      while !body.isAtEnd {
        selective.append(
          Block(start: try body.read32("SACK left edge"), end: try body.read32("SACK right edge")))
      }
    default: try body.skip(body.remaining, "TCP option")
    }
  }

  /// As Linux pads: timestamps and blocks begin at multiples of four.
  private var alignedByteCount: Int {
    var count = 0
    if maximumSegmentSize != nil { count += 4 }
    // SACK permitted takes the place of the two octets that else pad the timestamps.
    if permitsSelectiveAcknowledgement { count += timestamps == nil ? 4 : 2 }
    if timestamps != nil { count += permitsSelectiveAcknowledgement ? 10 : 12 }
    if windowScale != nil { count += 4 }
    if !selective.isEmpty { count += 4 + 8 * selective.count }
    return count
  }

  private var packedByteCount: Int {
    var count = 0
    if maximumSegmentSize != nil { count += 4 }
    if permitsSelectiveAcknowledgement { count += 2 }
    if timestamps != nil { count += 10 }
    if windowScale != nil { count += 3 }
    if !selective.isEmpty { count += 2 + 8 * selective.count }
    return count
  }

  /// What other stacks write may fit only without the padding between.
  private var isAligned: Bool { alignedByteCount <= 40 }

  public var serializedByteCount: Int {
    isAligned ? alignedByteCount : (packedByteCount + 3) / 4 * 4
  }

  public func serialize(into writer: inout ByteWriter) {
    precondition(serializedByteCount <= 40, "a TCP header has room for 40 octets of options")
    if let size = maximumSegmentSize {
      write(Kind.maximumSegmentSize, count: 2, into: &writer)
      writer.write16(size)
    }
    if permitsSelectiveAcknowledgement {
      write(Kind.selectivePermitted, count: 0, padding: timestamps == nil ? 2 : 0, into: &writer)
    }
    if let timestamps {
      write(
        Kind.timestamps, count: 8, padding: permitsSelectiveAcknowledgement ? 0 : 2, into: &writer)
      writer.write32(timestamps.value)
      writer.write32(timestamps.echo)
    }
    if let scale = windowScale {
      write(Kind.windowScale, count: 1, padding: 1, into: &writer)
      writer.write8(scale)
    }
    if !selective.isEmpty {
      write(Kind.selective, count: 8 * selective.count, padding: 2, into: &writer)
      for block in selective {
        writer.write32(block.start)
        writer.write32(block.end)
      }
    }
    // Kind 0 ends the options.
    if !isAligned { writer.writeZeros(serializedByteCount - packedByteCount) }
  }

  /// Writes an option's kind and length; its value has `count` octets.
  private func write(
    _ kind: UInt8, count: Int, padding: Int = 0, into writer: inout ByteWriter
  ) {
    for _ in 0..<(isAligned ? padding : 0) { writer.write8(Kind.noOperation) }
    writer.write8(kind)
    writer.write8(UInt8(2 + count))
  }
}
