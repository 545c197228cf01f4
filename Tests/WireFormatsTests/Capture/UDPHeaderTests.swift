import Testing
import WireFormats

@Suite("UDP header")
struct UDPHeaderTests {
  @Test("four numbers of 16 bits")
  func vector() {
    expect(
      UDPHeader(
        sourcePort: 5_060, destinationPort: 40_010, payloadByteCount: 2, checksum: 0xABCD),
      is: hex("13C4 9C4A 000A ABCD"))
  }

  static let malformed = [
    Malformed("nothing", "", "UDP source port", 0, .truncated(needed: 2, available: 0)),
    Malformed("a length below 8", "0001 0002 0007 0000", "UDP length", 4, .badLength(found: 7)),
    Malformed(
      "no checksum", "0001 0002 0008", "UDP checksum", 6, .truncated(needed: 2, available: 0)),
  ]

  @Test("malformed headers are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(UDPHeader.self)
  }

  @Test("any header survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 902)
    for _ in 0..<500 {
      expectRoundTrip(
        UDPHeader(
          sourcePort: random.word16(), destinationPort: random.word16(),
          payloadByteCount: random.below(65_528), checksum: random.word16()))
    }
  }
}
