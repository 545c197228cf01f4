import SimulationKernel
import Testing

@testable import VP8Codec

@Suite("Picture")
struct PictureTests {
  /// A copy within a larger buffer, as a codec would hold it.
  private func padded(_ picture: Picture, _ body: (PictureView) -> Void) {
    let (width, height) = (picture.width, picture.height)
    let stride = width + 48
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: stride * height * 3)
    buffer.update(repeating: 77)
    defer { buffer.deallocate() }
    let y = buffer.baseAddress! + 16
    let u = y + stride * height
    let v = u + stride * height
    for row in 0..<height {
      for column in 0..<width { y[row * stride + column] = picture.y[row * width + column] }
    }
    for row in 0..<height / 2 {
      for column in 0..<width / 2 {
        u[row * stride + column] = picture.u[row * width / 2 + column]
        v[row * stride + column] = picture.v[row * width / 2 + column]
      }
    }
    body(
      PictureView(
        width: width, height: height, y: y, u: u, v: v, lumaStride: stride, chromaStride: stride))
  }

  @Test("identity ignores what lies beside the visible area")
  func identity() {
    let picture = testPicture(1)
    padded(picture) { #expect(isIdentical($0, picture)) }
  }

  @Test("a single bit in any corner of any plane is seen")
  func difference() {
    let picture = testPicture(1)
    let luma = 176 * 144
    let chroma = luma / 4
    for offset in [0, 175, luma - 1, luma, luma + chroma - 1, luma + chroma, luma + 2 * chroma - 1]
    {
      let other = Picture(width: 176, height: 144)
      other.copy(from: picture)
      #expect(isIdentical(other, picture))
      other.samples[offset] ^= 1
      #expect(!isIdentical(other, picture))
      #expect(lumaSquaredError(other, picture) == (offset < luma ? 1 : 0))
    }
    #expect(!isIdentical(picture, Picture(width: 144, height: 176)))
  }

  @Test("copying from padded memory keeps every sample")
  func copy() {
    let picture = testPicture(2)
    padded(picture) { view in
      let other = Picture(width: 176, height: 144)
      other.copy(from: view)
      #expect(Array(other.samples) == Array(picture.samples))
    }
  }

  @Test("the squared error is the sum over all samples, at widths off the vector size as well")
  func squaredError() {
    for (width, height) in [(2, 2), (18, 4), (34, 6), (176, 144), (1280, 4)] {
      let (a, b) = (Picture(width: width, height: height), Picture(width: width, height: height))
      var noise = RandomStream(seed: 5, name: "test.error")
      var expected: UInt64 = 0
      for offset in 0..<width * height {
        a.y[offset] = UInt8(noise.next(below: 256))
        b.y[offset] = UInt8(noise.next(below: 256))
        let difference = Int(a.y[offset]) - Int(b.y[offset])
        expected += UInt64(difference * difference)
      }
      #expect(lumaSquaredError(a, b) == expected)
    }
  }

  @Test("the largest error of VP8's widest row does not overflow")
  func widestRow() {
    let (a, b) = (Picture(width: 16382, height: 2), Picture(width: 16382, height: 2))
    for offset in 0..<2 * 16382 { (a.y[offset], b.y[offset]) = (0, 255) }
    #expect(lumaSquaredError(a, b) == 2 * 16382 * 65025)
  }

  @Test("PSNR by hand: an error of one everywhere is 48.13 dB, black on white 0 dB")
  func psnr() throws {
    let one = try #require(lumaPSNR(squaredError: 100, width: 10, height: 10))
    #expect(abs(one - 48.130_803_608_679_1) < 1e-10)
    #expect(lumaPSNR(squaredError: 100 * 65025, width: 10, height: 10) == 0)
    #expect(lumaPSNR(squaredError: 0, width: 10, height: 10) == nil)
  }
}

@Suite("FrameRate")
struct FrameRateTests {
  @Test("capture times do not drift")
  func captureTimes() {
    let rate = FrameRate(30000, per: 1001)
    #expect(rate.captureTime(ofFrame: 0) == .zero)
    #expect(rate.captureTime(ofFrame: 1) == SimDuration(nanoseconds: 33_366_666))
    #expect(rate.captureTime(ofFrame: 30_000_000) == .seconds(1_001_000))
    #expect(rate.description == "30000/1001" && FrameRate(25).description == "25")
  }

  @Test("frames within a duration are those captured before its end")
  func counts() {
    #expect(FrameRate(25).frameCount(within: .seconds(20)) == 500)
    #expect(FrameRate(25).frameCount(within: .seconds(20) + SimDuration(nanoseconds: 1)) == 501)
    #expect(FrameRate(25).frameCount(within: SimDuration(nanoseconds: 1)) == 1)
    #expect(FrameRate(25).frameCount(within: .zero) == 0)
    #expect(FrameRate(30).frameCount(within: .seconds(1)) == 30)
    #expect(FrameRate(30000, per: 1001).frameCount(within: .seconds(1001)) == 30000)
  }
}
