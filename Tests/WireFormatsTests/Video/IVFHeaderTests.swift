import Testing
import WireFormats

@Suite("IVF headers")
struct IVFHeaderTests {
  @Test("the file's header is little-endian")
  func file() {
    expect(
      IVFHeader(width: 640, height: 360, timeRate: 30_000, timeScale: 1_001, frameCount: 300),
      is: hex(
        "444B4946 0000 2000 56503830 8002 6801 30750000 E9030000 2C010000 00000000"))
  }

  @Test("a frame's header has its length and its time")
  func frame() {
    expect(
      IVFFrameHeader(frameByteCount: 0x0102, time: 5), is: hex("02010000 0500000000000000"))
  }

  static let malformed = [
    Malformed("nothing", "", "IVF signature", 0, .truncated(needed: 4, available: 0)),
    Malformed("another signature", "444B4947", "IVF signature", 0, .badSyntax),
    Malformed("version 1", "444B4946 0100", "IVF version", 4, .wrongVersion(found: 1)),
    Malformed(
      "a header of 31 octets", "444B4946 0000 1F00", "IVF header length", 6,
      .badLength(found: 31)),
    Malformed(
      "VP90", "444B4946 0000 2000 56503930", "IVF codec", 8, .wrongType(found: 0x5650_3930)),
    Malformed(
      "no rate", "444B4946 0000 2000 56503830 8002 6801 00000000 E9030000", "IVF time rate", 16,
      .badValue(found: 0)),
  ]

  @Test("malformed headers are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(IVFHeader.self)
  }

  @Test("any header survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 907)
    for _ in 0..<300 {
      expectRoundTrip(
        IVFHeader(
          width: random.below(65_536), height: random.below(65_536),
          timeRate: 1 + random.word32() / 2, timeScale: 1 + random.word32() / 2,
          frameCount: random.word32()))
      expectRoundTrip(IVFFrameHeader(frameByteCount: random.word32(), time: random.next()))
    }
  }
}
