import Testing
import WireFormats

@Suite("Picture Loss Indication")
struct PictureLossIndicationTests {
  @Test("twelve octets: header and two SSRCs")
  func vector() {
    expect(
      PictureLossIndication(packetSender: 0x902F_9E2E, mediaSource: 0x1234_5678),
      is: hex("81 CE 0002 902F9E2E 12345678"))
  }

  @Test("padding behind it is accepted")
  func padding() throws {
    #expect(
      try PictureLossIndication(octets: hex("A1 CE 0003 00000001 00000002 00000004"))
        == PictureLossIndication(packetSender: 1, mediaSource: 2))
  }

  static let malformed = [
    Malformed("nothing", "", "RTCP header", 0, .truncated(needed: 4, available: 0)),
    Malformed(
      "octets missing", "81 CE 0002 00000001 0000", "RTCP packet", 4,
      .truncated(needed: 8, available: 6)),
    Malformed(
      "no media source", "81 CE 0001 00000001", "PLI SSRC of media source", 8,
      .truncated(needed: 4, available: 0)),
    Malformed(
      "feedback control information", "81 CE 0003 00000001 00000002 00000003",
      "PLI feedback control information", 12, .badLength(found: 4)),
    Malformed(
      "version 1", "41 CE 0002 00000001 00000002", "RTCP version", 0, .wrongVersion(found: 1)),
    Malformed(
      "transport-layer feedback", "81 CD 0002 00000001 00000002", "RTCP packet type", 1,
      .wrongType(found: 205)),
    Malformed(
      "format 4", "84 CE 0002 00000001 00000002", "RTCP feedback message type", 0,
      .wrongType(found: 4)),
    Malformed(
      "padding of zero", "A1 CE 0003 00000001 00000002 00000000", "RTCP padding count", 15,
      .badLength(found: 0)),
    Malformed(
      "padding of two", "A1 CE 0003 00000001 00000002 00000002", "RTCP padding count", 15,
      .badLength(found: 2)),
    Malformed(
      "more padding than packet", "A1 CE 0003 00000001 00000002 00000010", "RTCP padding count", 15,
      .badLength(found: 16)),
    Malformed(
      "padding that eats the SSRC", "A1 CE 0002 00000001 00000004", "PLI SSRC of media source", 8,
      .truncated(needed: 4, available: 0)),
  ]

  @Test("malformed packets are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(PictureLossIndication.self)
  }

  @Test("any PLI survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 11)
    for _ in 0..<500 {
      expectRoundTrip(
        PictureLossIndication(packetSender: random.word32(), mediaSource: random.word32()))
    }
  }
}
