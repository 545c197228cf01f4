import Testing

@testable import WireFormats

@Suite("Short octets")
struct ShortOctetsTests {
  @Test(
    "octets survive on both sides of the inline capacity", arguments: [0, 1, 15, 31, 32, 33, 255])
  func roundTrip(count: Int) {
    var random = SplitMix(seed: UInt64(count))
    let octets = random.octets(count)
    let short = ShortOctets(octets)
    #expect(short.count == count)
    #expect(short.withUnsafeBytes { Array($0) } == octets)
    #expect((0..<count).allSatisfy { short[$0] == octets[$0] })
    #expect(short == ShortOctets(octets))
    #expect(Set([short, ShortOctets(octets)]).count == 1)
    if count > 0 {
      var other = octets
      other[count - 1] ^= 1
      #expect(short != ShortOctets(other))
      #expect(short != ShortOctets(Array(octets.dropLast())))
    }
  }

  @Test("a string that differs only in trailing zeros is another string")
  func trailingZeros() {
    #expect(ShortOctets([1]) != ShortOctets([1, 0]))
    #expect(ShortOctets([]) != ShortOctets([0]))
  }

  @Test("text comes back")
  func text() {
    #expect(ShortOctets("receiver@example.com").text == "receiver@example.com")
    #expect(
      ShortOctets("receiver@a-name-of-more-than-32-octets.example").text.hasSuffix(".example"))
    #expect(ShortOctets("").isEmpty)
  }

  @Test("low bits of the last octet are cleared", arguments: [1, 32, 33])
  func clearLowBits(count: Int) {
    for bits in 0..<8 {
      var short = ShortOctets([UInt8](repeating: 0xFF, count: count))
      short.clearLowBitsOfLast(bits)
      #expect(short[count - 1] == UInt8(truncatingIfNeeded: 0xFF << bits))
      if count > 1 { #expect(short[count - 2] == 0xFF) }
    }
  }
}
