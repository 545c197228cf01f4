import Testing
import WireFormats

@Suite("Generic Negative Acknowledgement")
struct GenericNegativeAcknowledgementTests {
  @Test("a word a PID and BLP, as RFC 4585 section 6.2.1 draws it")
  func vectors() {
    expect(
      GenericNegativeAcknowledgement(
        packetSender: 0x902F_9E2E, mediaSource: 0x1234_5678,
        entries: [LostPackets(packetIdentifier: 0x0AAA, followingLost: 0x5555)]),
      is: hex("81 CD 0003 902F9E2E 12345678 0AAA5555"))
    expect(
      GenericNegativeAcknowledgement(packetSender: 1, mediaSource: 2, lost: [10, 11, 26, 27]),
      is: hex("81 CD 0004 00000001 00000002 000A8001 001B0000"))
  }

  @Test("the lost numbers come back in order")
  func lost() {
    let lost: [UInt16] = [65_533, 65_534, 3, 4, 200, 216, 217]
    let message = GenericNegativeAcknowledgement(packetSender: 1, mediaSource: 2, lost: lost)
    #expect(Array(message.lost) == lost)
    #expect(message.entries.count == 3)
  }

  static let malformed = [
    Malformed("nothing", "", "RTCP header", 0, .truncated(needed: 4, available: 0)),
    Malformed(
      "no entry", "81 CD 0002 00000001 00000002", "NACK entry", 12,
      .truncated(needed: 4, available: 0)),
    Malformed(
      "no media source", "81 CD 0001 00000001", "NACK SSRC of media source", 8,
      .truncated(needed: 4, available: 0)),
    Malformed(
      "half an entry", "81 CD 0003 00000001 00000002 0001", "RTCP packet", 4,
      .truncated(needed: 12, available: 10)),
    Malformed(
      "format 3", "83 CD 0003 00000001 00000002 00010000", "RTCP feedback message type", 0,
      .wrongType(found: 3)),
    Malformed(
      "payload-specific feedback", "81 CE 0003 00000001 00000002 00010000", "RTCP packet type", 1,
      .wrongType(found: 206)),
    Malformed(
      "version 1", "41 CD 0003 00000001 00000002 00010000", "RTCP version", 0,
      .wrongVersion(found: 1)),
    Malformed(
      "padding that eats the entry", "A1 CD 0003 00000001 00000002 00000004", "NACK entry", 12,
      .truncated(needed: 4, available: 0)),
  ]

  @Test("malformed packets are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(GenericNegativeAcknowledgement.self)
  }

  @Test("any NACK survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 24)
    for _ in 0..<300 {
      var entries = InlineWordList<LostPackets>()
      for _ in 0...random.below(20) { entries.append(LostPackets(word: random.word32())) }
      expectRoundTrip(
        GenericNegativeAcknowledgement(
          packetSender: random.word32(), mediaSource: random.word32(), entries: entries))
    }
  }
}
