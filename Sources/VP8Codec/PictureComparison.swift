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

/// The sums of the squared differences of each plane of two pictures of one size (checked).
func planeSquaredErrors(_ a: Picture, _ b: Picture) -> (y: UInt64, u: UInt64, v: UInt64) {
  let y = lumaSquaredError(a, b)
  return withExtendedLifetime((a, b)) {
    let (width, rows) = (a.width / 2, a.height / 2)
    var (u, v) = (UInt64(0), UInt64(0))
    for row in 0..<rows {
      u &+= rowSquaredError(a.u + row * width, b.u + row * width, width)
      v &+= rowSquaredError(a.v + row * width, b.v + row * width, width)
    }
    return (y, u, v)
  }
}

/// Wrapping arithmetic and a 32-bit sum, so that the compiler can vectorize: a row has at most
/// 16,383 samples (VP8's largest width), each adds at most 255^2, which is below 2^32 in all.
private func rowSquaredError(
  _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ width: Int
) -> UInt64 {
  var sum: Int32 = 0
  for column in 0..<width {
    let difference = Int16(a[column]) &- Int16(b[column])
    sum &+= Int32(difference) &* Int32(difference)
  }
  return UInt64(UInt32(bitPattern: sum))
}

/// The peak signal-to-noise ratio in dB of 8-bit luma, 10 log10(255^2 * samples / squared error);
/// nil for identical pictures, whose ratio is infinite.
public func lumaPSNR(squaredError: UInt64, width: Int, height: Int) -> Double? {
  guard squaredError > 0 else { return nil }
  return 10 * DeterministicMath.log10(65_025 * Double(width * height) / Double(squaredError))
}
