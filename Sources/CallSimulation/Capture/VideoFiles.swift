import Results
import VP8Codec
import WireFormats

/// Writes every frame that was encoded into an IVF file, whatever became of it on its way.
///
/// A frame's time is its number in the clip: frames that the rate control drops leave gaps.
final class SentVideo {
  private let file: GrowingFile
  private var header: IVFHeader

  /// - Throws: `OutputError` where the file cannot be made.
  init(path: String, clip: Clip) throws {
    file = try GrowingFile(path: path)
    header = IVFHeader(
      width: clip.width, height: clip.height, timeRate: UInt32(clip.frameRate.numerator),
      timeScale: UInt32(clip.frameRate.denominator))
    header.octets().withUnsafeBytes { file.write($0) }
  }

  func encoded(_ octets: UnsafeRawBufferPointer, index: Int) {
    IVFFrameHeader(frameByteCount: UInt32(octets.count), time: UInt64(index)).octets()
      .withUnsafeBytes { file.write($0) }
    file.write(octets)
    header.frameCount += 1
  }

  /// - Throws: `OutputError` for the first thing that went wrong.
  func commit() throws {
    header.octets().withUnsafeBytes { file.overwrite($0, at: 0) }
    try file.commit()
  }
}

/// Writes what is on screen when each frame is due into a Y4M file: its picture n is what the
/// viewer saw in place of frame n.
final class ShownVideo {
  private let file: GrowingFile
  private let latest: Picture
  private var count = 0

  /// - Throws: `OutputError` where the file cannot be made.
  init(path: String, clip: Clip) throws {
    file = try GrowingFile(path: path)
    // Black until something is shown.
    latest = Picture(width: clip.width, height: clip.height)
    Y4MHeader(
      width: clip.width, height: clip.height,
      frameRate: Y4MHeader.Ratio(clip.frameRate.numerator, clip.frameRate.denominator)
    ).octets().withUnsafeBytes { file.write($0) }
  }

  /// Frame `index` is due, and this is on screen; nil is nothing yet.
  func due(_ index: Int, _ picture: Picture?) {
    // A frame whose time had passed before the first packet came was never due.
    while count < index { write(latest) }
    if let picture { latest.copy(from: picture) }
    write(latest)
  }

  private func write(_ picture: Picture) {
    Y4MFrameHeader().octets().withUnsafeBytes { file.write($0) }
    file.write(UnsafeRawBufferPointer(picture.samples))
    count += 1
  }

  /// - Throws: `OutputError` for the first thing that went wrong.
  func commit() throws {
    try file.commit()
  }
}
