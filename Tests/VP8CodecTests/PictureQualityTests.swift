import Foundation
import Testing

@testable import VP8Codec

@Suite("Picture quality")
struct PictureQualityTests {
  /// A picture of a soft pattern, with noise of this amplitude on it.
  private func picture(noise: Int, seed: UInt64 = 1, width: Int = 50, height: Int = 38) -> Picture {
    let picture = Picture(width: width, height: height)
    var state = seed
    for index in 0..<width * height {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let step = noise == 0 ? 0 : Int(state >> 33) % (2 * noise + 1) - noise
      let pattern = 128 + Int(60 * sin(Double(index % width) / 5) * cos(Double(index / width) / 7))
      picture.samples[index] = UInt8(max(0, min(255, pattern + step)))
    }
    return picture
  }

  @Test(
    "SSIM is the paper's formula over windows of 8x8, or of what there is, four apart",
    arguments: [
      (50, 38), (64, 64), (8, 8), (12, 8), (46, 30), (322, 18), (2, 2), (6, 6), (4, 2), (2, 64),
      (50, 6), (6, 38), (8, 2), (2, 8),
    ])
  func formula(width: Int, height: Int) {
    let a = picture(noise: 0, width: width, height: height)
    for noise in [1, 8, 40, 120] {
      let b = picture(noise: noise, seed: UInt64(noise), width: width, height: height)
      #expect(abs(lumaSSIM(a, b) - referenceSSIM(a, b)) < 1e-9)
      #expect(lumaSSIM(a, b) == lumaSSIM(b, a))
      #expect(lumaSSIM(b, b) == 1)
    }
  }

  @Test(
    "one pass finds the squared error of all samples, those behind the last block included",
    arguments: [
      (50, 38), (64, 64), (8, 8), (12, 8), (46, 30), (322, 18), (2, 2), (4, 2), (50, 6), (14, 10),
    ])
  func squaredError(width: Int, height: Int) {
    let a = picture(noise: 0, width: width, height: height)
    for noise in [1, 8, 40, 120] {
      let b = picture(noise: noise, seed: UInt64(noise), width: width, height: height)
      let pass = withExtendedLifetime((a, b)) { compareLuma(a.view, b.view) }
      #expect(pass.squaredError == lumaSquaredError(a, b))
      let samples = zip(a.samples[..<(width * height)], b.samples)
      let expected = samples.reduce(0) { $0 + (Int($1.0) - Int($1.1)) * (Int($1.0) - Int($1.1)) }
      #expect(pass.squaredError == UInt64(expected))
    }
  }

  @Test("the largest error of VP8's widest rows does not overflow")
  func widestRows() {
    let (a, b) = (Picture(width: 16382, height: 8), Picture(width: 16382, height: 8))
    for offset in 0..<8 * 16382 { (a.y[offset], b.y[offset]) = (0, 255) }
    let pass = withExtendedLifetime((a, b)) { compareLuma(a.view, b.view) }
    #expect(pass.squaredError == 8 * 16382 * 65025)
  }

  @Test("the worse the picture, the lower each measure; an identical one has SSIM 1 and no PSNR")
  func order() {
    let source = picture(noise: 0)
    let identical = PictureQuality(of: picture(noise: 0), against: source)
    #expect(identical.ssim == 1 && identical.lumaPSNR == nil && identical.weightedPSNR == nil)
    let qualities = [2, 10, 40].map { PictureQuality(of: picture(noise: $0), against: source) }
    for (better, worse) in zip(qualities, qualities.dropFirst()) {
      #expect(better.ssim > worse.ssim)
      #expect(better.lumaPSNR! > worse.lumaPSNR!)
      #expect(better.weightedPSNR! > worse.weightedPSNR!)
    }
  }

  @Test("the weighted PSNR counts luma six times, and an identical plane 100 dB")
  func weights() throws {
    let source = picture(noise: 0)
    let other = picture(noise: 20)
    let luma = try #require(PictureQuality(of: other, against: source).lumaPSNR)
    let quality = PictureQuality(of: other, against: source)
    #expect(abs(try #require(quality.weightedPSNR) - (6 * luma + 200) / 8) < 1e-9)
    // Chroma alone: luma is identical, and U differs by 16 everywhere.
    let tinted = picture(noise: 0)
    let samples = 50 * 38
    for index in samples..<samples * 5 / 4 { tinted.samples[index] += 16 }
    let chroma = PictureQuality(of: tinted, against: source)
    #expect(chroma.lumaPSNR == nil && chroma.ssim == 1)
    let expected = (600 + 20 * log10(255.0 / 16) + 100) / 8
    #expect(abs(try #require(chroma.weightedPSNR) - expected) < 1e-9)
  }
}
