/// Frames between the depacketizer and the decoder, as mediastreamer2's decoder thread has them.
///
/// A frame is looked at twice. When its packets come it is found whole or damaged; a damaged one is
/// reported then, and the wait for a repair begins. When its turn comes it is decoded, or dropped; at
/// a dropped one the thread stops until the next packets come. So a frame that takes the one behind it
/// along (its last packet was lost) leaves one in the queue, and until one is decoded each frame's turn
/// comes with the packets of a later one. The repair's turn then comes when damage behind it has been found
/// already, ends the wait, and that damage is forgotten: the picture drifts, and the receiver believes
/// itself repaired. Read in mediastreamer2's `vp8.c` and `vp8rtpfmt.c`.
public struct DecoderQueue: Sendable {
  public enum Frame: Equatable, Sendable {
    case whole(PictureNumber)
    case damaged
  }

  /// Frames that may wait: mediastreamer2 has no limit, the simulator's memory has one. Where more do,
  /// the decoder does not stop at those it drops.
  public static let capacity = 16

  private var frames: [Frame] = []
  private var hasNews = false

  public init() {}

  /// The oldest picture that waits to be decoded.
  public var oldest: PictureNumber? {
    for case .whole(let picture) in frames { return picture }
    return nil
  }

  public var isOverfull: Bool { frames.count > Self.capacity }

  /// The packets of the next frame have come.
  public mutating func append(_ frame: Frame) {
    frames.append(frame)
    hasNews = true
  }

  /// Whether packets have come since it was asked last.
  public mutating func takeNews() -> Bool {
    defer { hasNews = false }
    return hasNews
  }

  public mutating func removeFirst() -> Frame? {
    frames.isEmpty ? nil : frames.removeFirst()
  }
}
