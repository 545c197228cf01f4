import Testing
import WireFormats

@Suite("Internet checksum")
struct InternetChecksumTests {
  @Test("RFC 1071's example sums to DDF2")
  func vector() {
    var checksum = InternetChecksum()
    hex("0001 F203 F4F5 F6F7").withUnsafeBytes { checksum.add($0) }
    #expect(checksum.value == ~0xDDF2)
  }

  @Test("words and octets add alike, and a last odd octet is padded")
  func pieces() {
    var random = SplitMix(seed: 900)
    for _ in 0..<200 {
      let octets = random.octets(1 + random.below(99))
      var whole = InternetChecksum()
      octets.withUnsafeBytes { whole.add($0) }
      var pieces = InternetChecksum()
      for index in stride(from: 0, to: octets.count, by: 2) {
        pieces.add(
          UInt16(octets[index]) << 8 | (index + 1 < octets.count ? UInt16(octets[index + 1]) : 0))
      }
      #expect(whole.value == pieces.value)
      // Over the octets and their checksum the sum is zero.
      pieces.add(whole.value)
      #expect(pieces.value == 0)
    }
  }
}
