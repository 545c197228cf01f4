/// A colour in limited-range Y, U, V.
struct Colour {
  var y: Int32
  var u: Int32
  var v: Int32

  init(_ y: Int32, _ u: Int32, _ v: Int32) {
    self.y = y
    self.u = u
    self.v = v
  }
}

/// An ellipse with an anti-aliased edge; positions and radii in 1/16 luma sample.
struct SoftEllipse {
  var x: Int
  var y: Int
  var radiusX: Int
  var radiusY: Int
  var colour: Colour
  /// How much brighter the right and the lower end are than the middle.
  var shadeX: Int32 = 0
  var shadeY: Int32 = 0
  /// 1 is a sharp edge; higher values blur it.
  var softness = 1
  /// 0...256, of the whole.
  var opacity: Int32 = 256
  /// Draw only above this row, in luma samples.
  var bottom = Int.max

  /// Draws the ellipse over a picture; what lies outside is cut off.
  func draw(on picture: Picture, texture: Texture? = nil) {
    guard radiusX > 0 && radiusY > 0 else { return }
    drawLuma(picture, texture)
    drawChroma(picture)
  }

  /// Rows or columns of a plane with samples of `size` sixteenths that the ellipse may touch.
  private func span(_ centre: Int, _ radius: Int, _ size: Int, _ limit: Int) -> Range<Int> {
    let reach = radius + radius * softness / 16 + 2 * size
    let lower = min(limit, max(0, (centre - reach) / size))
    return lower..<max(lower, min(limit, (centre + reach) / size + 1))
  }

  /// Coverage 0...256 of a sample at a distance given by squares that are 2^24 on the edge.
  ///
  /// At the edge the scaled square grows by 8192 / radius for each sample, hence the slope. It is at
  /// least 16, with which the coverage is 0 at twice the square.
  @inline(__always)
  private static func coverage(_ square: Int32, _ slope: Int32, _ opacity: Int32) -> Int32 {
    let distance = max(4096 &- (square >> 12), -4096)
    return (max(0, min(256, ((distance &* slope) >> 9) &+ 128)) &* opacity) >> 8
  }

  private func drawLuma(_ picture: Picture, _ texture: Texture?) {
    let columns = span(x, radiusX, 16, picture.width)
    let slope = Int32(max(16, min(radiusX, radiusY) / softness))
    let inverseX = Int32((4096 << 8) / radiusX)
    let inverseY = Int32((4096 << 8) / radiusY)
    for row in span(y, radiusY, 16, min(picture.height, max(0, bottom))) {
      let line = picture.y + row * picture.width
      let ny = (Int32(row * 16 + 8 - y) &* inverseY) >> 8
      let base = colour.y &+ ((ny &* shadeY) >> 12)
      let grain = texture.map { $0.row(row * 16 - y, -x) }
      for column in columns {
        let nx = (Int32(truncatingIfNeeded: column &* 16 &+ 8 &- x) &* inverseX) >> 8
        let part = Self.coverage(nx &* nx &+ ny &* ny, slope, opacity)
        var ink = base &+ ((nx &* shadeX) >> 12)
        if let grain { ink = ink &+ Int32(grain[column]) }
        let old = Int32(line[column])
        line[column] = UInt8(truncatingIfNeeded: old &+ (((ink &- old) &* part) >> 8))
      }
    }
  }

  private func drawChroma(_ picture: Picture) {
    let width = picture.width / 2
    let columns = span(x, radiusX, 32, width)
    let slope = Int32(max(16, min(radiusX, radiusY) / (2 * softness)))
    let inverseX = Int32((4096 << 8) / radiusX)
    let inverseY = Int32((4096 << 8) / radiusY)
    for row in span(y, radiusY, 32, min(picture.height, max(0, bottom)) / 2) {
      let (u, v) = (picture.u + row * width, picture.v + row * width)
      let ny = (Int32(row * 32 + 16 - y) &* inverseY) >> 8
      for column in columns {
        let nx = (Int32(truncatingIfNeeded: column &* 32 &+ 16 &- x) &* inverseX) >> 8
        let part = Self.coverage(nx &* nx &+ ny &* ny, slope, opacity)
        let (oldU, oldV) = (Int32(u[column]), Int32(v[column]))
        u[column] = UInt8(truncatingIfNeeded: oldU &+ (((colour.u &- oldU) &* part) >> 8))
        v[column] = UInt8(truncatingIfNeeded: oldV &+ (((colour.v &- oldV) &* part) >> 8))
      }
    }
  }
}
