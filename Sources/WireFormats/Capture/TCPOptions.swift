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

  public var serializedByteCount: Int {
    var count = 0
    if maximumSegmentSize != nil { count += 4 }
    // SACK permitted takes the place of the two octets that else pad the timestamps.
    if permitsSelectiveAcknowledgement || timestamps != nil { count += 2 }
    if permitsSelectiveAcknowledgement && timestamps == nil { count += 2 }
    if timestamps != nil { count += 10 }
    if windowScale != nil { count += 4 }
    if !selective.isEmpty { count += 4 + 8 * selective.count }
    return count
  }

  public func serialize(into writer: inout ByteWriter) {
    precondition(serializedByteCount <= 40, "a TCP header has room for 40 octets of options")
    if let size = maximumSegmentSize {
      writer.write8(Kind.maximumSegmentSize)
      writer.write8(4)
      writer.write16(size)
    }
    if permitsSelectiveAcknowledgement {
      if timestamps == nil { writePadding(&writer) }
      writer.write8(Kind.selectivePermitted)
      writer.write8(2)
    } else if timestamps != nil {
      writePadding(&writer)
    }
    if let timestamps {
      writer.write8(Kind.timestamps)
      writer.write8(10)
      writer.write32(timestamps.value)
      writer.write32(timestamps.echo)
    }
    if let scale = windowScale {
      writer.write8(Kind.noOperation)
      writer.write8(Kind.windowScale)
      writer.write8(3)
      writer.write8(scale)
    }
    if !selective.isEmpty {
      writePadding(&writer)
      writer.write8(Kind.selective)
      writer.write8(UInt8(2 + 8 * selective.count))
      for block in selective {
        writer.write32(block.start)
        writer.write32(block.end)
      }
    }
  }

  private func writePadding(_ writer: inout ByteWriter) {
    writer.write8(Kind.noOperation)
    writer.write8(Kind.noOperation)
  }
}
