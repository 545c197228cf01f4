import SimulationKernel

/// A tile of smooth noise that can be laid under anything that moves.
final class Texture {
  /// The tile's size; powers of two.
  private static let period = 1024
  private static let height = 128
  /// Columns stored: a row may begin anywhere in the tile and go on for the widest picture.
  private static let stride = period + 1280
  private let values: UnsafeMutableBufferPointer<Int8>

  /// - Parameters:
  ///   - blur: box radius in samples; larger is smoother.
  ///   - amplitude: largest deviation from 0.
  init(name: String, blur: Int, amplitude: Int) {
    let (period, height, stride) = (Self.period, Self.height, Self.stride)
    var noise = RandomStream(seed: 1, name: "video.texture." + name)
    var plane = (0..<period * height).map { _ in Int32(noise.next(below: 2048)) - 1024 }
    for _ in 0..<2 { boxBlur(&plane, width: period, height: height, radius: blur) }
    let peak = plane.reduce(1) { max($0, abs($1)) }
    values = .allocate(capacity: stride * height)
    for row in 0..<height {
      for column in 0..<stride {
        let value = plane[row * period + column % period]
        values[row * stride + column] = Int8(value * Int32(amplitude) / peak)
      }
    }
  }

  deinit {
    values.deallocate()
  }

  /// Pointer to the value for column 0 of a row; 1,280 columns may follow.
  ///
  /// - Parameters: where the row begins, in 1/16 sample; wraps around.
  func row(_ y: Int, _ x: Int) -> UnsafePointer<Int8> {
    let row = (y >> 4) & (Self.height - 1)
    let column = (x >> 4) & (Self.period - 1)
    return UnsafePointer(values.baseAddress! + row * Self.stride + column)
  }
}

/// Averages over a square; wraps around at the edges.
func boxBlur(_ plane: inout [Int32], width: Int, height: Int, radius: Int) {
  guard radius > 0 else { return }
  let length = Int32(2 * radius + 1)
  func blurLine(_ start: Int, _ step: Int, _ count: Int, _ line: inout [Int32]) {
    for index in 0..<count { line[index] = plane[start + index * step] }
    var sum: Int32 = 0
    for offset in -radius...radius { sum += line[(offset + count) % count] }
    for index in 0..<count {
      plane[start + index * step] = sum / length
      sum += line[(index + radius + 1) % count] - line[(index - radius + count) % count]
    }
  }
  var line = [Int32](repeating: 0, count: max(width, height))
  for row in 0..<height { blurLine(row * width, 1, width, &line) }
  for column in 0..<width { blurLine(column, width, height, &line) }
}

/// Sensor noise: new in every frame, a standard deviation of 2 in luma and 1 in chroma.
struct Grain {
  private static let size = 1 << 16
  private let luma: [UInt8]
  private let chroma: [UInt8]

  init() {
    var noise = RandomStream(seed: 1, name: "video.grain")
    // Bits set among n fair ones are binomial, a fair stand-in for a Gaussian. Negative values
    // are kept as their two's complement, so that a wrapping addition applies them.
    luma = (0..<Self.size + 2048).map { _ in
      UInt8(truncatingIfNeeded: (noise.next() & 0xFFFF).nonzeroBitCount - 8)
    }
    chroma = (0..<Self.size + 2048).map { _ in
      UInt8(truncatingIfNeeded: (noise.next() & 0xF).nonzeroBitCount - 2)
    }
  }

  /// Adds the grain of one frame; samples lie within 8...247, so that nothing wraps.
  func add(to picture: Picture, frame: Int) {
    add(luma, picture.y, picture.width, picture.height, key: UInt64(frame) << 32)
    let (width, height) = (picture.width / 2, picture.height / 2)
    add(chroma, picture.u, width, height, key: UInt64(frame) << 32 | 1 << 30)
    add(chroma, picture.v, width, height, key: UInt64(frame) << 32 | 2 << 30)
  }

  private func add(
    _ table: [UInt8], _ plane: UnsafeMutablePointer<UInt8>, _ width: Int, _ height: Int,
    key: UInt64
  ) {
    table.withUnsafeBufferPointer { table in
      for row in 0..<height {
        let offset = Int(mix64(key &+ UInt64(row) &+ 1) & UInt64(Self.size - 1))
        let (line, noise) = (plane + row * width, table.baseAddress! + offset)
        for column in 0..<width { line[column] = line[column] &+ noise[column] }
      }
    }
  }
}

extension Picture {
  /// Fills a rectangle, cut to the picture; positions in luma samples.
  func fill(x: Int, y: Int, width: Int, height: Int, _ colour: Colour) {
    func cut(_ start: Int, _ length: Int, _ limit: Int) -> Range<Int> {
      let lower = max(0, min(limit, start))
      return lower..<max(lower, min(limit, start + length))
    }
    let columns = cut(x, width, self.width)
    let rows = cut(y, height, self.height)
    guard !columns.isEmpty && !rows.isEmpty else { return }
    for row in rows {
      for column in columns { self.y[row * self.width + column] = UInt8(colour.y) }
    }
    let half = self.width / 2
    for row in (rows.lowerBound / 2)..<((rows.upperBound + 1) / 2) {
      for column in (columns.lowerBound / 2)..<((columns.upperBound + 1) / 2) {
        u[row * half + column] = UInt8(colour.u)
        v[row * half + column] = UInt8(colour.v)
      }
    }
  }

  /// Puts all planes out of focus.
  func blur(radius: Int) {
    func blur(_ plane: UnsafeMutablePointer<UInt8>, _ width: Int, _ height: Int, _ radius: Int) {
      // A fraction of 4 bits survives the averaging.
      var values = (0..<width * height).map { Int32(plane[$0]) << 4 }
      for _ in 0..<2 { boxBlur(&values, width: width, height: height, radius: radius) }
      for index in values.indices { plane[index] = UInt8((values[index] + 8) >> 4) }
    }
    blur(y, width, height, radius)
    blur(u, width / 2, height / 2, radius / 2)
    blur(v, width / 2, height / 2, radius / 2)
  }

  /// Adds a texture to luma, limited to 24...228.
  func add(_ texture: Texture) {
    for row in 0..<height {
      let values = texture.row(row * 16, 0)
      for column in 0..<width {
        let sum = Int(y[row * width + column]) + Int(values[column % 1280])
        y[row * width + column] = UInt8(max(24, min(228, sum)))
      }
    }
  }
}
