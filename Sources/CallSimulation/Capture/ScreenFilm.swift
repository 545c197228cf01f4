import Results
import VP8Codec

/// Keeps what was on screen when some frames of a call were due.
public final class ScreenFilm {
  public struct Shot {
    public let picture: Picture
    public let shown: FrameRecord.Shown
  }

  /// Of which frames.
  public let frames: Range<Int>
  private var shots: [Shot?]

  public init(frames: Range<Int>) {
    self.frames = frames
    shots = Array(repeating: nil, count: frames.count)
  }

  /// nil where the frame never was due.
  public subscript(frame: Int) -> Shot? {
    frames.contains(frame) ? shots[frame - frames.lowerBound] : nil
  }

  /// Frame `index` is due, and this is on screen; nil is nothing yet.
  func due(_ index: Int, _ picture: Picture?, _ shown: FrameRecord.Shown, width: Int, height: Int) {
    guard frames.contains(index) else { return }
    let copy = Picture(width: width, height: height)
    if let picture { copy.copy(from: picture) }
    shots[index - frames.lowerBound] = Shot(picture: copy, shown: shown)
  }
}
