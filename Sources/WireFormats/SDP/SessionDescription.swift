/// A session description (RFC 4566): the lines about the session, and the media.
///
/// Lines keep their order, and the unknown ones their text. Of the lines about the session v=, o=,
/// s= and t= must be there, which nothing else could tell from another kind of file.
public struct SessionDescription: WireValue, Hashable {
  /// From `v=0` to the first media line.
  public var lines: [SDPLine]
  public var media: [MediaDescription]

  public init(lines: [SDPLine], media: [MediaDescription]) {
    self.lines = lines
    self.media = media
  }

  /// Reads all that is left; empty lines at the end do not count.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    var text = try reader.slice(Self.count(of: reader.unread), "session description")
    lines = []
    media = []
    while !text.isAtEnd, !text.isAtMediaLine {
      let start = text.offset
      var line = try text.sdpLine()
      let value = try SDPLine(parsing: &line)
      try Self.check(value, number: lines.count, at: start)
      lines.append(value)
    }
    // RFC 4566 section 5 demands these three of every description, in this order.
    guard lines.count >= 3 else {
      throw WireError(
        "session description", at: text.offset, .badSyntax, expected: "v=, o= and s= lines first")
    }
    guard lines.contains(where: { $0.type == UInt8(ascii: "t") }) else {
      throw WireError(
        "session description", at: text.offset, .badSyntax, expected: "a t= line before the media")
    }
    while !text.isAtEnd { media.append(try MediaDescription(parsing: &text)) }
    _ = try reader.read(reader.remaining, "session description")
  }

  private static func check(
    _ line: SDPLine, number: Int, at start: Int
  ) throws(WireError) {
    switch number {
    case 0:
      guard line == .other(type: UInt8(ascii: "v"), value: "0") else {
        throw WireError("SDP version", at: start, .badSyntax, expected: "v=0 on the first line")
      }
    case 1 where line.type != UInt8(ascii: "o"):
      throw WireError("SDP origin", at: start, .badSyntax, expected: "o= on the second line")
    case 2 where line.type != UInt8(ascii: "s"):
      throw WireError("session name", at: start, .badSyntax, expected: "s= on the third line")
    default: break
    }
  }

  /// Octets without the line ends behind the last line.
  private static func count(of octets: UnsafeRawBufferPointer) -> Int {
    var count = octets.count
    while count > 0, octets[count - 1] == 0x0A || octets[count - 1] == 0x0D { count -= 1 }
    return count
  }

  /// The direction of a media description, which the session may give for all (RFC 4566 section 6).
  public func direction(of media: MediaDescription) -> MediaDirection {
    media.direction ?? lines.lazy.compactMap(\.direction).first ?? .sendReceive
  }

  public var serializedByteCount: Int {
    let session = lines.reduce(0) { $0 + $1.serializedByteCount + 2 }
    return media.reduce(session) { $0 + $1.serializedByteCount }
  }

  public func serialize(into writer: inout ByteWriter) {
    for line in lines {
      line.serialize(into: &writer)
      writer.write("\r\n")
    }
    for description in media { description.serialize(into: &writer) }
  }
}

extension SDPLine {
  /// The letter before the equals sign.
  public var type: UInt8 {
    if case .other(let type, _) = self { return type }
    return UInt8(ascii: "a")
  }
}
