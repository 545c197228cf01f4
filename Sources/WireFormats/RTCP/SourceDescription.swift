/// SDES: who the sources are (RFC 3550 section 6.5).
public struct SourceDescription: WireValue, Hashable {
  /// One source and what is told of it.
  public struct Chunk: Hashable, Sendable {
    /// SSRC or CSRC.
    public var source: UInt32
    /// In the order of the wire, at most one CNAME (checked when written); one alone is held
    /// without allocation.
    public var items: InlineList<Item>

    public init(source: UInt32, items: InlineList<Item>) {
      self.source = source
      self.items = items
    }

    /// - Parameter canonicalName: at most 255 octets of UTF-8 (checked); nil makes an empty chunk.
    public init(source: UInt32, canonicalName: ShortOctets?) {
      self.init(
        source: source,
        items: canonicalName.map { InlineList(Item(.canonicalName, $0)) } ?? InlineList())
    }

    /// CNAME; nil where the chunk has none.
    public var canonicalName: ShortOctets? {
      items.first { $0.kind == .canonicalName }?.text
    }

    // SSRC, the items, and zeros to the next word, at least one of them.
    fileprivate var byteCount: Int {
      var count = 4
      for item in items { count += item.serializedByteCount }
      return (count + 1 + 3) / 4 * 4
    }
  }

  // RFC 3550 section 6.5.
  private static let endItem: UInt8 = 0

  /// At most 31; one alone is held without allocation.
  public var chunks: InlineList<Chunk>

  public init(chunks: InlineList<Chunk>) {
    self.chunks = chunks
  }

  public init(source: UInt32, canonicalName: ShortOctets) {
    chunks = InlineList(Chunk(source: source, canonicalName: canonicalName))
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    var (header, body) = try RTCPHeader.open(
      &reader, type: RTCPPacketType.sourceDescription, expected: "202, SDES")
    chunks = InlineList()
    for _ in 0..<header.count {
      chunks.append(try Self.chunk(from: &body))
    }
    try body.requireEnd(of: "SDES chunks")
  }

  private static func chunk(from body: inout ByteReader) throws(WireError) -> Chunk {
    let start = body.offset
    var chunk = Chunk(source: try body.read32("SDES SSRC"), items: InlineList())
    while true {
      let itemAt = body.offset
      let code = try body.read8("SDES item type")
      if code == endItem { break }
      let item = try Item(Item.Kind(code), parsing: &body)
      guard item.kind != .canonicalName || chunk.canonicalName == nil else {
        throw WireError(
          "SDES CNAME", at: itemAt, .badValue(found: 2), expected: "one in a chunk")
      }
      chunk.items.append(item)
    }
    // The list's end fills up to the next word (RFC 3550 section 6.5).
    let used = body.offset - start
    try body.skip((used + 3) / 4 * 4 - used, "SDES chunk padding")
    return chunk
  }

  public var serializedByteCount: Int {
    var count = 4
    for chunk in chunks { count += chunk.byteCount }
    return count
  }

  public func serialize(into writer: inout ByteWriter) {
    precondition(chunks.count < 32, "an SDES has at most 31 chunks")
    RTCPHeader(
      packetType: RTCPPacketType.sourceDescription, count: UInt8(chunks.count),
      packetByteCount: serializedByteCount
    ).serialize(into: &writer)
    for chunk in chunks {
      let start = writer.offset
      writer.write32(chunk.source)
      var names = 0
      for item in chunk.items {
        names += item.kind == .canonicalName ? 1 : 0
        item.serialize(into: &writer)
      }
      precondition(names <= 1, "a source has one CNAME, not \(names)")
      // At least one zero, the end of the list.
      writer.writeZeros(4 - (writer.offset - start) % 4)
    }
  }
}
