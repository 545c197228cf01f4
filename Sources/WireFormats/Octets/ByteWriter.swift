/// A cursor that fills octets that somebody else owns, in network byte order; never allocates.
///
/// Valid only as long as the buffer it was made over. Running out of room is the caller's mistake
/// (`serializedByteCount` tells the size before) and stops the program.
public struct ByteWriter {
  private let octets: UnsafeMutableRawBufferPointer
  /// Octets written so far.
  public private(set) var offset = 0

  public init(_ octets: UnsafeMutableRawBufferPointer) {
    self.octets = octets
  }

  /// Octets of room left.
  public var remaining: Int { octets.count - offset }

  public mutating func write8(_ value: UInt8) {
    claim(1)[0] = value
  }

  public mutating func write16(_ value: UInt16) {
    claim(2).storeBytes(of: value.bigEndian, as: UInt16.self)
  }

  /// Writes the low 24 bits; the others must be zero (checked).
  public mutating func write24(_ value: UInt32) {
    precondition(value < 1 << 24, "\(value) does not fit 24 bits")
    write8(UInt8(truncatingIfNeeded: value >> 16))
    write16(UInt16(truncatingIfNeeded: value))
  }

  public mutating func write32(_ value: UInt32) {
    claim(4).storeBytes(of: value.bigEndian, as: UInt32.self)
  }

  public mutating func write64(_ value: UInt64) {
    claim(8).storeBytes(of: value.bigEndian, as: UInt64.self)
  }

  public mutating func write(_ source: UnsafeRawBufferPointer) {
    claim(source.count).copyMemory(from: source)
  }

  public mutating func write(_ source: [UInt8]) {
    claim(source.count).copyBytes(from: source)
  }

  /// Writes text as UTF-8.
  public mutating func write(_ text: String) {
    for octet in text.utf8 { write8(octet) }
  }

  public mutating func writeZeros(_ count: Int) {
    claim(count).initializeMemory(as: UInt8.self, repeating: 0)
  }

  /// What was written from `offset` on, to be changed in place; valid as long as the buffer.
  func written(from offset: Int) -> UnsafeMutableRawBufferPointer {
    .init(rebasing: octets[offset..<self.offset])
  }

  private mutating func claim(_ count: Int) -> UnsafeMutableRawBufferPointer {
    precondition(count <= remaining, "a buffer of \(octets.count) octets is too small")
    defer { offset += count }
    return .init(rebasing: octets[offset..<offset + count])
  }
}
