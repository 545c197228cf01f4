/// The structural similarity of the luma of two pictures of one size, 1 for identical ones; the mean
/// over windows of 8x8 samples, four apart in both directions.
///
/// Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, "Image Quality Assessment: From Error
/// Visibility to Structural Similarity", IEEE Transactions on Image Processing 13(4), 2004, with K1
/// 0.01, K2 0.03 and L 255. As libvpx, x264 and ffmpeg do, the windows are square instead of
/// Gaussian, and they are put together from sums over blocks of 4x4. Variances are those of all 64
/// samples, as in libvpx. Rows and columns behind the last whole block count nowhere.
///
/// A picture of less than 8 samples in a direction has windows of all its samples there, so that 64x4
/// has windows of 8x4 and 6x6 a single one; libvpx and ffmpeg have no value for either.
///
/// All sums are whole numbers; the rest is additions, multiplications and divisions in a fixed order,
/// so that the result is the same on every machine.
///
/// - Parameters: pictures of one size of at least a sample (checked).
public func lumaSSIM(_ a: PictureView, _ b: PictureView) -> Double {
  precondition(
    a.width == b.width && a.height == b.height,
    "pictures of \(a.width)x\(a.height) and \(b.width)x\(b.height) cannot be compared")
  guard a.width >= 8 && a.height >= 8 else { return smallLumaSSIM(a, b) }
  let columns = a.width / 4
  let rows = a.height / 4
  return withUnsafeTemporaryAllocation(of: Int32.self, capacity: 8 * columns) { memory in
    var above = BlockSums(memory.baseAddress!, columns: columns)
    var below = BlockSums(memory.baseAddress! + 4 * columns, columns: columns)
    var total = 0.0
    for row in 0..<rows {
      swap(&above, &below)
      below.fill(
        a.y + 4 * row * a.lumaStride, a.lumaStride, b.y + 4 * row * b.lumaStride, b.lumaStride)
      if row > 0 { total += windows(above, below) }
    }
    return total / Double((columns - 1) * (rows - 1))
  }
}

/// The same for two pictures that own their samples.
public func lumaSSIM(_ a: Picture, _ b: Picture) -> Double {
  withExtendedLifetime((a, b)) { lumaSSIM(a.view, b.view) }
}

/// The same for pictures of less than 8 samples in a direction, which no loop over blocks fits.
private func smallLumaSSIM(_ a: PictureView, _ b: PictureView) -> Double {
  let (width, height) = (min(8, a.width), min(8, a.height))
  precondition(width > 0 && height > 0, "a picture of \(a.width)x\(a.height) has no samples")
  let tops = stride(from: 0, through: a.height - height, by: 4)
  let lefts = stride(from: 0, through: a.width - width, by: 4)
  var total = 0.0
  var count = 0.0
  for top in tops {
    for left in lefts {
      total += windowSSIM(a, b, left: left, top: top, width: width, height: height)
      count += 1
    }
  }
  return total / count
}

private func windowSSIM(
  _ a: PictureView, _ b: PictureView, left: Int, top: Int, width: Int, height: Int
) -> Double {
  var (sum, otherSum, squares, product) = (0, 0, 0, 0)
  for row in top..<top + height {
    for column in left..<left + width {
      let x = Int(a.y[row * a.lumaStride + column])
      let y = Int(b.y[row * b.lumaStride + column])
      sum += x
      otherSum += y
      squares += x * x + y * y
      product += x * y
    }
  }
  let samples = width * height
  let squaredMeans = sum * sum + otherSum * otherSum
  // C1 and C2 on the scale of sums, as below.
  let scale = Double(samples * samples)
  let (luminance, contrast) = (scale * 6.5025, scale * 58.5225)
  return (Double(2 * sum * otherSum) + luminance)
    * (Double(2 * (samples * product - sum * otherSum)) + contrast)
    / ((Double(squaredMeans) + luminance)
      * (Double(samples * squares - squaredMeans) + contrast))
}

/// What a row of 4x4 blocks adds up to: both pictures' samples, the squares of their differences and
/// their products. The squares of both together are the differences' squares and twice the products.
private struct BlockSums {
  let columns: Int
  let a: UnsafeMutablePointer<Int32>
  let b: UnsafeMutablePointer<Int32>
  let error: UnsafeMutablePointer<Int32>
  let product: UnsafeMutablePointer<Int32>

  init(_ memory: UnsafeMutablePointer<Int32>, columns: Int) {
    self.columns = columns
    a = memory
    b = memory + columns
    error = memory + 2 * columns
    product = memory + 3 * columns
  }

  /// - Parameters: the first sample of the blocks' first row in either picture.
  func fill(
    _ first: UnsafePointer<UInt8>, _ firstStride: Int, _ second: UnsafePointer<UInt8>,
    _ secondStride: Int
  ) {
    var column = 0
    while column + 2 <= columns {
      fillTwo(column, first + 4 * column, firstStride, second + 4 * column, secondStride)
      column += 2
    }
    if column < columns {
      fillOne(column, first + 4 * column, firstStride, second + 4 * column, secondStride)
    }
  }

  /// Two blocks at a time: eight samples fill a register of 16-bit lanes, and a square or a product
  /// of samples, at most 255^2, still fits such a lane.
  private func fillTwo(
    _ column: Int, _ first: UnsafePointer<UInt8>, _ firstStride: Int,
    _ second: UnsafePointer<UInt8>, _ secondStride: Int
  ) {
    var sums = SIMD8<UInt16>()
    var otherSums = SIMD8<UInt16>()
    var errors = SIMD8<UInt32>()
    var products = SIMD8<UInt32>()
    for row in 0..<4 {
      let x = samples(first + row * firstStride)
      let y = samples(second + row * secondStride)
      sums &+= x
      otherSums &+= y
      let difference = x &- y
      errors &+= SIMD8<UInt32>(truncatingIfNeeded: difference &* difference)
      products &+= SIMD8<UInt32>(truncatingIfNeeded: x &* y)
    }
    store(halves(SIMD8<UInt32>(truncatingIfNeeded: sums)), in: a + column)
    store(halves(SIMD8<UInt32>(truncatingIfNeeded: otherSums)), in: b + column)
    store(halves(errors), in: error + column)
    store(halves(products), in: product + column)
  }

  @inline(__always)
  private func samples(_ pointer: UnsafePointer<UInt8>) -> SIMD8<UInt16> {
    SIMD8<UInt16>(
      truncatingIfNeeded: UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<UInt8>.self))
  }

  /// The sums of the first and of the last four lanes.
  @inline(__always)
  private func halves(_ lanes: SIMD8<UInt32>) -> SIMD2<UInt32> {
    let pairs = lanes.evenHalf &+ lanes.oddHalf
    return pairs.evenHalf &+ pairs.oddHalf
  }

  @inline(__always)
  private func store(_ pair: SIMD2<UInt32>, in place: UnsafeMutablePointer<Int32>) {
    place[0] = Int32(truncatingIfNeeded: pair[0])
    place[1] = Int32(truncatingIfNeeded: pair[1])
  }

  private func fillOne(
    _ column: Int, _ first: UnsafePointer<UInt8>, _ firstStride: Int,
    _ second: UnsafePointer<UInt8>, _ secondStride: Int
  ) {
    var (sum, otherSum, errors, products) = (Int32(0), Int32(0), Int32(0), Int32(0))
    for row in 0..<4 {
      for offset in 0..<4 {
        let x = Int32(first[row * firstStride + offset])
        let y = Int32(second[row * secondStride + offset])
        sum &+= x
        otherSum &+= y
        errors &+= (x &- y) &* (x &- y)
        products &+= x &* y
      }
    }
    (a[column], b[column], error[column], product[column]) = (sum, otherSum, errors, products)
  }
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

/// C1 = (0.01 * 255)^2 and C2 = (0.03 * 255)^2 on the scale of sums over 64 samples, squared.
private let luminance = 4_096 * 6.5025
private let contrast = 4_096 * 58.5225
