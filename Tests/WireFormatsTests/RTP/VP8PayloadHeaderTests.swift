import Testing
import WireFormats

@Suite("VP8 payload header")
struct VP8PayloadHeaderTests {
  @Test("each field stands where RFC 7741 section 4.3 puts it")
  func vectors() {
    expect(
      VP8PayloadHeader(isKeyFrame: true, version: 0, isShown: true, firstPartitionSize: 0),
      is: hex("10 00 00"))
    expect(
      VP8PayloadHeader(isKeyFrame: false, version: 3, isShown: false, firstPartitionSize: 0),
      is: hex("07 00 00"))
    // 5 + 8 * 6 + 2048 * 7 = 14389.
    expect(
      VP8PayloadHeader(isKeyFrame: true, version: 0, isShown: true, firstPartitionSize: 14_389),
      is: hex("B0 06 07"))
    expect(
      VP8PayloadHeader(isKeyFrame: false, version: 7, isShown: true, firstPartitionSize: 524_287),
      is: hex("FF FF FF"))
  }

  @Test("fewer than three octets are refused", arguments: 0..<3)
  func truncated(count: Int) {
    #expect(
      refusal(of: VP8PayloadHeader.self, [UInt8](repeating: 0, count: count))
        == WireError("VP8 payload header", at: 0, .truncated(needed: 3, available: count)))
  }

  @Test("any header survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 5)
    for _ in 0..<2000 {
      expectRoundTrip(
        VP8PayloadHeader(
          isKeyFrame: random.flag(), version: random.octet() & 7, isShown: random.flag(),
          firstPartitionSize: random.below(524_288)))
    }
  }
}
