import Foundation

/// Cuts text that comes in chunks into lines, however it is chunked.
struct TraceLines: Sendable {
  /// The beginning of a line whose end has not come.
  private var rest: [UInt8] = []
  /// Lines that have ended.
  private var count = 0

  /// Hands each line that ends in these octets to `take`, without its line feed, with its number.
  ///
  /// - Throws: `TraceError` where there is a control octet, as in binary files, or a line without end,
  ///   and what `take` throws.
  mutating func feed(
    _ octets: UnsafeRawBufferPointer,
    _ take: (UnsafeRawBufferPointer, Int) throws(TraceError) -> Void
  ) throws(TraceError) {
    var unread = octets
    while let base = unread.baseAddress, !unread.isEmpty {
      guard let end = memchr(base, 0x0A, unread.count) else {
        try checkLength(unread.count)
        try checkText(unread, line: count + 1)
        rest.append(contentsOf: unread)
        return
      }
      let length = UnsafeRawPointer(end) - base
      try checkLength(length)
      let line = UnsafeRawBufferPointer(start: base, count: length)
      if rest.isEmpty {
        try endLine(line, take)
      } else {
        rest.append(contentsOf: line)
        try endRest(take)
      }
      unread = UnsafeRawBufferPointer(rebasing: unread[(length + 1)...])
    }
  }

  /// Hands over the last line where no line feed ends it.
  mutating func finish(
    _ take: (UnsafeRawBufferPointer, Int) throws(TraceError) -> Void
  ) throws(TraceError) {
    if !rest.isEmpty { try endRest(take) }
  }

  private mutating func endRest(
    _ take: (UnsafeRawBufferPointer, Int) throws(TraceError) -> Void
  ) throws(TraceError) {
    let line = rest
    rest.removeAll(keepingCapacity: line.count < 4_096)
    try withOctets(line) { (octets) throws(TraceError) in try endLine(octets, take) }
  }

  private mutating func endLine(
    _ line: UnsafeRawBufferPointer,
    _ take: (UnsafeRawBufferPointer, Int) throws(TraceError) -> Void
  ) throws(TraceError) {
    count += 1
    try checkText(line, line: count)
    try take(line, count)
  }

  private func checkText(_ octets: UnsafeRawBufferPointer, line: Int) throws(TraceError) {
    for octet in octets where octet < 0x20 && octet != 0x09 && octet != 0x0D || octet == 0x7F {
      throw TraceError(
        line: line, found: .words("the octet \(octet), as binary files have them"),
        expected: "lines of text")
    }
  }

  private func checkLength(_ more: Int) throws(TraceError) {
    guard rest.count + more > TraceLimits.lineOctets else { return }
    throw TraceError(
      line: count + 1, found: .words("a line of more than \(TraceLimits.lineOctets) octets"),
      expected: "a shorter one")
  }
}

/// Calls a body that may throw a typed error with an array's octets.
func withOctets(
  _ octets: [UInt8], _ body: (UnsafeRawBufferPointer) throws(TraceError) -> Void
) throws(TraceError) {
  let result = octets.withUnsafeBytes { (buffer) -> Result<Void, TraceError> in
    do throws(TraceError) {
      return .success(try body(buffer))
    } catch {
      return .failure(error)
    }
  }
  try result.get()
}
