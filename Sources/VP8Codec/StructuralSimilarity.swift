/// The structural similarity of the luma of two pictures of one size, 1 for identical ones; the mean
/// over windows of 8x8 samples, four apart in both directions.
///
/// Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, "Image Quality Assessment: From Error
/// Visibility to Structural Similarity", IEEE Transactions on Image Processing 13(4), 2004, with K1
/// 0.01, K2 0.03 and L 255. As libvpx, x264 and ffmpeg do, the windows are square instead of
/// Gaussian, and they are put together from sums over blocks of 4x4. Variances are those of all 64
/// samples, as in libvpx. Rows and columns behind the last whole block count nowhere.
///
/// Of a picture that is narrower or lower than 8 samples, the windows are as wide or as high as it is.
///
/// All sums are whole numbers; the rest is additions, multiplications and divisions in a fixed order,
/// so that the result is the same on every machine.
///
/// - Parameters: pictures of one size (checked).
public func lumaSSIM(_ a: PictureView, _ b: PictureView) -> Double {
  compareLuma(a, b).similarity
}

/// The same for two pictures that own their samples.
public func lumaSSIM(_ a: Picture, _ b: Picture) -> Double {
  withExtendedLifetime((a, b)) { lumaSSIM(a.view, b.view) }
}

/// What one pass over the luma of two pictures tells.
struct LumaComparison {
  /// The sum of the squared differences of all samples.
  var squaredError: UInt64
  /// As `lumaSSIM`.
  var similarity: Double
}

/// The squared error and the structural similarity of two pictures of one size (checked): the sums
/// over blocks that the similarity needs have the squared differences among them.
func compareLuma(_ a: PictureView, _ b: PictureView) -> LumaComparison {
  precondition(
    a.width == b.width && a.height == b.height,
    "pictures of \(a.width)x\(a.height) and \(b.width)x\(b.height) cannot be compared")
  guard a.width >= 8, a.height >= 8 else {
    return LumaComparison(squaredError: lumaSquaredError(a, b), similarity: smallSSIM(a, b))
  }
  let columns = a.width / 4
  let rows = a.height / 4
  return withUnsafeTemporaryAllocation(of: Int32.self, capacity: 8 * columns) { memory in
    var above = BlockSums(memory.baseAddress!, columns: columns)
    var below = BlockSums(memory.baseAddress! + 4 * columns, columns: columns)
    var squaredError = lumaSquaredErrorBehindBlocks(a, b)
    var total = 0.0
    for row in 0..<rows {
      swap(&above, &below)
      squaredError &+= below.fill(
        a.y + 4 * row * a.lumaStride, a.lumaStride, b.y + 4 * row * b.lumaStride, b.lumaStride)
      if row > 0 { total += windows(above, below) }
    }
    return LumaComparison(
      squaredError: squaredError, similarity: total / Double((columns - 1) * (rows - 1)))
  }
}

/// The mean over windows that do not reach 8 samples in one direction or in both.
private func smallSSIM(_ a: PictureView, _ b: PictureView) -> Double {
  let (width, height) = (min(a.width, 8), min(a.height, 8))
  var total = 0.0
  var count = 0.0
  for top in stride(from: 0, through: a.height - height, by: 4) {
    for left in stride(from: 0, through: a.width - width, by: 4) {
      total += smallWindow(
        a.y + top * a.lumaStride + left, a.lumaStride, b.y + top * b.lumaStride + left,
        b.lumaStride, width: width, height: height)
      count += 1
    }
  }
  return total / count
}

/// One window's similarity; the sums are as those of 8x8.
private func smallWindow(
  _ first: UnsafePointer<UInt8>, _ firstStride: Int, _ second: UnsafePointer<UInt8>,
  _ secondStride: Int, width: Int, height: Int
) -> Double {
  var (a, b, squares, product) = (0, 0, 0, 0)
  for row in 0..<height {
    for column in 0..<width {
      let x = Int(first[row * firstStride + column])
      let y = Int(second[row * secondStride + column])
      a += x
      b += y
      squares += x * x + y * y
      product += x * y
    }
  }
  let samples = width * height
  let scale = Double(samples * samples)
  let covariance = 2 * (samples * product - a * b)
  let variance = samples * squares - a * a - b * b
  return (Double(2 * a * b) + scale * c1) * (Double(covariance) + scale * c2)
    / ((Double(a * a + b * b) + scale * c1) * (Double(variance) + scale * c2))
}

/// The sum of the similarities of all windows that two rows of blocks hold.
private func windows(_ above: BlockSums, _ below: BlockSums) -> Double {
  let count = above.columns - 1
  var sums = SIMD4<Double>()
  var column = 0
  while column + 4 <= count {
    @inline(__always)
    func window(
      _ above: UnsafeMutablePointer<Int32>, _ below: UnsafeMutablePointer<Int32>
    ) -> SIMD4<Int32> {
      four(above + column) &+ four(above + column + 1) &+ four(below + column)
        &+ four(below + column + 1)
    }
    let a = window(above.a, below.a)
    let b = window(above.b, below.b)
    let error = window(above.error, below.error)
    let product = window(above.product, below.product)
    // Each below 2^30: 64 samples of at most 255, so 64 * 64 * 255^2 at most, doubled.
    let means = 2 &* (a &* b)
    let squares = a &* a &+ b &* b
    let covariance = 2 &* (64 &* product &- a &* b)
    let variance = 64 &* (error &+ 2 &* product) &- squares
    let above = (SIMD4<Double>(means) + luminance) * (SIMD4<Double>(covariance) + contrast)
    let below = (SIMD4<Double>(squares) + luminance) * (SIMD4<Double>(variance) + contrast)
    sums += above / below
    column += 4
  }
  var total = sums[0] + sums[1] + sums[2] + sums[3]
  while column < count {
    func window(
      _ above: UnsafeMutablePointer<Int32>, _ below: UnsafeMutablePointer<Int32>
    ) -> Int32 { above[column] &+ above[column + 1] &+ below[column] &+ below[column + 1] }
    let a = window(above.a, below.a)
    let b = window(above.b, below.b)
    let error = window(above.error, below.error)
    let product = window(above.product, below.product)
    let squares = a &* a &+ b &* b
    let covariance = 2 &* (64 &* product &- a &* b)
    let variance = 64 &* (error &+ 2 &* product) &- squares
    total +=
      (Double(2 &* a &* b) + luminance) * (Double(covariance) + contrast)
      / ((Double(squares) + luminance) * (Double(variance) + contrast))
    column += 1
  }
  return total
}

@inline(__always)
private func four(_ place: UnsafeMutablePointer<Int32>) -> SIMD4<Int32> {
  UnsafeRawPointer(place).loadUnaligned(as: SIMD4<Int32>.self)
}

/// (0.01 * 255)^2 and (0.03 * 255)^2.
private let c1 = 6.5025
private let c2 = 58.5225
/// The same on the scale of sums over 64 samples, squared.
private let luminance = 4_096 * c1
private let contrast = 4_096 * c2
