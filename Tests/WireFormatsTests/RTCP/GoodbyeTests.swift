import Testing
import WireFormats

@Suite("Goodbye")
struct GoodbyeTests {
  @Test("sources, then a reason that fills whole words")
  func vectors() {
    expect(Goodbye(sources: []), is: hex("80 CB 0000"))
    expect(Goodbye(sources: [0x902F_9E2E]), is: hex("81 CB 0001 902F9E2E"))
    expect(
      Goodbye(sources: [1, 2], reason: ShortOctets("abc")),
      is: hex("82 CB 0003 00000001 00000002 03 616263"))
    expect(
      Goodbye(sources: [1], reason: ShortOctets("abcd")),
      is: hex("81 CB 0003 00000001 04 61626364 000000"))
  }

  @Test("an empty reason is another packet than none")
  func emptyReason() {
    expect(Goodbye(sources: [1], reason: ShortOctets()), is: hex("81 CB 0002 00000001 00000000"))
    #expect(Goodbye(sources: [1], reason: ShortOctets()) != Goodbye(sources: [1]))
  }

  @Test("padding behind it is no reason")
  func padding() throws {
    #expect(
      try Goodbye(octets: hex("A1 CB 0002 00000001 00000004")) == Goodbye(sources: [1]))
  }

  static let malformed = [
    Malformed("nothing", "", "RTCP header", 0, .truncated(needed: 4, available: 0)),
    Malformed(
      "a source announced and absent", "82 CB 0001 00000001", "BYE SSRC", 8,
      .truncated(needed: 4, available: 0)),
    Malformed(
      "a reason past the end", "81 CB 0002 00000001 04 616263", "BYE reason", 9,
      .truncated(needed: 4, available: 3)),
    Malformed(
      "a word behind the reason", "81 CB 0003 00000001 03 616263 00000000",
      "BYE octets behind the reason", 12, .badLength(found: 4)),
    Malformed("type 202", "80 CA 0000", "RTCP packet type", 1, .wrongType(found: 202)),
    Malformed("version 1", "41 CB 0001 00000001", "RTCP version", 0, .wrongVersion(found: 1)),
    Malformed(
      "more padding than packet", "A1 CB 0001 00000008", "RTCP padding count", 7,
      .badLength(found: 8)),
  ]

  @Test("malformed packets are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(Goodbye.self)
  }

  @Test("any goodbye survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 20)
    for _ in 0..<300 {
      var goodbye = Goodbye(sources: [])
      for _ in 0..<random.below(32) { goodbye.sources.append(random.word32()) }
      if random.flag() {
        goodbye.reason = ShortOctets(random.octets(random.below(random.flag() ? 12 : 256)))
      }
      expectRoundTrip(goodbye)
    }
  }
}
