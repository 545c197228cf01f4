import Testing
import WireFormats

@Suite("VP8 frame header")
struct VP8FrameHeaderTests {
  @Test("a key frame tells its size behind the start code, little-endian")
  func keyFrame() {
    // 352x288 without scaling; first partition of 14389 octets.
    expect(
      VP8FrameHeader(
        version: 0, isShown: true, firstPartitionSize: 14_389,
        dimensions: .init(width: 352, height: 288)),
      is: hex("B0 06 07 9D012A 6001 2001"))
    expect(
      VP8FrameHeader(
        version: 3, isShown: false, firstPartitionSize: 0,
        dimensions: .init(width: 16_383, height: 1, horizontalScale: 3, verticalScale: 1)),
      is: hex("06 00 00 9D012A FFFF 0140"))
  }

  @Test("another frame is its three octets")
  func interFrame() {
    expect(
      VP8FrameHeader(version: 0, isShown: true, firstPartitionSize: 1, dimensions: nil),
      is: hex("31 00 00"))
  }

  static let malformed = [
    Malformed("nothing", "", "VP8 payload header", 0, .truncated(needed: 3, available: 0)),
    Malformed("two octets", "3100", "VP8 payload header", 0, .truncated(needed: 3, available: 2)),
    Malformed(
      "a key frame cut short", "100000 9D012A 600120", "VP8 key frame header", 3,
      .truncated(needed: 7, available: 6)),
    Malformed(
      "another start code", "100000 9D012B 60012001", "VP8 start code", 3,
      .badValue(found: 0x9D012B)),
  ]

  @Test("malformed frames are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(VP8FrameHeader.self)
  }

  @Test("any header survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 31)
    for _ in 0..<1000 {
      expectRoundTrip(
        VP8FrameHeader(
          version: random.octet() & 7, isShown: random.flag(),
          firstPartitionSize: random.below(1 << 19),
          dimensions: random.flag()
            ? .init(
              width: random.below(1 << 14), height: random.below(1 << 14),
              horizontalScale: random.below(4), verticalScale: random.below(4)) : nil))
    }
  }
}
