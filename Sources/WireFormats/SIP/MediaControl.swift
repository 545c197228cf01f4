/// The body of a video fast update request (RFC 5168).
///
/// The reader takes the one primitive picture_fast_update and nothing else of XML than it needs:
/// document types, entities, CDATA and processing instructions are refused, never resolved.
public struct MediaControl: WireValue, Hashable {
  /// RFC 5168 section 8.1.
  public static let contentType = "application/media_control+xml"

  /// The streams to refresh (stream_id); all of them where there is none.
  public var streamIdentifiers: [String]

  /// - Parameter streamIdentifiers: plain text without markup (checked when written).
  public init(streamIdentifiers: [String] = []) {
    self.streamIdentifiers = streamIdentifiers
  }

  /// Reads a body to its end.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    streamIdentifiers = []
    var scanner = XMLScanner(reader)
    try scanner.skipDeclaration()
    try scanner.open("media_control")
    try scanner.open("vc_primitive")
    try readStreamIdentifiers(&scanner)
    try scanner.open("to_encoder")
    try scanner.openAndClose("picture_fast_update")
    try scanner.close("to_encoder")
    try readStreamIdentifiers(&scanner)
    try scanner.close("vc_primitive")
    try scanner.close("media_control")
    try scanner.requireEnd()
    try reader.skip(reader.remaining, "media control")
  }

  // The schema has stream_id behind to_encoder; some endpoints write it before.
  private mutating func readStreamIdentifiers(_ scanner: inout XMLScanner) throws(WireError) {
    while let text = try scanner.textElement("stream_id") {
      streamIdentifiers.append(text)
    }
  }

  private static let head: StaticString = """
    <?xml version="1.0" encoding="utf-8" ?>\r
    <media_control>\r
    <vc_primitive>\r
    <to_encoder>\r
    <picture_fast_update/>\r
    </to_encoder>\r

    """
  private static let tail: StaticString = """
    </vc_primitive>\r
    </media_control>\r

    """
  private static let streamHead: StaticString = "<stream_id>"
  private static let streamTail: StaticString = "</stream_id>\r\n"

  public var serializedByteCount: Int {
    let frame = Self.streamHead.utf8CodeUnitCount + Self.streamTail.utf8CodeUnitCount
    return streamIdentifiers.reduce(
      Self.head.utf8CodeUnitCount + Self.tail.utf8CodeUnitCount
    ) { $0 + frame + $1.utf8.count }
  }

  public func serialize(into writer: inout ByteWriter) {
    writer.write(Self.head.octets)
    for identifier in streamIdentifiers {
      precondition(
        identifier.utf8.allSatisfy {
          ($0 >= 0x20 || $0 == 0x09) && $0 != 0x26 && $0 != 0x3C && $0 != 0x7F
        }
          && SIPText.trimmed(identifier) == identifier && !identifier.isEmpty,
        "a stream identifier is plain text")
      writer.write(Self.streamHead.octets)
      writer.write(identifier)
      writer.write(Self.streamTail.octets)
    }
    writer.write(Self.tail.octets)
  }
}
