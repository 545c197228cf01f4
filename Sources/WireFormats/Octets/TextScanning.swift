// Steps that the text formats share: octets are looked at in place, and text is made only of what
// is kept.
extension ByteReader {
  /// The next octet, nil at the end.
  var next: UInt8? { remaining > 0 ? unread[0] : nil }

  /// Whether the octets ahead begin with this ASCII text.
  func starts(with text: StaticString) -> Bool {
    guard remaining >= text.utf8CodeUnitCount else { return false }
    let ahead = unread
    return text.withUTF8Buffer { expected in
      for index in 0..<expected.count where ahead[index] != expected[index] { return false }
      return true
    }
  }

  /// Steps over this ASCII text if it is ahead.
  mutating func skipIfPresent(_ text: StaticString) throws(WireError) -> Bool {
    guard starts(with: text) else { return false }
    try skip(text.utf8CodeUnitCount, text)
    return true
  }

  /// Steps over octets as long as they fulfil the condition, and returns them in place.
  mutating func read(
    _ field: StaticString, while condition: (UInt8) -> Bool
  ) throws(WireError) -> UnsafeRawBufferPointer {
    let ahead = unread
    var count = 0
    while count < ahead.count, condition(ahead[count]) { count += 1 }
    return try read(count, field)
  }

  /// Octets up to `terminator`, which is stepped over but not in the slice.
  ///
  /// - Throws: truncated where the terminator is not among the octets, bad length where it is not
  ///   within `limit` octets.
  mutating func line(
    endingWith terminator: StaticString, limit: Int, _ field: StaticString
  ) throws(WireError) -> ByteReader {
    let ahead = unread
    let last = terminator.utf8Start[terminator.utf8CodeUnitCount - 1]
    let width = terminator.utf8CodeUnitCount
    for index in 0..<min(ahead.count, limit) where ahead[index] == last {
      guard index + 1 >= width else { continue }
      var tail = self
      try tail.skip(index + 1 - width, field)
      guard tail.starts(with: terminator) else { continue }
      let content = try slice(index + 1 - width, field)
      try skip(width, field)
      return content
    }
    guard ahead.count < limit else {
      throw WireError(
        field, at: offset, .badLength(found: limit), expected: "an end of line before that")
    }
    throw WireError(
      field, at: offset, .truncated(needed: ahead.count + 1, available: ahead.count))
  }

  /// A decimal number without sign, within `range`.
  mutating func decimal(
    _ field: StaticString, within range: ClosedRange<Int>, expected: StaticString
  ) throws(WireError) -> Int {
    let start = offset
    var value = 0
    for digit in try read(field, while: { (0x30...0x39).contains($0) }) {
      let (tens, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow) = tens.addingReportingOverflow(Int(digit - 0x30))
      guard !tooLarge, !overflow else {
        throw WireError(field, at: start, .badValue(found: .max), expected: expected)
      }
      value = sum
    }
    guard offset > start else {
      throw WireError(field, at: start, .badSyntax, expected: expected)
    }
    guard range.contains(value) else {
      throw WireError(field, at: start, .badValue(found: value), expected: expected)
    }
    return value
  }

  /// All that is left as text: UTF-8 without control characters other than the tab.
  mutating func text(_ field: StaticString) throws(WireError) -> String {
    let start = offset
    let octets = try read(remaining, field)
    for (index, octet) in octets.enumerated() where octet < 0x20 && octet != 0x09 || octet == 0x7F {
      throw WireError(
        field, at: start + index, .badValue(found: Int(octet)), expected: "no control characters")
    }
    guard let text = String(validating: octets, as: UTF8.self) else {
      throw WireError(field, at: start, .badSyntax, expected: "UTF-8 text")
    }
    return text
  }
}

extension StaticString {
  /// The text's octets; every `StaticString` here is a pointer to UTF-8.
  var octets: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
  }
}
