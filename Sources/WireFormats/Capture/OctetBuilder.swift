/// Grows an array of octets in network byte order, with lengths that are known only afterwards.
///
/// For messages that are built once; what is sent by the million uses `ByteWriter`.
struct OctetBuilder {
  private(set) var octets: [UInt8] = []

  mutating func write8(_ value: Int) { octets.append(UInt8(value)) }

  mutating func write16(_ value: Int) { writeLength(value, count: 2) }

  mutating func write32(_ value: Int) { writeLength(value, count: 4) }

  mutating func write(_ values: [UInt8]) { octets += values }

  /// A vector of TLS (RFC 8446 section 3.4): its length in `count` octets, then its content.
  mutating func vector(_ count: Int, _ body: (inout OctetBuilder) -> Void) {
    var content = OctetBuilder()
    body(&content)
    writeLength(content.octets.count, count: count)
    octets += content.octets
  }

  private mutating func writeLength(_ value: Int, count: Int) {
    precondition(value >> (8 * count) == 0, "\(value) does not fit \(count) octets")
    for index in (0..<count).reversed() {
      octets.append(UInt8(truncatingIfNeeded: value >> (8 * index)))
    }
  }
}

/// Octets that stand in for what only keys would give: ciphertext, signatures, key shares.
///
/// They look scattered and mean nothing; the same key gives the same octets.
struct OpaqueOctets: Sendable {
  private var state: UInt64

  init(key: UInt64) { state = key }

  mutating func next(_ count: Int) -> [UInt8] {
    var octets: [UInt8] = []
    octets.reserveCapacity(count + 8)
    while octets.count < count {
      // SplitMix64 (Steele, Lea, Flood 2014).
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      word ^= word >> 31
      for shift in stride(from: 0, to: 64, by: 8) {
        octets.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    octets.removeLast(octets.count - count)
    return octets
  }
}
