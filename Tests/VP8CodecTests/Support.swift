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
