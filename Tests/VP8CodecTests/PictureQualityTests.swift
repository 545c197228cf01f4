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

  /// The formula of the paper, window by window, in plain arithmetic.
  private func referenceSSIM(_ a: Picture, _ b: Picture) -> Double {
    let (c1, c2) = (6.5025, 58.5225)
    var total = 0.0
    var count = 0.0
    let (width, height) = (min(a.width, 8), min(a.height, 8))
    let samples = Double(width * height)
    for top in stride(from: 0, through: a.height - height, by: 4) {
      for left in stride(from: 0, through: a.width - width, by: 4) {
        var (sumA, sumB, squareA, squareB, product) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for row in top..<top + height {
          for column in left..<left + width {
            let x = Double(a.samples[row * a.width + column])
            let y = Double(b.samples[row * b.width + column])
            sumA += x
            sumB += y
            squareA += x * x
            squareB += y * y
            product += x * y
          }
        }
        let (meanA, meanB) = (sumA / samples, sumB / samples)
        let varianceA = squareA / samples - meanA * meanA
        let varianceB = squareB / samples - meanB * meanB
        let covariance = product / samples - meanA * meanB
        total +=
          (2 * meanA * meanB + c1) * (2 * covariance + c2)
          / ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2))
        count += 1
      }
    }
    return total / count
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
