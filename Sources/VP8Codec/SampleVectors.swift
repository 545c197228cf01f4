// Samples by the register. Products of 16-bit numbers are added in pairs, for which every processor
// with vectors has one instruction; the compiler finds it in this form alone.

/// Eight samples in a row, each in 16 bits.
@inline(__always)
func eightSamples(_ place: UnsafePointer<UInt8>) -> SIMD8<Int16> {
  SIMD8<Int16>(truncatingIfNeeded: UnsafeRawPointer(place).loadUnaligned(as: SIMD8<UInt8>.self))
}

/// a0 b0 + a1 b1, a2 b2 + a3 b3, and so on.
@inline(__always)
func pairProducts(_ a: SIMD8<Int16>, _ b: SIMD8<Int16>) -> SIMD4<Int32> {
  let products =
    SIMD8<Int32>(truncatingIfNeeded: a) &* SIMD8<Int32>(truncatingIfNeeded: b)
  return products.evenHalf &+ products.oddHalf
}

/// The sums of neighbours, those of the first before those of the second.
@inline(__always)
func pairSums(_ first: SIMD4<Int32>, _ second: SIMD4<Int32>) -> SIMD4<Int32> {
  let both = SIMD8<Int32>(lowHalf: first, highHalf: second)
  return both.evenHalf &+ both.oddHalf
}
