import Testing
import WireFormats

@Suite("Unknown RTCP packet")
struct UnknownRTCPPacketTests {
  @Test("type, count and content are kept")
  func vectors() {
    expect(
      UnknownRTCPPacket(packetType: 192, count: 0, content: ShortOctets()), is: hex("80 C0 0000"))
    expect(
      UnknownRTCPPacket(packetType: 207, count: 31, content: ShortOctets(hex("01020304"))),
      is: hex("9F CF 0001 01020304"))
  }

  @Test("padding is not content")
  func padding() throws {
    #expect(
      try UnknownRTCPPacket(octets: hex("A0 CF 0002 01020304 00000004"))
        == UnknownRTCPPacket(packetType: 207, count: 0, content: ShortOctets(hex("01020304"))))
  }

  static let malformed = [
    Malformed("nothing", "", "RTCP header", 0, .truncated(needed: 4, available: 0)),
    Malformed("version 1", "40 CF 0000", "RTCP version", 0, .wrongVersion(found: 1)),
    Malformed(
      "a length past the end", "80 CF 0002 01020304", "RTCP packet", 4,
      .truncated(needed: 8, available: 4)),
    Malformed(
      "padding in no octets", "A0 CF 0000", "RTCP padding count", 4,
      .truncated(needed: 1, available: 0)),
  ]

  @Test("malformed packets are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(UnknownRTCPPacket.self)
  }

  @Test("any packet survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 29)
    for _ in 0..<300 {
      expectRoundTrip(
        UnknownRTCPPacket(
          packetType: random.octet(), count: random.octet() & 31,
          content: ShortOctets(random.octets(4 * random.below(20)))))
    }
  }
}
