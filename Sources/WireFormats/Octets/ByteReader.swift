/// A cursor over octets that somebody else owns; reads network byte order and never allocates.
///
/// Valid only as long as the buffer it was made over: use it inside `withUnsafeBytes` or over
/// memory that outlives it. Every read is checked against the end and throws where octets are
/// missing, so no input can read outside the buffer.
public struct ByteReader {
  private let octets: UnsafeRawBufferPointer
  /// Octets from the start of the buffer to the next one to be read.
  public private(set) var offset: Int
  /// One past the last octet that may be read.
  private var end: Int

  public init(_ octets: UnsafeRawBufferPointer) {
    self.octets = octets
    offset = 0
    end = octets.count
  }

  /// Octets not read yet.
  public var remaining: Int { end - offset }
  public var isAtEnd: Bool { offset == end }

  /// The octets not read yet; valid as long as the buffer.
  public var unread: UnsafeRawBufferPointer { .init(rebasing: octets[offset..<end]) }

  /// Refuses to go on unless `count` octets are left.
  public func require(_ count: Int, for field: StaticString) throws(WireError) {
    guard count <= remaining else {
      throw WireError(field, at: offset, .truncated(needed: count, available: remaining))
    }
  }

  /// The octet at `distance` from the next one, without moving on.
  public func peek8(at distance: Int = 0, _ field: StaticString) throws(WireError) -> UInt8 {
    guard distance >= 0, distance < remaining else {
      throw WireError(field, at: offset, .truncated(needed: distance + 1, available: remaining))
    }
    return octets[offset + distance]
  }

  public mutating func read8(_ field: StaticString) throws(WireError) -> UInt8 {
    try require(1, for: field)
    defer { offset += 1 }
    return octets[offset]
  }

  public mutating func read16(_ field: StaticString) throws(WireError) -> UInt16 {
    try require(2, for: field)
    defer { offset += 2 }
    return UInt16(bigEndian: octets.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
  }

  public mutating func read24(_ field: StaticString) throws(WireError) -> UInt32 {
    try require(3, for: field)
    defer { offset += 3 }
    return UInt32(octets[offset]) << 16 | UInt32(octets[offset + 1]) << 8
      | UInt32(octets[offset + 2])
  }

  public mutating func read32(_ field: StaticString) throws(WireError) -> UInt32 {
    try require(4, for: field)
    defer { offset += 4 }
    return UInt32(bigEndian: octets.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  public mutating func read64(_ field: StaticString) throws(WireError) -> UInt64 {
    try require(8, for: field)
    defer { offset += 8 }
    return UInt64(bigEndian: octets.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The next `count` octets in place; valid as long as the buffer.
  public mutating func read(
    _ count: Int, _ field: StaticString
  ) throws(WireError) -> UnsafeRawBufferPointer {
    try require(count, for: field)
    defer { offset += count }
    return .init(rebasing: octets[offset..<offset + count])
  }

  public mutating func skip(_ count: Int, _ field: StaticString) throws(WireError) {
    try require(count, for: field)
    offset += count
  }

  /// A reader of the next `count` octets alone, whose offsets still count from the buffer's start;
  /// this one moves past them.
  public mutating func slice(
    _ count: Int, _ field: StaticString
  ) throws(WireError) -> ByteReader {
    try require(count, for: field)
    var part = self
    part.end = offset + count
    offset += count
    return part
  }

  /// Gives up the last `count` octets, which are padding; `count` is at most `remaining` (checked).
  mutating func dropLast(_ count: Int) {
    precondition(count >= 0 && count <= remaining, "padding longer than what is left")
    end -= count
  }
}
