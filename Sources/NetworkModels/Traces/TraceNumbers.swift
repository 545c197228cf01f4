/// Numbers and fields as the lines of traces have them.
enum TraceNumbers {
  /// A whole number of up to 18 digits; nil where it is anything else.
  static func whole(_ text: UnsafeRawBufferPointer) -> Int64? {
    guard !text.isEmpty, text.count <= 18 else { return nil }
    var value: Int64 = 0
    for octet in text {
      guard octet >= 0x30, octet <= 0x39 else { return nil }
      value = value * 10 + Int64(octet - 0x30)
    }
    return value
  }

  /// A decimal number in units of 10^-decimals, rounded to the nearest one; nil where it is none,
  /// negative, or `limit` whole ones or more.
  static func decimal(
    _ text: UnsafeRawBufferPointer, decimals: Int, limit: Int64
  ) -> Int64? {
    var value: Int64 = 0
    var digits = 0
    var behind: Int?
    var roundsUp = false
    for octet in text {
      if octet == UInt8(ascii: "."), behind == nil, digits > 0 {
        behind = 0
        continue
      }
      guard octet >= 0x30, octet <= 0x39 else { return nil }
      digits += 1
      if let count = behind {
        behind = count + 1
        if count == decimals { roundsUp = octet >= 0x35 }
        if count >= decimals { continue }
      }
      value = value * 10 + Int64(octet - 0x30)
      if behind == nil, value > limit { return nil }
    }
    guard digits > 0, behind != 0 else { return nil }
    for _ in 0..<(decimals - min(decimals, behind ?? 0)) { value *= 10 }
    return value + (roundsUp ? 1 : 0)
  }

  /// The text without the spaces, tabs and carriage returns around it.
  static func trimmed(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var (first, end) = (0, text.count)
    while first < end, isSpace(text[first]) { first += 1 }
    while end > first, isSpace(text[end - 1]) { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: text[first..<end])
  }

  /// Calls `take` with each of the words between spaces.
  static func words(
    _ line: UnsafeRawBufferPointer,
    _ take: (UnsafeRawBufferPointer) throws(TraceError) -> Void
  ) throws(TraceError) {
    var first = 0
    while first < line.count {
      while first < line.count, isSpace(line[first]) { first += 1 }
      var end = first
      while end < line.count, !isSpace(line[end]) { end += 1 }
      if end > first { try take(UnsafeRawBufferPointer(rebasing: line[first..<end])) }
      first = end
    }
  }

  /// The fields between commas, spaces around them removed; nil where they are not `count`.
  static func fields(_ line: UnsafeRawBufferPointer, count: Int) -> [UnsafeRawBufferPointer]? {
    var fields: [UnsafeRawBufferPointer] = []
    fields.reserveCapacity(count)
    var first = 0
    for position in 0...line.count
    where position == line.count || line[position] == UInt8(ascii: ",") {
      guard fields.count < count else { return nil }
      fields.append(trimmed(UnsafeRawBufferPointer(rebasing: line[first..<position])))
      first = position + 1
    }
    return fields.count == count ? fields : nil
  }

  static func isSpace(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 || octet == 0x0D }
}
