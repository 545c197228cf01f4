import Foundation
import SimulationKernel

@testable import VP8Codec

/// A small picture with texture that moves, so that frames are predicted but not for free.
func testPicture(_ index: Int, width: Int = 176, height: Int = 144) -> Picture {
  let picture = Picture(width: width, height: height)
  var noise = RandomStream(seed: UInt64(index), name: "test.grain")
  for row in 0..<height {
    for column in 0..<width {
      let texture = ((column + 2 * index) * (row + index) / 16) & 127
      picture.y[row * width + column] = UInt8(40 + texture + Int(noise.next(below: 8)))
    }
  }
  for offset in 0..<(width * height / 4) {
    picture.u[offset] = UInt8(100 + (offset + index) % 40)
    picture.v[offset] = UInt8(150 - (offset + 3 * index) % 40)
  }
  return picture
}

/// The samples of `testPicture(index)`.
func testSamples(_ index: Int) -> [UInt8] {
  let picture = testPicture(index)
  return withExtendedLifetime(picture) { Array(picture.samples) }
}

/// FNV-1a over the samples of all planes.
func checksum(_ picture: Picture) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  withExtendedLifetime(picture) {
    for sample in picture.samples { hash = (hash ^ UInt64(sample)) &* 0x0000_0100_0000_01B3 }
  }
  return hash
}

/// The formula of Wang et al. (2004) over the windows of `lumaSSIM`, in plain arithmetic.
///
/// - Parameters: C1 and C2, the paper's where not said otherwise.
func referenceSSIM(
  _ a: Picture, _ b: Picture, c1: Double = 6.5025, c2: Double = 58.5225
) -> Double {
  let (width, height) = (min(8, a.width), min(8, a.height))
  let samples = Double(width * height)
  var total = 0.0
  var count = 0.0
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

/// Whether ffmpeg is among this machine's programs.
let hasFFmpeg = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  .contains { FileManager.default.isExecutableFile(atPath: $0 + "/ffmpeg") }
