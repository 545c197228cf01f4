import Testing
import WireFormats

@Suite("Receiver Estimated Maximum Bitrate")
struct ReceiverEstimatedMaximumBitrateTests {
  @Test("identifier, count, exponent and mantissa, then the sources")
  func vectors() {
    // 1000000 is 250000 * 4: it fits no 18 bits, 250000 does.
    expect(
      ReceiverEstimatedMaximumBitrate(
        packetSender: 1, bitsPerSecond: 1_000_000, sources: [0x1234_5678]),
      is: hex("8F CE 0005 00000001 00000000 52454D42 010BD090 12345678"))
    expect(
      ReceiverEstimatedMaximumBitrate(
        packetSender: 1, exponent: 63, mantissa: 262_143, sources: [2, 3, 4]),
      is: hex("8F CE 0007 00000001 00000000 52454D42 03FFFFFF 00000002 00000003 00000004"))
    expect(
      ReceiverEstimatedMaximumBitrate(packetSender: 1, bitsPerSecond: 0, sources: []),
      is: hex("8F CE 0004 00000001 00000000 52454D42 00000000"))
  }

  @Test("rates up to 18 bits are exact, greater ones rounded down by less than 2^-17")
  func rounding() {
    var random = SplitMix(seed: 26)
    for _ in 0..<2000 {
      let rate = random.next() >> UInt64(random.below(64))
      let told = ReceiverEstimatedMaximumBitrate(
        packetSender: 1, bitsPerSecond: rate, sources: []
      ).bitsPerSecond
      #expect(told <= rate && rate - told <= rate >> 17)
      if rate < 1 << 18 { #expect(told == rate) }
    }
  }

  @Test("a rate that no 64 bits hold becomes the greatest that they do")
  func tooGreat() {
    func rate(_ exponent: UInt8, _ mantissa: UInt32) -> UInt64 {
      ReceiverEstimatedMaximumBitrate(
        packetSender: 1, exponent: exponent, mantissa: mantissa, sources: []
      ).bitsPerSecond
    }
    #expect(rate(63, 1) == 1 << 63)
    #expect(rate(63, 2) == .max)
    #expect(rate(46, 262_143) == 262_143 << 46)
    #expect(rate(47, 262_143) == .max)
    #expect(rate(63, 0) == 0)
  }

  static let malformed = [
    Malformed("nothing", "", "RTCP header", 0, .truncated(needed: 4, available: 0)),
    Malformed(
      "another identifier", "8F CE 0004 00000001 00000000 52454D43 00000001",
      "REMB unique identifier", 12, .wrongType(found: 0x5245_4D43)),
    Malformed(
      "no bitrate", "8F CE 0003 00000001 00000000 52454D42", "REMB number of SSRCs and bitrate", 16,
      .truncated(needed: 4, available: 0)),
    Malformed(
      "a source announced and absent", "8F CE 0004 00000001 00000000 52454D42 01000001",
      "REMB number of SSRCs", 16, .badLength(found: 1)),
    Malformed(
      "a source that is not announced", "8F CE 0005 00000001 00000000 52454D42 00000001 00000002",
      "REMB number of SSRCs", 16, .badLength(found: 0)),
    Malformed(
      "format 4", "84 CE 0004 00000001 00000000 52454D42 00000001", "RTCP feedback message type", 0,
      .wrongType(found: 4)),
    Malformed(
      "type 205", "8F CD 0004 00000001 00000000 52454D42 00000001", "RTCP packet type", 1,
      .wrongType(found: 205)),
    Malformed(
      "version 3", "CF CE 0004 00000001 00000000 52454D42 00000001", "RTCP version", 0,
      .wrongVersion(found: 3)),
  ]

  @Test("malformed packets are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(ReceiverEstimatedMaximumBitrate.self)
  }

  @Test("any REMB survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 27)
    for _ in 0..<300 {
      var sources = InlineWordList<UInt32>()
      for _ in 0..<random.below(random.flag() ? 4 : 256) { sources.append(random.word32()) }
      expectRoundTrip(
        ReceiverEstimatedMaximumBitrate(
          packetSender: random.word32(), exponent: random.octet() & 63,
          mantissa: random.word32() >> 14, sources: sources))
    }
  }
}
