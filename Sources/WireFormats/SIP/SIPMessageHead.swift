/// A message without its body: what a stream must have before it knows where the message ends.
struct SIPMessageHead {
  /// Octets of start line and headers that are read before a peer is given up.
  static let maximumByteCount = 65_536
  /// Octets of body that are accepted.
  static let maximumContentLength = 1_048_576

  let startLine: SIPMessage.StartLine
  private(set) var headers: [SIPMessage.Header] = []
  private(set) var contentLength = 0
  private(set) var hasContentLength = false

  /// Reads up to and over the empty line.
  ///
  /// - Parameter isDatagram: the message need not tell its length.
  init(parsing reader: inout ByteReader, isDatagram: Bool = false) throws(WireError) {
    let start = reader.offset
    var line = try reader.line(
      endingWith: "\r\n", limit: Self.maximumByteCount, "SIP start line")
    startLine = try Self.startLine(&line)
    while true {
      var line = try reader.line(
        endingWith: "\r\n", limit: Self.maximumByteCount, "SIP header")
      if line.isAtEnd { break }
      if let next = line.next, SIPText.isBlank(next) {
        try unfold(&line)
        continue
      }
      try headers.append(Self.header(&line))
    }
    for header in headers where header.isNamed(SIPHeaderName.contentLength) {
      guard !hasContentLength else {
        throw WireError(
          "Content-Length", at: start, .badValue(found: 2), expected: "one such header")
      }
      hasContentLength = true
      contentLength = try Self.contentLength(header.value, at: start)
    }
    guard hasContentLength || isDatagram else {
      throw WireError(
        "Content-Length", at: start, .badSyntax, expected: "such a header, which a stream needs")
    }
  }

  private static func startLine(
    _ line: inout ByteReader
  ) throws(WireError) -> SIPMessage.StartLine {
    if try line.skipIfPresent("SIP/2.0 ") {
      let status = try line.decimal(
        "SIP status", within: 100...699, expected: "three digits, 100...699")
      guard try line.skipIfPresent(" ") else {
        throw WireError("SIP reason phrase", at: line.offset, .badSyntax, expected: "a space")
      }
      return .response(status: status, reason: try line.text("SIP reason phrase"))
    }
    let start = line.offset
    let method = try line.read("SIP method", while: SIPText.isToken)
    guard !method.isEmpty, try line.skipIfPresent(" ") else {
      throw WireError(
        "SIP start line", at: start, .badSyntax, expected: "a method and a space, or SIP/2.0")
    }
    let uriAt = line.offset
    let uri = try line.read("SIP request URI") { $0 > 0x20 && $0 < 0x7F }
    guard !uri.isEmpty else {
      throw WireError("SIP request URI", at: uriAt, .badSyntax, expected: "a URI")
    }
    let versionAt = line.offset
    guard try line.skipIfPresent(" SIP/2.0"), line.isAtEnd else {
      throw WireError("SIP version", at: versionAt, .badSyntax, expected: "SIP/2.0")
    }
    return .request(
      method: String(decoding: method, as: UTF8.self), uri: String(decoding: uri, as: UTF8.self))
  }

  private static func header(_ line: inout ByteReader) throws(WireError) -> SIPMessage.Header {
    let start = line.offset
    let name = try line.read("SIP header name", while: SIPText.isToken)
    _ = try line.read("SIP header name", while: SIPText.isBlank)
    guard !name.isEmpty, try line.skipIfPresent(":") else {
      throw WireError("SIP header", at: start, .badSyntax, expected: "a name and a colon")
    }
    return SIPMessage.Header(
      name: String(decoding: name, as: UTF8.self),
      value: SIPText.trimmed(try line.text("SIP header value")))
  }

  // A line that begins with a blank continues the one before (RFC 3261 section 7.3.1).
  private mutating func unfold(_ line: inout ByteReader) throws(WireError) {
    guard !headers.isEmpty else {
      throw WireError("SIP header", at: line.offset, .badSyntax, expected: "a name and a colon")
    }
    let more = SIPText.trimmed(try line.text("SIP header value"))
    let joined = headers[headers.count - 1].value + " " + more
    headers[headers.count - 1].value = SIPText.trimmed(joined)
  }

  private static func contentLength(_ value: String, at start: Int) throws(WireError) -> Int {
    let digits = value.utf8
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw WireError("Content-Length", at: start, .badSyntax, expected: "a decimal number")
    }
    // More digits than an Int holds are too large as well.
    let length = Int(value) ?? .max
    guard length <= maximumContentLength else {
      throw WireError(
        "Content-Length", at: start, .badLength(found: length), expected: "at most 1048576")
    }
    return length
  }
}
