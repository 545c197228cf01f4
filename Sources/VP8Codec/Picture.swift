/// An 8-bit 4:2:0 picture that owns its samples: one buffer, the planes Y, U, V tightly packed.
public final class Picture {
  /// Luma samples a row and rows; even and positive.
  public let width: Int
  public let height: Int
  /// The Y plane, then U, then V, row by row: the order in which Y4M has them.
  public let samples: UnsafeMutableBufferPointer<UInt8>

  /// A black picture.
  ///
  /// - Parameters: width and height are even and positive (checked).
  public init(width: Int, height: Int) {
    precondition(
      width > 0 && height > 0 && width % 2 == 0 && height % 2 == 0,
      "4:2:0 pictures have even sizes, not \(width)x\(height)")
    self.width = width
    self.height = height
    let luma = width * height
    let storage = UnsafeMutableRawPointer.allocate(byteCount: luma * 3 / 2, alignment: 64)
    samples = UnsafeMutableBufferPointer(
      start: storage.bindMemory(to: UInt8.self, capacity: luma * 3 / 2), count: luma * 3 / 2)
    // Black with limited range (ITU-R BT.601: 16 is black, 128 is no colour).
    samples[0..<luma].update(repeating: 16)
    samples[luma...].update(repeating: 128)
  }

  deinit {
    UnsafeMutableRawPointer(samples.baseAddress!).deallocate()
  }

  /// Octets of samples.
  public var octetCount: Int { samples.count }

  /// The first sample of each plane.
  public var y: UnsafeMutablePointer<UInt8> { samples.baseAddress! }
  public var u: UnsafeMutablePointer<UInt8> { y + width * height }
  public var v: UnsafeMutablePointer<UInt8> { y + width * height * 5 / 4 }

  /// The picture as a view; valid as long as the picture lives, which the view does not prolong:
  /// do not take the view of a picture that nobody holds.
  public var view: PictureView {
    PictureView(
      width: width, height: height, y: y, u: u, v: v, lumaStride: width, chromaStride: width / 2)
  }

  /// Takes over the samples of a picture of the same size (checked).
  public func copy(from source: Picture) {
    withExtendedLifetime(source) { copy(from: source.view) }
  }

  /// Takes over the samples of a picture of the same size (checked).
  public func copy(from source: PictureView) {
    precondition(
      source.width == width && source.height == height,
      "a picture of \(source.width)x\(source.height) does not fit one of \(width)x\(height)")
    copyPlane(from: source.y, stride: source.lumaStride, to: y, width: width, height: height)
    copyPlane(
      from: source.u, stride: source.chromaStride, to: u, width: width / 2, height: height / 2)
    copyPlane(
      from: source.v, stride: source.chromaStride, to: v, width: width / 2, height: height / 2)
  }

  private func copyPlane(
    from source: UnsafePointer<UInt8>, stride: Int, to destination: UnsafeMutablePointer<UInt8>,
    width: Int, height: Int
  ) {
    for row in 0..<height {
      (destination + row * width).update(from: source + row * stride, count: width)
    }
  }
}

/// An 8-bit 4:2:0 picture in someone else's memory, seldom tightly packed.
///
/// A view that a codec returned is valid until that codec's next call; copy it into a `Picture` to
/// keep it.
public struct PictureView {
  /// Luma samples a row and rows of the visible area.
  public let width: Int
  public let height: Int
  /// The first visible sample of each plane.
  public let y: UnsafePointer<UInt8>
  public let u: UnsafePointer<UInt8>
  public let v: UnsafePointer<UInt8>
  /// Octets from one row to the next.
  public let lumaStride: Int
  public let chromaStride: Int

  /// - Parameters: strides are at least the width of their plane.
  public init(
    width: Int, height: Int, y: UnsafePointer<UInt8>, u: UnsafePointer<UInt8>,
    v: UnsafePointer<UInt8>, lumaStride: Int, chromaStride: Int
  ) {
    self.width = width
    self.height = height
    self.y = y
    self.u = u
    self.v = v
    self.lumaStride = lumaStride
    self.chromaStride = chromaStride
  }
}
