/// Steps through elements that the caller knows beforehand; the little of XML that a media control
/// body needs. Attributes and comments are stepped over.
struct XMLScanner {
  private var reader: ByteReader
  /// The element opened last was `<name/>`, so that its closing is already read.
  private var isClosed = false

  init(_ reader: ByteReader) {
    self.reader = reader
  }

  /// The XML declaration may stand at the very beginning only.
  mutating func skipDeclaration() throws(WireError) {
    guard try reader.skipIfPresent("<?xml") else { return }
    guard let next = reader.next, Self.isSpace(next) else {
      throw WireError("XML declaration", at: reader.offset, .badSyntax, expected: "a space")
    }
    _ = try reader.read("XML declaration") { $0 != 0x3F && $0 != 0x3C }
    guard try reader.skipIfPresent("?>") else {
      throw WireError("XML declaration", at: reader.offset, .badSyntax, expected: "?>")
    }
  }

  /// Steps over a start tag of that name.
  mutating func open(_ name: StaticString) throws(WireError) {
    try skipBetween()
    let start = reader.offset
    guard !isClosed, try skipTagName(prefix: "<", name) else {
      throw WireError("XML element", at: start, .badSyntax, expected: name)
    }
    try skipAttributes()
    isClosed = try reader.skipIfPresent("/>")
    if isClosed { return }
    guard try reader.skipIfPresent(">") else {
      throw WireError("XML start tag", at: reader.offset, .badSyntax, expected: ">")
    }
  }

  /// Steps over the end tag of that name.
  mutating func close(_ name: StaticString) throws(WireError) {
    if isClosed {
      isClosed = false
      return
    }
    try skipBetween()
    let start = reader.offset
    guard try skipTagName(prefix: "</", name) else {
      throw WireError("XML end tag", at: start, .badSyntax, expected: name)
    }
    try skipSpace()
    guard try reader.skipIfPresent(">") else {
      throw WireError("XML end tag", at: reader.offset, .badSyntax, expected: ">")
    }
  }

  /// Steps over an element without content.
  mutating func openAndClose(_ name: StaticString) throws(WireError) {
    try open(name)
    try close(name)
  }

  /// The trimmed text of an element of that name, nil where another thing is ahead.
  mutating func textElement(_ name: StaticString) throws(WireError) -> String? {
    try skipBetween()
    var ahead = self
    guard !isClosed, try ahead.skipTagName(prefix: "<", name) else { return nil }
    try open(name)
    let start = reader.offset
    guard !isClosed else {
      throw WireError("XML text", at: start, .badSyntax, expected: "text")
    }
    let octets = try reader.read("XML text") { $0 != 0x3C && $0 != 0x26 }
    var content = ByteReader(octets)
    var text = ""
    do throws(WireError) {
      text = SIPText.trimmed(try content.text("XML text"))
    } catch {
      throw WireError(error.field, at: start + error.offset, error.kind, expected: error.expected)
    }
    guard !text.isEmpty else {
      throw WireError("XML text", at: start, .badSyntax, expected: "text")
    }
    try close(name)
    return text
  }

  /// Only space and comments may follow.
  mutating func requireEnd() throws(WireError) {
    try skipBetween()
    guard reader.isAtEnd else {
      throw WireError("XML document", at: reader.offset, .badSyntax, expected: "no more content")
    }
  }

  private mutating func skipTagName(
    prefix: StaticString, _ name: StaticString
  ) throws(WireError) -> Bool {
    var ahead = reader
    guard try ahead.skipIfPresent(prefix), try ahead.skipIfPresent(name) else { return false }
    // Not the beginning of a longer name.
    guard let next = ahead.next, Self.isSpace(next) || next == 0x2F || next == 0x3E else {
      return false
    }
    reader = ahead
    return true
  }

  private mutating func skipAttributes() throws(WireError) {
    while true {
      try skipSpace()
      let start = reader.offset
      let name = try reader.read("XML attribute") { SIPText.isToken($0) || $0 == 0x3A }
      if name.isEmpty { return }
      guard try reader.skipIfPresent("="), let quote = reader.next, quote == 0x22 || quote == 0x27
      else {
        throw WireError("XML attribute", at: start, .badSyntax, expected: "a quoted value")
      }
      try reader.skip(1, "XML attribute")
      _ = try reader.read("XML attribute") { $0 != quote && $0 != 0x3C && $0 != 0x26 }
      guard reader.next == quote else {
        throw WireError("XML attribute", at: start, .badSyntax, expected: "a quoted value")
      }
      try reader.skip(1, "XML attribute")
    }
  }

  private mutating func skipBetween() throws(WireError) {
    try skipSpace()
    while try reader.skipIfPresent("<!--") {
      let start = reader.offset
      while try !reader.skipIfPresent("-->") {
        guard !reader.isAtEnd else {
          throw WireError("XML comment", at: start, .badSyntax, expected: "-->")
        }
        try reader.skip(1, "XML comment")
      }
      try skipSpace()
    }
  }

  private mutating func skipSpace() throws(WireError) {
    _ = try reader.read("XML space", while: Self.isSpace)
  }

  private static func isSpace(_ octet: UInt8) -> Bool {
    octet == 0x20 || octet == 0x09 || octet == 0x0D || octet == 0x0A
  }
}
