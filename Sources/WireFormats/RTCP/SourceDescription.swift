/// SDES: who the sources are (RFC 3550 section 6.5).
///
/// Of the items only CNAME is kept; the others are checked and stepped over.
public struct SourceDescription: WireValue, Hashable {
  /// One source and its name.
  public struct Chunk: Hashable, Sendable {
    public var source: UInt32
    /// CNAME, at most 255 octets of UTF-8; nil where the chunk has none. Up to 32 octets are held
    /// without allocation.
    public var canonicalName: ShortOctets?

    public init(source: UInt32, canonicalName: ShortOctets?) {
      self.source = source
      self.canonicalName = canonicalName
    }

    // SSRC, the item's two octets and text, and zeros to the next word, at least one of them.
    fileprivate var byteCount: Int {
      (4 + (canonicalName.map { 2 + $0.count } ?? 0) + 1 + 3) / 4 * 4
    }
  }

  // RFC 3550 section 12.2.
  private static let endItem: UInt8 = 0
  private static let canonicalNameItem: UInt8 = 1

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
    var chunk = Chunk(source: try body.read32("SDES SSRC"), canonicalName: nil)
    while true {
      let itemAt = body.offset
      let item = try body.read8("SDES item type")
      if item == endItem { break }
      let length = Int(try body.read8("SDES item length"))
      let text = try body.read(length, "SDES item text")
      guard item == canonicalNameItem else { continue }
      guard chunk.canonicalName == nil else {
        throw WireError(
          "SDES CNAME", at: itemAt, .badValue(found: 2), expected: "one in a chunk")
      }
      chunk.canonicalName = ShortOctets(text)
    }
    // The list's end fills up to the next word (RFC 3550 section 6.5).
    let used = body.offset - start
    try body.skip((used + 3) / 4 * 4 - used, "SDES chunk padding")
    return chunk
  }

  public var serializedByteCount: Int { chunks.reduce(4) { $0 + $1.byteCount } }

  public func serialize(into writer: inout ByteWriter) {
    precondition(chunks.count < 32, "an SDES has at most 31 chunks")
    RTCPHeader(
      packetType: RTCPPacketType.sourceDescription, count: UInt8(chunks.count),
      packetByteCount: serializedByteCount
    ).serialize(into: &writer)
    for chunk in chunks {
      let end = writer.offset + chunk.byteCount
      writer.write32(chunk.source)
      if let name = chunk.canonicalName {
        precondition(name.count < 256, "a CNAME has at most 255 octets")
        writer.write8(Self.canonicalNameItem)
        writer.write8(UInt8(name.count))
        name.serialize(into: &writer)
      }
      writer.writeZeros(end - writer.offset)
    }
  }
}
