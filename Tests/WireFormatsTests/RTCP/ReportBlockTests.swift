import Testing
import WireFormats

extension ReportBlock {
  static func any(_ random: inout SplitMix) -> ReportBlock {
    ReportBlock(
      source: random.word32(), fractionLost: random.octet(),
      cumulativeLost: Int32(random.below(1 << 24) - 1 << 23),
      extendedHighestSequenceNumber: random.word32(), interarrivalJitter: random.word32(),
      lastSenderReport: random.word32(), delaySinceLastSenderReport: random.word32())
  }

  static func list(_ random: inout SplitMix) -> InlineList<ReportBlock> {
    var blocks = InlineList<ReportBlock>()
    for _ in 0..<random.below(4) * random.below(11) { blocks.append(.any(&random)) }
    return blocks
  }
}

@Suite("Report block")
struct ReportBlockTests {
  @Test("each field stands where RFC 3550 section 6.4.1 puts it")
  func vectors() {
    expect(
      ReportBlock(
        source: 0x0102_0304, fractionLost: 0x40, cumulativeLost: 0x01_0203,
        extendedHighestSequenceNumber: 0x0001_FFFF, interarrivalJitter: 0x55,
        lastSenderReport: 0xB705_2000, delaySinceLastSenderReport: 0x0005_4000),
      is: hex("01020304 40 010203 0001FFFF 00000055 B7052000 00054000"))
  }

  @Test(
    "the cumulative loss has a sign",
    arguments: [(Int32(-1), "FFFFFF"), (-8_388_608, "800000"), (8_388_607, "7FFFFF")])
  func cumulativeLost(lost: Int32, digits: String) {
    expect(
      ReportBlock(source: 0, cumulativeLost: lost),
      is: hex("00000000 00 \(digits)") + [UInt8](repeating: 0, count: 16))
  }

  @Test("fewer than 24 octets are refused", arguments: [0, 1, 23])
  func truncated(count: Int) {
    #expect(
      refusal(of: ReportBlock.self, [UInt8](repeating: 0, count: count))
        == WireError("report block", at: 0, .truncated(needed: 24, available: count)))
  }

  @Test("any block survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 14)
    for _ in 0..<500 { expectRoundTrip(ReportBlock.any(&random)) }
  }
}
