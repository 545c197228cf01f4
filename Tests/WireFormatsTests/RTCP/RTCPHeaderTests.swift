import Testing
import WireFormats

@Suite("RTCP header")
struct RTCPHeaderTests {
  @Test("the length counts words without the first")
  func vectors() {
    expect(
      RTCPHeader(packetType: 206, count: 1, packetByteCount: 12), is: hex("81 CE 0002"))
    expect(
      RTCPHeader(packetType: 201, count: 0, packetByteCount: 8, hasPadding: true),
      is: hex("A0 C9 0001"))
    expect(
      RTCPHeader(packetType: 203, count: 31, packetByteCount: 262_144), is: hex("9F CB FFFF"))
    expect(RTCPHeader(packetType: 203, count: 0, packetByteCount: 4), is: hex("80 CB 0000"))
  }

  static let malformed = [
    Malformed("nothing", "", "RTCP header", 0, .truncated(needed: 4, available: 0)),
    Malformed("three octets", "81 CE 00", "RTCP header", 0, .truncated(needed: 4, available: 3)),
    Malformed("version 0", "01 CE 0002", "RTCP version", 0, .wrongVersion(found: 0)),
    Malformed("version 3", "C1 CE 0002", "RTCP version", 0, .wrongVersion(found: 3)),
  ]

  @Test("malformed headers are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(RTCPHeader.self)
  }

  @Test("any header survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 10)
    for _ in 0..<1000 {
      expectRoundTrip(
        RTCPHeader(
          packetType: random.octet(), count: random.octet() & 31,
          packetByteCount: 4 * (1 + random.below(65_536)), hasPadding: random.flag()))
    }
  }
}
