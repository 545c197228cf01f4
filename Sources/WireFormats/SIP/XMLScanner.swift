/// Steps through elements that the caller knows beforehand; the little of XML that a media control
/// body needs. Attributes and comments are stepped over.
///
/// What is not expected is refused where it begins, so that a document can be no deeper than its
/// reader, and nothing is expanded: an ampersand, a document type, CDATA and an instruction are
/// unexpected everywhere. An element may have a namespace's prefix that it or an element around it
/// declares (Namespaces in XML 1.0, section 5); which namespace is not asked, since RFC 5168 gives
/// its elements none.
struct XMLScanner {
  /// An element that is open, by its prefix, and how many prefixes were declared before it.
  private struct Frame {
    var prefix: ShortOctets
    var declaredBefore: Int
  }

  private var reader: ByteReader
  private var frames: [Frame] = []
  private var declared: [ShortOctets] = []
  /// The element opened last was `<name/>`, so that its closing is already read.
  private var isClosed = false

  init(_ reader: ByteReader) {
    self.reader = reader
  }

  /// A byte order mark and the XML declaration may stand at the very beginning only.
  mutating func skipDeclaration() throws(WireError) {
    _ = try reader.skipIfPresent("\u{FEFF}")
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
    guard !isClosed, let prefix = try skipTagName("<", name) else {
      throw WireError("XML element", at: start, .badSyntax, expected: name)
    }
    frames.append(Frame(prefix: prefix, declaredBefore: declared.count))
    try skipAttributes()
    guard prefix.isEmpty || declared.contains(prefix) else {
      throw WireError("XML element", at: start, .badSyntax, expected: "a declared prefix")
    }
    isClosed = try reader.skipIfPresent("/>")
    if isClosed { return }
    guard try reader.skipIfPresent(">") else {
      throw WireError("XML start tag", at: reader.offset, .badSyntax, expected: ">")
    }
  }

  /// Steps over the end tag of that name.
  mutating func close(_ name: StaticString) throws(WireError) {
    guard let frame = frames.popLast() else { preconditionFailure("no element is open") }
    declared.removeLast(declared.count - frame.declaredBefore)
    if isClosed {
      isClosed = false
      return
    }
    try skipBetween()
    let start = reader.offset
    guard try skipTagName("</", name) == frame.prefix else {
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
    guard !isClosed, try ahead.skipTagName("<", name) != nil else { return nil }
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

  /// The tag's prefix, empty where it has none; nil, and nothing stepped over, for another tag.
  private mutating func skipTagName(
    _ opening: StaticString, _ name: StaticString
  ) throws(WireError) -> ShortOctets? {
    var ahead = reader
    guard try ahead.skipIfPresent(opening) else { return nil }
    var local = ahead
    let word = try local.read("XML element", while: Self.isName)
    var prefix = ShortOctets()
    if !word.isEmpty, try local.skipIfPresent(":") {
      prefix = ShortOctets(word)
      ahead = local
    }
    guard try ahead.skipIfPresent(name) else { return nil }
    // Not the beginning of a longer name.
    guard let next = ahead.next, Self.isSpace(next) || next == 0x2F || next == 0x3E else {
      return nil
    }
    reader = ahead
    return prefix
  }

  private mutating func skipAttributes() throws(WireError) {
    while true {
      try skipSpace()
      let start = reader.offset
      let isDeclaration = reader.starts(with: "xmlns:")
      let name = try reader.read("XML attribute") { Self.isName($0) || $0 == 0x3A }
      if name.isEmpty { return }
      guard try reader.skipIfPresent("="), let quote = reader.next, quote == 0x22 || quote == 0x27
      else {
        throw WireError("XML attribute", at: start, .badSyntax, expected: "a quoted value")
      }
      try reader.skip(1, "XML attribute")
      let value = try reader.read("XML attribute") { $0 != quote && $0 != 0x3C && $0 != 0x26 }
      guard reader.next == quote else {
        throw WireError("XML attribute", at: start, .badSyntax, expected: "a quoted value")
      }
      try reader.skip(1, "XML attribute")
      guard isDeclaration else { continue }
      let prefix = UnsafeRawBufferPointer(rebasing: name[6...])
      // A prefix cannot be taken back, and has no colon within it.
      guard !value.isEmpty, !prefix.isEmpty, prefix.allSatisfy(Self.isName) else {
        throw WireError("XML attribute", at: start, .badSyntax, expected: "a prefix and its URI")
      }
      declared.append(ShortOctets(prefix))
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

  // ASCII names, and any octet of UTF-8 beyond it.
  private static func isName(_ octet: UInt8) -> Bool {
    SIPText.isAlphanumeric(octet) || octet == 0x2D || octet == 0x2E || octet == 0x5F
      || octet >= 0x80
  }

  private static func isSpace(_ octet: UInt8) -> Bool {
    octet == 0x20 || octet == 0x09 || octet == 0x0D || octet == 0x0A
  }
}
