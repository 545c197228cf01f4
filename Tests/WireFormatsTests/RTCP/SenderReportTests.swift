import Testing
import WireFormats

@Suite("Sender report")
struct SenderReportTests {
  @Test("each field stands where RFC 3550 section 6.4.1 puts it")
  func vector() {
    let report = SenderReport(
      packetSender: 0x902F_9E2E, ntpTimestamp: 0xDA8B_D1FC_DDDD_A05A, rtpTimestamp: 0xAAF4_EDD5,
      packetCount: 1, octetCount: 2)
    expect(report, is: hex("80 C8 0006 902F9E2E DA8BD1FCDDDDA05A AAF4EDD5 00000001 00000002"))
    // RFC 3550 section 6.4.1: LSR is the middle 32 bits.
    #expect(report.compactNTPTimestamp == 0xD1FC_DDDD)
  }

  @Test("report blocks and a profile's extension follow the sender's own figures")
  func blocksAndExtension() {
    expect(
      SenderReport(
        packetSender: 1, ntpTimestamp: 2, rtpTimestamp: 3, packetCount: 4, octetCount: 5,
        reportBlocks: [ReportBlock(source: 6), ReportBlock(source: 7, fractionLost: 8)],
        profileExtension: ShortOctets(hex("0000000A"))),
      is: hex("82 C8 0013 00000001 0000000000000002 00000003 00000004 00000005")
        + hex("00000006") + [UInt8](repeating: 0, count: 20)
        + hex("00000007 08") + [UInt8](repeating: 0, count: 19) + hex("0000000A"))
  }

  static let malformed = [
    Malformed("nothing", "", "RTCP header", 0, .truncated(needed: 4, available: 0)),
    Malformed(
      "no sender info", "80 C8 0001 00000001", "SR sender info", 4,
      .truncated(needed: 24, available: 4)),
    Malformed(
      "a block announced and absent",
      "81 C8 0006 00000001 0000000000000002 00000003 00000004 00000005", "report block", 28,
      .truncated(needed: 24, available: 0)),
    Malformed(
      "type 201", "80 C9 0006 00000001 0000000000000002 00000003 00000004 00000005",
      "RTCP packet type", 1, .wrongType(found: 201)),
    Malformed(
      "version 3", "C0 C8 0006 00000001 0000000000000002 00000003 00000004 00000005",
      "RTCP version", 0, .wrongVersion(found: 3)),
  ]

  @Test("malformed reports are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(SenderReport.self)
  }

  @Test("any report survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 16)
    for _ in 0..<200 {
      expectRoundTrip(
        SenderReport(
          packetSender: random.word32(), ntpTimestamp: random.next(),
          rtpTimestamp: random.word32(), packetCount: random.word32(),
          octetCount: random.word32(), reportBlocks: ReportBlock.list(&random),
          profileExtension: ShortOctets(random.octets(4 * random.below(12)))))
    }
  }
}
