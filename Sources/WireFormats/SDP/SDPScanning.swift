// Steps that the parts of a session description share.
extension ByteReader {
  /// A line without its end. CRLF ends it; a lone newline does too, as RFC 4566 section 5 asks of
  /// readers, and so does the end of the octets.
  mutating func sdpLine() throws(WireError) -> ByteReader {
    let ahead = unread
    var length = 0
    while length < ahead.count, ahead[length] != 0x0A { length += 1 }
    let hasNewline = length < ahead.count
    let hasReturn = hasNewline && length > 0 && ahead[length - 1] == 0x0D
    let line = try slice(hasReturn ? length - 1 : length, "SDP line")
    try skip((hasReturn ? 1 : 0) + (hasNewline ? 1 : 0), "SDP line")
    return line
  }

  /// Whether a media description begins here.
  var isAtMediaLine: Bool { starts(with: "m=") }

  mutating func payloadType(
    _ field: StaticString, expected: StaticString = "0...127"
  ) throws(WireError) -> UInt8 {
    UInt8(try decimal(field, within: 0...127, expected: expected))
  }

  /// Steps over one space or more; stacks do not all write exactly one.
  mutating func blank(
    _ field: StaticString, expected: StaticString = "a space and a value"
  ) throws(WireError) {
    let start = offset
    guard !(try read(field, while: { $0 == 0x20 })).isEmpty else {
      throw WireError(field, at: start, .badSyntax, expected: expected)
    }
  }

  /// Refuses anything but spaces up to the end.
  mutating func end(_ field: StaticString) throws(WireError) {
    _ = try read(field, while: { $0 == 0x20 })
    guard isAtEnd else {
      throw WireError(field, at: offset, .badSyntax, expected: "the end of the line")
    }
  }
}
