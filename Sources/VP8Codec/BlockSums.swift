/// What a row of 4x4 blocks adds up to: both pictures' samples, the squares of their differences and
/// their products. The squares of both together are the differences' squares and twice the products.
struct BlockSums {
  let columns: Int
  let a: UnsafeMutablePointer<Int32>
  let b: UnsafeMutablePointer<Int32>
  let error: UnsafeMutablePointer<Int32>
  let product: UnsafeMutablePointer<Int32>

  /// - Parameter memory: room for four sums a block, which outlives this.
  init(_ memory: UnsafeMutablePointer<Int32>, columns: Int) {
    self.columns = columns
    a = memory
    b = memory + columns
    error = memory + 2 * columns
    product = memory + 3 * columns
  }

  /// Adds up a row of blocks.
  ///
  /// - Parameters: the first sample of the blocks' first row in either picture.
  /// - Returns: the squared differences of the whole row.
  func fill(
    _ first: UnsafePointer<UInt8>, _ firstStride: Int, _ second: UnsafePointer<UInt8>,
    _ secondStride: Int
  ) -> UInt64 {
    // A lane holds at most every fourth block of 16383 samples, each of 16 * 255^2: below 2^31.
    var errors = SIMD4<Int32>()
    var column = 0
    while column &+ 4 <= columns {
      errors &+= fillFour(
        column, first + 4 &* column, firstStride, second + 4 &* column, secondStride)
      column &+= 4
    }
    var total = UInt64(SIMD4<UInt32>(truncatingIfNeeded: errors).wrappedSum())
    while column < columns {
      total &+= fillOne(
        column, first + 4 &* column, firstStride, second + 4 &* column, secondStride)
      column &+= 1
    }
    return total
  }

  /// Four blocks at a time, and their squared differences.
  @inline(__always)
  private func fillFour(
    _ column: Int, _ first: UnsafePointer<UInt8>, _ firstStride: Int,
    _ second: UnsafePointer<UInt8>, _ secondStride: Int
  ) -> SIMD4<Int32> {
    let left = PairSums(first, firstStride, second, secondStride)
    let right = PairSums(first + 8, firstStride, second + 8, secondStride)
    let errors = pairSums(left.error, right.error)
    store(pairSums(left.a, right.a), in: a + column)
    store(pairSums(left.b, right.b), in: b + column)
    store(errors, in: error + column)
    store(pairSums(left.product, right.product), in: product + column)
    return errors
  }

  @inline(__always)
  private func store(_ sums: SIMD4<Int32>, in place: UnsafeMutablePointer<Int32>) {
    UnsafeMutableRawPointer(place).storeBytes(of: sums, as: SIMD4<Int32>.self)
  }

  private func fillOne(
    _ column: Int, _ first: UnsafePointer<UInt8>, _ firstStride: Int,
    _ second: UnsafePointer<UInt8>, _ secondStride: Int
  ) -> UInt64 {
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
    return UInt64(errors)
  }
}

/// The sums over two blocks of 4x4 beside each other, each still in two: of columns 0 and 1, and of
/// columns 2 and 3.
private struct PairSums {
  var a: SIMD4<Int32>
  var b: SIMD4<Int32>
  var error = SIMD4<Int32>()
  var product = SIMD4<Int32>()

  @inline(__always)
  init(
    _ first: UnsafePointer<UInt8>, _ firstStride: Int, _ second: UnsafePointer<UInt8>,
    _ secondStride: Int
  ) {
    var sums = SIMD8<Int16>()
    var otherSums = SIMD8<Int16>()
    var (first, second) = (first, second)
    for _ in 0..<4 {
      let x = eightSamples(first)
      let y = eightSamples(second)
      sums &+= x
      otherSums &+= y
      let difference = x &- y
      error &+= pairProducts(difference, difference)
      product &+= pairProducts(x, y)
      first += firstStride
      second += secondStride
    }
    let ones = SIMD8<Int16>(repeating: 1)
    a = pairProducts(sums, ones)
    b = pairProducts(otherSums, ones)
  }
}
