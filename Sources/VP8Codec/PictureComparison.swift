import SimulationKernel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whether two pictures are equal bit for bit over the visible area of all planes.
///
/// Pictures of different sizes are not identical.
public func isIdentical(_ a: PictureView, _ b: PictureView) -> Bool {
  guard a.width == b.width && a.height == b.height else { return false }
  let (width, height) = ((a.width + 1) / 2, (a.height + 1) / 2)
  return isIdentical(a.y, a.lumaStride, b.y, b.lumaStride, a.width, a.height)
    && isIdentical(a.u, a.chromaStride, b.u, b.chromaStride, width, height)
    && isIdentical(a.v, a.chromaStride, b.v, b.chromaStride, width, height)
}

/// The same for a picture that owns its samples, which lives at least until the answer.
public func isIdentical(_ a: PictureView, _ b: Picture) -> Bool {
  withExtendedLifetime(b) { isIdentical(a, b.view) }
}

/// The same for two pictures that own their samples.
public func isIdentical(_ a: Picture, _ b: Picture) -> Bool {
  withExtendedLifetime(a) { isIdentical(a.view, b) }
}

private func isIdentical(
  _ a: UnsafePointer<UInt8>, _ aStride: Int, _ b: UnsafePointer<UInt8>, _ bStride: Int,
  _ width: Int, _ height: Int
) -> Bool {
  for row in 0..<height where memcmp(a + row * aStride, b + row * bStride, width) != 0 {
    return false
  }
  return true
}

/// The sum of the squared differences of all luma samples of two pictures of one size (checked).
public func lumaSquaredError(_ a: PictureView, _ b: PictureView) -> UInt64 {
  precondition(
    a.width == b.width && a.height == b.height,
    "pictures of \(a.width)x\(a.height) and \(b.width)x\(b.height) cannot be compared")
  var total: UInt64 = 0
  for row in 0..<a.height {
    total &+= rowSquaredError(a.y + row * a.lumaStride, b.y + row * b.lumaStride, a.width)
  }
  return total
}

/// The same for a picture that owns its samples, which lives at least until the answer.
public func lumaSquaredError(_ a: PictureView, _ b: Picture) -> UInt64 {
  withExtendedLifetime(b) { lumaSquaredError(a, b.view) }
}

/// The same for two pictures that own their samples.
public func lumaSquaredError(_ a: Picture, _ b: Picture) -> UInt64 {
  withExtendedLifetime(a) { lumaSquaredError(a.view, b) }
}

/// The squared differences of the luma samples that are in no whole block of 4x4: the columns and
/// rows behind the last one.
func lumaSquaredErrorBehindBlocks(_ a: PictureView, _ b: PictureView) -> UInt64 {
  let (left, top) = (a.width / 4 * 4, a.height / 4 * 4)
  var total: UInt64 = 0
  for row in 0..<a.height where row >= top || left < a.width {
    let first = row < top ? left : 0
    total &+= rowSquaredError(
      a.y + row * a.lumaStride + first, b.y + row * b.lumaStride + first, a.width - first)
  }
  return total
}

/// The sums of the squared differences of the chroma samples of two pictures of one size.
func chromaSquaredErrors(_ a: Picture, _ b: Picture) -> (u: UInt64, v: UInt64) {
  withExtendedLifetime((a, b)) {
    let (width, rows) = (a.width / 2, a.height / 2)
    var (u, v) = (UInt64(0), UInt64(0))
    for row in 0..<rows {
      u &+= rowSquaredError(a.u + row * width, b.u + row * width, width)
      v &+= rowSquaredError(a.v + row * width, b.v + row * width, width)
    }
    return (u, v)
  }
}

/// Wrapping arithmetic and 32-bit sums, so that registers hold many: a row has at most 16,383
/// samples (VP8's largest width), each adds at most 255^2, which is below 2^32 in all.
private func rowSquaredError(
  _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ width: Int
) -> UInt64 {
  var sums = SIMD4<Int32>()
  var otherSums = SIMD4<Int32>()
  var column = 0
  while column &+ 16 <= width {
    let difference = eightSamples(a + column) &- eightSamples(b + column)
    let other = eightSamples(a + column + 8) &- eightSamples(b + column + 8)
    sums &+= pairProducts(difference, difference)
    otherSums &+= pairProducts(other, other)
    column &+= 16
  }
  var sum = (sums &+ otherSums).wrappedSum()
  while column < width {
    let difference = Int32(a[column]) &- Int32(b[column])
    sum &+= difference &* difference
    column &+= 1
  }
  return UInt64(UInt32(bitPattern: sum))
}

/// The peak signal-to-noise ratio in dB of 8-bit luma, 10 log10(255^2 * samples / squared error);
/// nil for identical pictures, whose ratio is infinite.
public func lumaPSNR(squaredError: UInt64, width: Int, height: Int) -> Double? {
  guard squaredError > 0 else { return nil }
  return 10 * DeterministicMath.log10(65_025 * Double(width * height) / Double(squaredError))
}
