import Testing

@testable import VP8Codec

@Suite("SyntheticSource")
struct SyntheticSourceTests {
  typealias Content = SyntheticSource.Content

  private func source(_ content: Content, _ width: Int = 320, _ height: Int = 180)
    -> SyntheticSource
  {
    SyntheticSource(content: content, width: width, height: height, frameRate: FrameRate(25))
  }

  private func picture(_ source: SyntheticSource, _ index: Int) -> Picture {
    let picture = Picture(width: source.width, height: source.height)
    source.render(frame: index, into: picture)
    return picture
  }

  /// Frames that show: the beginning, a blink or gesture, a scroll or a cut, and a late one.
  @Test(
    "the samples are the same on every machine",
    arguments: [
      (
        Content.talkingHead, [0, 62, 150, 1000],
        [
          0x25E3_ADFF_2A8A_38D9, 0xB8CA_8AA9_EF27_EC8E,
          0xECF2_4975_559B_7A22, 0xB4AD_5B43_D5FF_BF8F,
        ]
      ),
      (
        Content.screenShare, [0, 62, 150, 1000],
        [
          0x9116_E32B_F45C_C3A5, 0x72A8_3B72_22F0_26C9,
          0x2D95_3B83_4410_82CB, 0x9ED9_C6ED_0257_3C79,
        ]
      ),
      (
        Content.sports, [0, 62, 150, 1000],
        [
          0x9858_C493_04E4_82C7, 0xC4DD_9E8A_F140_96CC,
          0x4488_D7F3_3D9C_3992, 0x653F_44F9_BC17_A91C,
        ]
      ),
    ] as [(Content, [Int], [UInt64])])
  func pinned(content: Content, frames: [Int], expected: [UInt64]) {
    let source = source(content)
    let found = frames.map { checksum(picture(source, $0)) }
    #expect(found == expected)
  }

  @Test(
    "a picture depends on its index alone, not on what was drawn before",
    arguments: Content.allCases)
  func pure(content: Content) {
    let (one, other) = (source(content), source(content))
    for index in [7, 3, 200] { _ = picture(one, index) }
    #expect(isIdentical(picture(one, 42), picture(other, 42)))
    let dirty = Picture(width: 320, height: 180)
    dirty.samples.update(repeating: 200)
    one.render(frame: 42, into: dirty)
    #expect(isIdentical(dirty, picture(other, 42)))
  }

  @Test(
    "every size draws within the limited range", arguments: Content.allCases,
    [(160, 120), (162, 122), (352, 288), (1280, 720), (160, 720), (1280, 120)])
  func sizes(content: Content, size: (width: Int, height: Int)) {
    let source = source(content, size.width, size.height)
    for index in [0, 130, 160] {
      let picture = picture(source, index)
      #expect(picture.samples.allSatisfy { (8...247).contains($0) })
      #expect(Set(picture.samples).count > 10)
      #expect(picture.width == size.width)
    }
  }

  @Test("time is in seconds: half the rate shows every other picture's motion")
  func rates() {
    let slow = SyntheticSource(
      content: .screenShare, width: 320, height: 180, frameRate: FrameRate(15))
    let fast = SyntheticSource(
      content: .screenShare, width: 320, height: 180, frameRate: FrameRate(30))
    #expect(isIdentical(picture(slow, 30), picture(fast, 60)))
  }

  @Test("sensor grain changes from frame to frame, and a still screen does not")
  func grain() {
    let head = source(.talkingHead)
    let (a, b) = (picture(head, 10), picture(head, 11))
    let corner = (0..<16).map { a.y[$0] == b.y[$0] }
    #expect(corner.contains(false))
    let screen = source(.screenShare)
    #expect(isIdentical(picture(screen, 101), picture(screen, 108)))
    #expect(!isIdentical(picture(screen, 20), picture(screen, 22)))
  }

  @Test("sports cuts every six seconds")
  func cut() {
    let match = source(.sports)
    func change(_ index: Int) -> UInt64 {
      lumaSquaredError(picture(match, index), picture(match, index - 1))
    }
    // The pan alone changes about half as much as the cut.
    let changes = [149, 150, 152].map(change)
    #expect(2 * changes[1] > 3 * changes[0] && 2 * changes[1] > 3 * changes[2], "\(changes)")
  }

  @Test("content codes like a camera's at 320x180, 25 fps and 300 kbit/s")
  func statistics() throws {
    let ranges: [Content: ClosedRange<Double>] = [
      .talkingHead: 36...42, .screenShare: 36...52, .sports: 31...38,
    ]
    for content in Content.allCases {
      let source = source(content)
      let encoder = try VP8Encoder(
        settings: .init(), width: 320, height: 180, frameRate: FrameRate(25))
      var sum = 0.0
      for index in 0..<200 {
        let picture = picture(source, index)
        _ = try #require(try encoder.encode(picture, index: Int64(index)))
        let error = lumaSquaredError(encoder.reconstruction(), picture)
        sum += try #require(lumaPSNR(squaredError: error, width: 320, height: 180))
      }
      let range = try #require(ranges[content])
      #expect(range.contains(sum / 200), "\(content.rawValue)")
    }
  }
}
