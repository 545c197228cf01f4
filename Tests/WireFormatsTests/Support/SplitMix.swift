import Testing
import WireFormats

/// The tests' own generator (SplitMix64), so that a failing case can be made again from its seed.
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in 0 ..< bound.
  mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  mutating func flag() -> Bool { next() & 1 == 1 }
  mutating func octet() -> UInt8 { UInt8(truncatingIfNeeded: next()) }
  mutating func word16() -> UInt16 { UInt16(truncatingIfNeeded: next()) }
  mutating func word32() -> UInt32 { UInt32(truncatingIfNeeded: next()) }

  mutating func octets(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in octet() }
  }
}
