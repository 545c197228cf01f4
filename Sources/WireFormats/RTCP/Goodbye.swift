/// BYE: sources leave the session (RFC 3550 section 6.6).
public struct Goodbye: WireValue, Hashable {
  /// The SSRCs and CSRCs that leave; at most 31, up to eight without allocation.
  ///
  /// None is valid and useless, as the standard says.
  public var sources: InlineWordList<UInt32>
  /// Why they leave, at most 255 octets of UTF-8, up to 32 without allocation; nil where nothing is
  /// said, which is another packet than one with an empty reason.
  public var reason: ShortOctets?

  public init(sources: InlineWordList<UInt32>, reason: ShortOctets? = nil) {
    self.sources = sources
    self.reason = reason
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    var (header, body) = try RTCPHeader.open(
      &reader, type: RTCPPacketType.goodbye, expected: "203, BYE")
    sources = InlineWordList()
    for _ in 0..<header.count {
      sources.append(try body.read32("BYE SSRC"))
    }
    guard !body.isAtEnd else { return }
    let start = body.offset
    let length = Int(try body.read8("BYE reason length"))
    reason = ShortOctets(try body.read(length, "BYE reason"))
    // Filled up to the next word, where it does not end there.
    let used = body.offset - start
    try body.skip((used + 3) / 4 * 4 - used, "BYE reason padding")
    try body.requireEnd(of: "BYE octets behind the reason")
  }

  private var reasonByteCount: Int {
    reason.map { (1 + $0.count + 3) / 4 * 4 } ?? 0
  }

  public var serializedByteCount: Int { 4 + sources.serializedByteCount + reasonByteCount }

  public func serialize(into writer: inout ByteWriter) {
    precondition(sources.count < 32, "a BYE has at most 31 sources")
    RTCPHeader(
      packetType: RTCPPacketType.goodbye, count: UInt8(sources.count),
      packetByteCount: serializedByteCount
    ).serialize(into: &writer)
    sources.serialize(into: &writer)
    guard let reason else { return }
    precondition(reason.count < 256, "a reason for leaving has at most 255 octets")
    writer.write8(UInt8(reason.count))
    reason.serialize(into: &writer)
    writer.writeZeros(reasonByteCount - 1 - reason.count)
  }
}
