import MediaSession
import Results
import SimulationKernel
import VP8Codec
import WireFormats

/// What is noted of one captured frame; becomes a row of frames.csv.
struct FrameEntry {
  /// nil: the encoder's rate control dropped the frame.
  var picture: PictureNumber?
  var captured: SimTime
  var plan: FramePlan
  var octets = 0
  var packets = 0
  var packetsLost = 0
  /// What it lacked when its time to be shown came, where it was given up.
  var damage: FrameDamage?
  /// It counts as lost though the network lost nothing of it: what was missing came too late.
  var isLate = false
  var quantizer = 0
  /// Of the encoder's reconstruction and of what was on screen, against the source.
  var encodedQuality: PictureQuality?
  var shownQuality: PictureQuality?
  var arrived: SimTime?
  /// The request for which its last missing packet was sent again; nil where none was needed.
  var completedBy: RequestIdentifier?
  /// What the decoder reported of it.
  var used: VP8References?
  var updated: VP8References?
  var displayed: SimTime?
  /// When the frame was due on screen, and what was there.
  var due: SimTime?
  var shown = FrameRecord.Shown.pending
  var onScreen: Int?
  var shownAgainstReconstructionPSNR: Double?

  var kind: FrameRecord.Kind {
    guard picture != nil else { return .dropped }
    if plan.isKey { return .key }
    switch plan.allowed {
    case .golden: return .golden
    case .altref: return .altref
    case [.golden, .altref]: return .goldenAltref
    default: return .last
    }
  }
}

/// All frames of a call, by capture index, and the way from picture numbers to them.
struct FrameLog {
  private(set) var entries: [FrameEntry] = []
  private var indexOfPicture: [Int] = []
  let firstPicture: PictureNumber

  init(firstPicture: PictureNumber, capacity: Int) {
    self.firstPicture = firstPicture
    entries.reserveCapacity(capacity)
    indexOfPicture.reserveCapacity(capacity)
  }

  mutating func add(_ entry: FrameEntry) {
    if let picture = entry.picture {
      precondition(picture == firstPicture + Int64(indexOfPicture.count))
      indexOfPicture.append(entries.count)
    }
    entries.append(entry)
  }

  subscript(index: Int) -> FrameEntry {
    get { entries[index] }
    _modify { yield &entries[index] }
  }

  /// How many packets the network has lost of a picture; nil where there is no such picture.
  func packetsLost(of picture: PictureNumber) -> Int? {
    let place = Int(picture - firstPicture)
    return indexOfPicture.indices.contains(place) ? entries[indexOfPicture[place]].packetsLost : nil
  }

  /// The capture index of a picture.
  func index(of picture: PictureNumber) -> Int {
    indexOfPicture[Int(picture - firstPicture)]
  }
}
