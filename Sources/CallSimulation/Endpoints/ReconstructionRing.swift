import MediaSession
import VP8Codec

/// The encoder's reconstructions of the frames under way: what the oracle compares with.
///
/// They stay until the receiver is past them, and at most `capacity` stay: what is older then is
/// lost for good, and nobody will ask for it.
struct ReconstructionRing {
  /// Pictures with numbers in a row, the oldest first.
  private var kept: [Picture] = []
  private var oldest: PictureNumber = 0
  /// Memory that can be written over.
  private var spare: [Picture] = []
  private let capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
  }

  /// Keeps a reconstruction, behind that of the picture before it (checked).
  ///
  /// - Parameters:
  ///   - unwanted: older pictures than this are not asked for any more; nil where that is not known.
  ///   - shown: the picture on screen. It is never written over: it may be wanted for as long as
  ///     the screen stays frozen.
  mutating func keep(
    _ number: PictureNumber, _ view: PictureView, unwanted: PictureNumber?, shown: Picture?
  ) -> Picture {
    if kept.isEmpty { oldest = number }
    precondition(number == oldest + Int64(kept.count), "picture \(number) is not the next one")
    let passed = unwanted.map { Int(max(0, min($0 - oldest, Int64(kept.count)))) } ?? 0
    release(max(passed, kept.count + 1 - capacity), shown: shown)
    let picture = spare.popLast() ?? Picture(width: view.width, height: view.height)
    picture.copy(from: view)
    kept.append(picture)
    return picture
  }

  private mutating func release(_ count: Int, shown: Picture?) {
    for picture in kept.prefix(count) where picture !== shown { spare.append(picture) }
    kept.removeFirst(count)
    oldest += Int64(count)
  }

  /// The reconstruction of a picture that is still under way (checked).
  subscript(number: PictureNumber) -> Picture {
    precondition(
      number >= oldest && number < oldest + Int64(kept.count),
      "the reconstruction of picture \(number) is gone")
    return kept[Int(number - oldest)]
  }
}
