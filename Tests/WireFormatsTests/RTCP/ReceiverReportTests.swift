import Testing
import WireFormats

@Suite("Receiver report")
struct ReceiverReportTests {
  @Test("without a block it is eight octets, with one thirty-two")
  func vectors() {
    expect(ReceiverReport(packetSender: 0x902F_9E2E), is: hex("80 C9 0001 902F9E2E"))
    expect(
      ReceiverReport(
        packetSender: 0x902F_9E2E,
        reportBlocks: [
          ReportBlock(
            source: 0xBC5E_9A40, extendedHighestSequenceNumber: 0x46E1, interarrivalJitter: 0x111,
            lastSenderReport: 0x09F3_6432, delaySinceLastSenderReport: 0x0002_4A79)
        ]),
      is: hex("81 C9 0007 902F9E2E BC5E9A40 00 000000 000046E1 00000111 09F36432 00024A79"))
  }

  @Test("a profile's extension is kept")
  func profileExtension() {
    expect(
      ReceiverReport(packetSender: 1, profileExtension: ShortOctets(hex("DEADBEEF"))),
      is: hex("80 C9 0002 00000001 DEADBEEF"))
  }

  static let malformed = [
    Malformed("nothing", "", "RTCP header", 0, .truncated(needed: 4, available: 0)),
    Malformed(
      "no SSRC", "80 C9 0000", "RR SSRC of packet sender", 4, .truncated(needed: 4, available: 0)),
    Malformed(
      "a block announced and absent", "81 C9 0001 00000001", "report block", 8,
      .truncated(needed: 24, available: 0)),
    Malformed("type 200", "80 C8 0001 00000001", "RTCP packet type", 1, .wrongType(found: 200)),
    Malformed("version 1", "40 C9 0001 00000001", "RTCP version", 0, .wrongVersion(found: 1)),
    Malformed(
      "a length past the end", "80 C9 FFFF 00000001", "RTCP packet", 4,
      .truncated(needed: 262_140, available: 4)),
  ]

  @Test("malformed reports are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(ReceiverReport.self)
  }

  @Test("any report survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 15)
    for _ in 0..<200 {
      expectRoundTrip(
        ReceiverReport(
          packetSender: random.word32(), reportBlocks: ReportBlock.list(&random),
          profileExtension: ShortOctets(random.octets(4 * random.below(12)))))
    }
  }
}
