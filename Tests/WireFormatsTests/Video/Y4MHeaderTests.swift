import Testing
import WireFormats

@Suite("Y4M stream header")
struct Y4MHeaderTests {
  @Test("the line is as yuv4mpeg(5) writes it")
  func vectors() {
    expect(
      Y4MHeader(width: 352, height: 288, frameRate: .init(30_000, 1001)),
      is: octets("YUV4MPEG2 W352 H288 F30000:1001 Ip C420jpeg\n"))
    expect(
      Y4MHeader(
        width: 2, height: 16_382, frameRate: .init(25, 1), pixelAspect: .init(128, 117),
        chroma: .mpeg2),
      is: octets("YUV4MPEG2 W2 H16382 F25:1 Ip A128:117 C420mpeg2\n"))
  }

  @Test(
    "tags may come in any order, with comments, and chroma may be left out",
    arguments: [
      "YUV4MPEG2 H288 W352 F30:1\n", "YUV4MPEG2 W352 H288 F30:1 Ip\n",
      "YUV4MPEG2 W352 H288 F30:1 I? C420jpeg XYSCSS=420JPEG XCOLORRANGE=LIMITED\n",
      "YUV4MPEG2  C420jpeg W352  F30:1 H288 \n",
    ])
  func order(line: String) throws {
    #expect(
      try Y4MHeader(octets: octets(line))
        == Y4MHeader(width: 352, height: 288, frameRate: .init(30, 1)))
  }

  @Test("a frame is one and a half samples a pixel")
  func frameSize() {
    #expect(
      Y4MHeader(width: 352, height: 288, frameRate: .init(30, 1)).frameByteCount == 152_064)
  }

  @Test(
    "what cannot be shown is refused, the field named",
    arguments: [
      ("", "Y4M signature"),
      ("YUV4", "Y4M signature"),
      ("YUV4MPEG3 W2 H2 F1:1\n", "Y4M signature"),
      ("RIFFxxxxAVI LIST", "Y4M signature"),
      ("YUV4MPEG2", "Y4M stream header"),
      ("YUV4MPEG2 W352 H288 F30:1", "Y4M stream header"),
      ("YUV4MPEG2 X" + String(repeating: "x", count: 1100) + "\n", "Y4M stream header"),
      ("YUV4MPEG2W352 H288 F30:1\n", "Y4M tag"),
      ("YUV4MPEG2 W352 H288 F30:1 Zed\n", "Y4M tag"),
      ("YUV4MPEG2\n", "Y4M width"),
      ("YUV4MPEG2 H288 F30:1\n", "Y4M width"),
      ("YUV4MPEG2 W H288 F30:1\n", "Y4M width"),
      ("YUV4MPEG2 W351 H288 F30:1\n", "Y4M width"),
      ("YUV4MPEG2 W0 H288 F30:1\n", "Y4M width"),
      ("YUV4MPEG2 W-2 H288 F30:1\n", "Y4M width"),
      ("YUV4MPEG2 W16384 H288 F30:1\n", "Y4M width"),
      ("YUV4MPEG2 W99999999999999999999 H288 F30:1\n", "Y4M width"),
      ("YUV4MPEG2 W352x H288 F30:1\n", "Y4M tag"),
      ("YUV4MPEG2 W352 F30:1\n", "Y4M height"),
      ("YUV4MPEG2 W352 H287 F30:1\n", "Y4M height"),
      ("YUV4MPEG2 W352 H288\n", "Y4M frame rate"),
      ("YUV4MPEG2 W352 H288 F30\n", "Y4M frame rate"),
      ("YUV4MPEG2 W352 H288 F0:0\n", "Y4M frame rate"),
      ("YUV4MPEG2 W352 H288 F30:0\n", "Y4M frame rate"),
      ("YUV4MPEG2 W352 H288 F30:\n", "Y4M frame rate"),
      ("YUV4MPEG2 W352 H288 F30:1 A1\n", "Y4M pixel aspect"),
      ("YUV4MPEG2 W352 H288 F30:1 It\n", "Y4M interlacing"),
      ("YUV4MPEG2 W352 H288 F30:1 I\n", "Y4M interlacing"),
      ("YUV4MPEG2 W352 H288 F30:1 C444\n", "Y4M chroma"),
      ("YUV4MPEG2 W352 H288 F30:1 Cmono\n", "Y4M chroma"),
      ("YUV4MPEG2 W352 H288 F30:1 C420p10\n", "Y4M chroma"),
    ])
  func refuses(line: String, field: String) {
    #expect(refusal(of: Y4MHeader.self, octets(line))?.field.description == field)
  }

  @Test("an odd size tells place, found and expected")
  func sentence() {
    #expect(
      refusal(of: Y4MHeader.self, octets("YUV4MPEG2 W351 H288 F30:1\n"))?.description
        == "Y4M width at octet 11: found 351, expected an even number, 2...16382 "
        + "(ffmpeg -vf scale=trunc(iw/2)*2:trunc(ih/2)*2 makes both even)")
  }

  @Test("any header survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 30)
    for _ in 0..<300 {
      expectRoundTrip(
        Y4MHeader(
          width: 2 + 2 * random.below(8191), height: 2 + 2 * random.below(8191),
          frameRate: .init(1 + random.below(100_000), 1 + random.below(2000)),
          pixelAspect: random.flag() ? .init(random.below(200), random.below(200)) : nil,
          chroma: Y4MHeader.Chroma.allCases[random.below(4)]))
    }
  }
}
