import Testing
import WireFormats

@Suite("IPv4 header")
struct IPv4HeaderTests {
  @Test("a UDP packet's header with its checksum")
  func vector() {
    expect(
      IPv4Header(
        payloadByteCount: 95, identification: 0, protocolNumber: IPv4Header.udp,
        source: IPv4Address(192, 168, 0, 1), destination: IPv4Address(192, 168, 0, 199)),
      is: hex("4500 0073 0000 4000 4011 B861 C0A80001 C0A800C7"))
  }

  @Test("options are stepped over, and a wrong checksum is taken")
  func options() throws {
    let header = try IPv4Header(
      octets: hex("4600 0018 0007 0000 0106 FFFF 01020304 05060708 94040000"))
    #expect(header.payloadByteCount == 0 && header.identification == 7)
    #expect(!header.mustNotFragment && header.timeToLive == 1)
    #expect(header.source.description == "1.2.3.4")
  }

  static let malformed = [
    Malformed("nothing", "", "IPv4 version", 0, .truncated(needed: 1, available: 0)),
    Malformed("version 6", "60", "IPv4 version", 0, .wrongVersion(found: 6)),
    Malformed("a short header", "44", "IPv4 header length", 0, .badLength(found: 16)),
    Malformed(
      "a total below the header", "4500 0013", "IPv4 total length", 2, .badLength(found: 19)),
    Malformed(
      "a fragment", "4500 0014 0000 2001", "IPv4 fragment offset", 6, .badValue(found: 0x2001)),
    Malformed(
      "cut short", "4500 0014 0000 4000 4011 0000 01020304 0506", "IPv4 destination address", 16,
      .truncated(needed: 4, available: 2)),
  ]

  @Test("malformed headers are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(IPv4Header.self)
  }

  @Test("any header survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 901)
    for _ in 0..<500 {
      expectRoundTrip(
        IPv4Header(
          payloadByteCount: random.below(65_516), identification: random.word16(),
          mustNotFragment: random.flag(), timeToLive: random.octet(),
          protocolNumber: random.octet(), source: IPv4Address(value: random.word32()),
          destination: IPv4Address(value: random.word32())))
    }
  }
}
