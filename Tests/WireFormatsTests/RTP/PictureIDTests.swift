import Testing
import WireFormats

@Suite("Picture identifier")
struct PictureIDTests {
  @Test("7 bits are one octet, 15 bits two with the M bit")
  func vectors() {
    expect(PictureID(0x11, width: .sevenBits), is: hex("11"))
    expect(PictureID(127, width: .sevenBits), is: hex("7F"))
    expect(PictureID(0), is: hex("8000"))
    expect(PictureID(0x1234), is: hex("9234"))
    expect(PictureID(32_767), is: hex("FFFF"))
  }

  @Test("15 bits cut short are refused")
  func truncated() {
    #expect(
      refusal(of: PictureID.self, hex("80"))
        == WireError("VP8 PictureID", at: 0, .truncated(needed: 2, available: 1)))
    #expect(
      refusal(of: PictureID.self, [])
        == WireError("VP8 PictureID", at: 0, .truncated(needed: 1, available: 0)))
  }

  @Test("the number after the last is zero")
  func wrap() {
    #expect(PictureID(127, width: .sevenBits).next == PictureID(0, width: .sevenBits))
    #expect(PictureID(32_767).next == PictureID(0))
    #expect(PictureID(127).next == PictureID(128))
    #expect(PictureID(counter: 32_768 + 5) == PictureID(5))
    #expect(PictureID(counter: 128 + 5, width: .sevenBits) == PictureID(5, width: .sevenBits))
  }

  @Test("the distance goes the shorter way round")
  func distance() {
    #expect(PictureID(3).distance(from: PictureID(32_766)) == 5)
    #expect(PictureID(32_766).distance(from: PictureID(3)) == -5)
    #expect(PictureID(1, width: .sevenBits).distance(from: PictureID(126, width: .sevenBits)) == 3)
    #expect(PictureID(9).distance(from: PictureID(9)) == 0)
  }

  @Test(
    "six bits name the nearest frame, or the latest one sent",
    arguments: [
      // bits, reference, nearest, latest not after
      (UInt8(0), Int64(0), Int64(0), Int64(0)), (63, 64, 63, 63), (1, 64, 65, 1),
      (36, 100, 100, 100), (37, 100, 101, 37), (4, 100, 68, 68), (5, 100, 69, 69),
      (3, 100, 131, 67),
      (63, 3, -1, -1),
    ])
  func sixBits(bits: UInt8, reference: Int64, nearest: Int64, latest: Int64) {
    #expect(PictureID.counter(sliceLossBits: bits, near: reference) == nearest)
    #expect(PictureID.counter(sliceLossBits: bits, notAfter: reference) == latest)
  }

  @Test("a counter comes back from 6, 7 and 15 bits anywhere in reach")
  func unwrapping() {
    var random = SplitMix(seed: 3)
    for _ in 0..<5000 {
      let counter = Int64(random.below(1_000_000))
      for width in PictureID.Width.allCases {
        let cycle = Int64(1) << width.rawValue
        let identifier = PictureID(counter: counter, width: width)
        let near = counter - cycle / 2 + 1 + Int64(random.below(Int(cycle) - 1))
        #expect(identifier.counter(near: near) == counter)
        let after = counter + Int64(random.below(Int(cycle)))
        #expect(identifier.counter(notAfter: after) == counter)
        expectRoundTrip(identifier)
      }
      let bits = PictureID(counter: counter).sliceLossBits
      let near = counter - 31 + Int64(random.below(63))
      #expect(PictureID.counter(sliceLossBits: bits, near: near) == counter)
      let after = counter + Int64(random.below(64))
      #expect(PictureID.counter(sliceLossBits: bits, notAfter: after) == counter)
    }
  }
}
