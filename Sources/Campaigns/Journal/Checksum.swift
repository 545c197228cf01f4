/// CRC-32 as Ethernet and PNG have it (ISO 3309): finds what a crash or a disk cut off or altered.
enum Checksum {
  private static let table: [UInt32] = (0..<256).map { octet in
    (0..<8).reduce(UInt32(octet)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
    }
  }

  static func of(_ octets: some Sequence<UInt8>) -> UInt32 {
    table.withUnsafeBufferPointer { table in
      var value: UInt32 = 0xFFFF_FFFF
      for octet in octets {
        value = table[Int(UInt8(truncatingIfNeeded: value) ^ octet)] ^ (value >> 8)
      }
      return ~value
    }
  }
}
