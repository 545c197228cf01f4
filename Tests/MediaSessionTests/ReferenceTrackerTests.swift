import Testing
import WireFormats

@testable import MediaSession

@Suite("Reference tracker")
struct ReferenceTrackerTests {
  /// A reference, since an expectation cannot call what mutates a value.
  private final class Tracker {
    private var tracker: ReferenceTracker

    init(rule: ReferenceTracker.RepairRule) { tracker = ReferenceTracker(rule: rule) }

    var preferredReference: PictureNumber? { tracker.preferredReference }
    func shouldDecode(isKey: Bool) -> Bool { tracker.shouldDecode(isKey: isKey) }
    func frameMissing() { tracker.frameMissing() }

    @discardableResult
    func frameDecoded(
      _ picture: PictureNumber, isKey: Bool, used: VP8References, updated: VP8References
    ) -> Bool { tracker.frameDecoded(picture, isKey: isKey, used: used, updated: updated) }
  }

  @Test("nothing but a key frame is decoded before the first key frame")
  func start() {
    let tracker = Tracker(rule: .intactReferences)
    #expect(!tracker.shouldDecode(isKey: false))
    #expect(tracker.shouldDecode(isKey: true))
    #expect(tracker.frameDecoded(0, isKey: true, used: [], updated: .all))
    #expect(tracker.shouldDecode(isKey: false))
  }

  @Test("after a missing frame only frames from golden or altref are intact, and they heal `last`")
  func repairByReference() {
    let tracker = Tracker(rule: .intactReferences)
    tracker.frameDecoded(0, isKey: true, used: [], updated: .all)
    tracker.frameMissing()
    #expect(!tracker.frameDecoded(2, isKey: false, used: [.last, .golden], updated: .last))
    #expect(tracker.frameDecoded(3, isKey: false, used: .golden, updated: .last))
    #expect(tracker.frameDecoded(4, isKey: false, used: .last, updated: .last))
  }

  @Test("a golden renewed from a damaged picture is doubtful, and altref is preferred")
  func doubtfulGolden() {
    let tracker = Tracker(rule: .intactReferences)
    tracker.frameDecoded(0, isKey: true, used: [], updated: .all)
    tracker.frameMissing()
    #expect(!tracker.frameDecoded(2, isKey: false, used: .last, updated: [.last, .golden]))
    #expect(tracker.preferredReference == 0)
    #expect(!tracker.frameDecoded(3, isKey: false, used: .golden, updated: .last))
    #expect(tracker.frameDecoded(4, isKey: false, used: .altref, updated: [.last, .golden]))
    #expect(tracker.preferredReference == 4)
  }

  @Test("where only key frames repair, nothing else is decoded while damaged")
  func keyFrameRule() {
    let tracker = Tracker(rule: .keyFrame)
    tracker.frameDecoded(0, isKey: true, used: [], updated: .all)
    tracker.frameMissing()
    #expect(!tracker.shouldDecode(isKey: false))
    #expect(tracker.shouldDecode(isKey: true))
    tracker.frameDecoded(9, isKey: true, used: [], updated: .all)
    #expect(tracker.shouldDecode(isKey: false))
  }
}
