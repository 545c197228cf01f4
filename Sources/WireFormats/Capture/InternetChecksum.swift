/// The Internet checksum (RFC 1071): the ones' complement of the ones' complement sum of 16-bit
/// words, gathered piece by piece.
public struct InternetChecksum: Sendable {
  private var sum: UInt64 = 0

  public init() {}

  public mutating func add(_ word: UInt16) {
    sum += UInt64(word)
  }

  /// Adds octets; a last odd one is padded with zero, so only the last piece may be odd.
  public mutating func add(_ octets: UnsafeRawBufferPointer) {
    var index = 0
    while index + 1 < octets.count {
      sum += UInt64(octets[index]) << 8 | UInt64(octets[index + 1])
      index += 2
    }
    if index < octets.count { sum += UInt64(octets[index]) << 8 }
  }

  /// What belongs into the checksum field; zero over octets that hold a right checksum.
  public var value: UInt16 {
    var folded = sum
    while folded > 0xFFFF { folded = folded & 0xFFFF + folded >> 16 }
    return ~UInt16(folded)
  }
}
