import MediaSession
import VP8Codec

/// The encoder's reconstructions of the frames under way: what the oracle compares with.
struct ReconstructionRing {
  private var pictures: [Picture]
  private var numbers: [PictureNumber]

  init(capacity: Int, width: Int, height: Int) {
    pictures = (0..<capacity).map { _ in Picture(width: width, height: height) }
    numbers = [PictureNumber](repeating: -1, count: capacity)
  }

  /// Keeps a reconstruction in place of the oldest. `shown`, the picture on screen, is never
  /// written over: it may be wanted for as long as the screen stays frozen.
  mutating func keep(_ number: PictureNumber, _ view: PictureView, shown: Picture?) -> Picture {
    let slot = Int(number % Int64(pictures.count))
    if pictures[slot] === shown {
      pictures[slot] = Picture(width: view.width, height: view.height)
    }
    pictures[slot].copy(from: view)
    numbers[slot] = number
    return pictures[slot]
  }

  /// The reconstruction of a picture that is still under way (checked).
  subscript(number: PictureNumber) -> Picture {
    let slot = Int(number % Int64(pictures.count))
    precondition(numbers[slot] == number, "the reconstruction of picture \(number) is gone")
    return pictures[slot]
  }
}
