import Testing
import WireFormats

@Suite("Application-defined packet")
struct ApplicationDefinedTests {
  @Test("subtype, source, name and data stand where RFC 3550 section 6.7 puts them")
  func vectors() {
    expect(
      ApplicationDefined(subtype: 5, source: 0x902F_9E2E, name: "Test"),
      is: hex("85 CC 0002 902F9E2E 54657374"))
    let packet = ApplicationDefined(
      subtype: 31, source: 1, name: 0x6162_6364, content: ShortOctets(hex("DEADBEEF")))
    expect(packet, is: hex("9F CC 0003 00000001 61626364 DEADBEEF"))
    #expect(packet.nameText == "abcd")
  }

  static let malformed = [
    Malformed("nothing", "", "RTCP header", 0, .truncated(needed: 4, available: 0)),
    Malformed("no source", "80 CC 0000", "APP SSRC", 4, .truncated(needed: 4, available: 0)),
    Malformed(
      "no name", "80 CC 0001 00000001", "APP name", 8, .truncated(needed: 4, available: 0)),
    Malformed(
      "a name beyond ASCII", "80 CC 0002 00000001 616263E4", "APP name", 8,
      .badValue(found: 0x6162_63E4)),
    Malformed(
      "type 203", "80 CB 0002 00000001 61626364", "RTCP packet type", 1, .wrongType(found: 203)),
    Malformed(
      "version 3", "C0 CC 0002 00000001 61626364", "RTCP version", 0, .wrongVersion(found: 3)),
    Malformed(
      "a length past the end", "80 CC 0003 00000001 61626364", "RTCP packet", 4,
      .truncated(needed: 12, available: 8)),
  ]

  @Test("malformed packets are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(ApplicationDefined.self)
  }

  @Test("any packet survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 21)
    for _ in 0..<300 {
      expectRoundTrip(
        ApplicationDefined(
          subtype: random.octet() & 31, source: random.word32(),
          name: random.word32() & 0x7F7F_7F7F,
          content: ShortOctets(random.octets(4 * random.below(20)))))
    }
  }
}
