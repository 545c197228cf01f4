import SimulationKernel
import Testing

@testable import MediaSession

@Suite("Encoder control, RFC 7741 section 5")
struct EncoderControlTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  /// A reference, since an expectation cannot call what mutates a value.
  private final class Control {
    private var control: EncoderControl

    init(mechanism: Mechanism, settings: EncoderControlSettings, temporalLayers: Int = 1) {
      control = EncoderControl(
        mechanism: mechanism, settings: settings, temporalLayers: temporalLayers)
    }

    func handle(
      _ request: EncoderControl.Request, id: RequestIdentifier, now: SimTime
    ) -> EncoderControl.Verdict { control.handle(request, id: id, now: now) }

    func plan(_ picture: PictureNumber, now: SimTime) -> FramePlan {
      control.plan(picture, now: now)
    }

    func keyFrameHappened(_ picture: PictureNumber, now: SimTime) -> FramePlan {
      control.keyFrameHappened(picture, now: now)
    }
  }

  /// A control whose frames 0..<count have been planned, one every 40 ms.
  private func control(_ mechanism: Mechanism, frames count: Int64) -> Control {
    let control = Control(mechanism: mechanism, settings: EncoderControlSettings())
    for picture in 0..<count { _ = control.plan(picture, now: time(picture * 40)) }
    return control
  }

  @Test(
    "with SLI alone a buffer renewed after the oldest damage is not trusted, whatever the newest")
  func oldestDamage() {
    // Altref is renewed at frame 75 (3 s), golden holds frame 0.
    let control = control(.sli, frames: 90)
    #expect(
      control.handle(.damaged(oldest: 70, newest: 88), id: 3, now: time(3590)) == .answered)
    #expect(control.plan(90, now: time(3600)).allowed == .golden)
  }

  @Test("a guard that counts from requests lets the first one through, and none soon after it")
  func guardFromRequests() {
    var settings = EncoderControlSettings()
    settings.guardOrigin = .request
    let control = Control(mechanism: .pli, settings: settings)
    for picture in 0..<3 as Range<Int64> { _ = control.plan(picture, now: time(picture * 40)) }
    #expect(control.handle(.keyFrame, id: 0, now: time(90)) == .answered)
    #expect(control.plan(3, now: time(120)).isKey)
    #expect(control.handle(.keyFrame, id: 1, now: time(389)) == .guarded)
    #expect(control.handle(.keyFrame, id: 2, now: time(390)) == .answered)
  }

  @Test(
    "a key frame that is held for its guard lets a repair by reference go first, and comes after it"
  )
  func heldKeyFrame() {
    var settings = EncoderControlSettings()
    settings.minimumKeyFrameInterval = .seconds(1)
    settings.guardedRequests = .defer
    let control = Control(mechanism: .sli, settings: settings)
    for picture in 0..<10 as Range<Int64> { _ = control.plan(picture, now: time(picture * 40)) }
    #expect(control.handle(.keyFrame, id: 0, now: time(370)) == .answered)
    #expect(control.handle(.damaged(oldest: 8, newest: 8), id: 1, now: time(380)) == .answered)
    let repair = control.plan(10, now: time(400))
    #expect(!repair.isKey && repair.answers == 1 && !repair.allowed.contains(.last))
    #expect(!control.plan(11, now: time(960)).isKey)
    let key = control.plan(12, now: time(1_000))
    #expect(key.isKey && key.answers == 0)
    #expect(!control.plan(13, now: time(2_040)).isKey, "once")
  }

  @Test(
    "Linphone's N stays on a repair from buffers that nobody has acknowledged, and golden is renewed first"
  )
  func linphoneMarks() {
    let settings = EncoderControlSettings(.linphone, usesFeedback: true)
    let control = Control(mechanism: .sliRpsi, settings: settings)
    _ = control.plan(0, now: time(0))
    #expect(control.plan(1, now: time(40)).isMarkedNonReference)
    // Within four frames of the key frame, neither buffer acknowledged.
    #expect(control.handle(.damaged(oldest: 1, newest: 1), id: 0, now: time(50)) == .answered)
    let blind = control.plan(2, now: time(80))
    #expect(blind.allowed == [.golden, .altref] && blind.isMarkedNonReference)
    #expect(control.handle(.reference(0), id: 1, now: time(90)) == .acknowledged)
    #expect(control.handle(.damaged(oldest: 2, newest: 2), id: 2, now: time(90)) == .answered)
    let repair = control.plan(3, now: time(120))
    #expect(repair.allowed == [.golden, .altref] && !repair.isMarkedNonReference)
    #expect(control.plan(4, now: time(3_000)).updated == [.last, .golden])
  }

  @Test("temporal layers write golden all the time, which is no guard", arguments: [2, 3])
  func layersAreNoGuard(layers: Int) {
    let settings = EncoderControlSettings(.linphone, usesFeedback: true)
    let control = Control(mechanism: .pli, settings: settings, temporalLayers: layers)
    for picture in 0..<20 as Range<Int64> { _ = control.plan(picture, now: time(picture * 40)) }
    for picture in 20..<25 as Range<Int64> {
      #expect(control.handle(.keyFrame, id: Int(picture), now: time(picture * 40)) != .guarded)
      if control.plan(picture, now: time(picture * 40)).isKey { return }
    }
    Issue.record("no key frame though nothing was acknowledged")
  }

  @Test("a key frame that is due is not weakened to a repair by reference")
  func keyFrameStays() {
    let control = control(.sli, frames: 20)
    #expect(control.handle(.keyFrame, id: 0, now: time(790)) == .answered)
    #expect(control.handle(.damaged(oldest: 18, newest: 18), id: 1, now: time(792)) == .answered)
    let plan = control.plan(20, now: time(800))
    #expect(plan.isKey && plan.answers == 0)
  }

  @Test("an FIR is obeyed once by its number; one that the guard dropped is obeyed later")
  func firNumbers() {
    let control = control(.fir, frames: 5)
    // Within 300 ms of frame 0.
    #expect(control.handle(.fullIntra(command: 7), id: 0, now: time(160)) == .guarded)
    #expect(control.handle(.fullIntra(command: 7), id: 1, now: time(400)) == .answered)
    #expect(control.plan(5, now: time(400)).isKey)
    #expect(control.handle(.fullIntra(command: 7), id: 2, now: time(900)) == .ignored)
    #expect(!control.plan(6, now: time(900)).isKey)
    #expect(control.handle(.fullIntra(command: 8), id: 3, now: time(940)) == .answered)
    #expect(control.plan(7, now: time(940)).isKey)
  }

  @Test(
    "where nobody asks a key frame comes every ten seconds", arguments: [Mechanism.none, .nack])
  func periodic(mechanism: Mechanism) {
    let control = control(mechanism, frames: 251)
    #expect(!control.plan(251, now: time(251 * 40)).isKey)
    let other = self.control(mechanism, frames: 250)
    #expect(other.plan(250, now: time(10_000)).isKey)
  }

  @Test("the first frame is a key frame, whatever the mechanism", arguments: Mechanism.allCases)
  func firstFrame(mechanism: Mechanism) {
    let control = Control(mechanism: mechanism, settings: EncoderControlSettings())
    #expect(control.plan(0, now: .zero).isKey)
    #expect(!control.plan(1, now: time(40)).isKey)
  }

  @Test("a key-frame request makes the next frame a key frame and names itself")
  func keyFrameRequest() {
    let control = control(.pli, frames: 20)
    #expect(control.handle(.keyFrame, id: 7, now: time(790)) == .answered)
    let plan = control.plan(20, now: time(800))
    #expect(plan == FramePlan(isKey: true, allowed: [], updated: .all, answers: 7))
    #expect(control.plan(21, now: time(840)).answers == nil)
  }

  @Test("a key-frame request within the guard interval after a key frame is dropped")
  func guardInterval() {
    let control = control(.pli, frames: 5)
    #expect(control.handle(.keyFrame, id: 0, now: time(299)) == .guarded)
    #expect(control.handle(.keyFrame, id: 1, now: time(300)) == .answered)
  }

  @Test("without feedback a key frame comes every period, and only then")
  func periodicKeyFrames() {
    let control = Control(mechanism: .none, settings: EncoderControlSettings())
    let keys = (0..<Int64(600)).filter { control.plan($0, now: time($0 * 40)).isKey }
    #expect(keys == [0, 250, 500])
  }

  @Test("SLI alone: altref older than the damage is referred to alone")
  func sliceLoss() {
    // Altref is renewed at 3 s (picture 75); the damage comes after.
    let control = control(.sli, frames: 90)
    #expect(control.handle(.damaged(oldest: 88, newest: 88), id: 3, now: time(3590)) == .answered)
    let plan = control.plan(90, now: time(3600))
    #expect(plan == FramePlan(isKey: false, allowed: .altref, updated: .last, answers: 3))
  }

  @Test("SLI alone: a altref renewed after the damage is passed over and renewed again")
  func altrefAfterTheDamage() {
    let control = control(.sli, frames: 80)
    #expect(control.handle(.damaged(oldest: 74, newest: 74), id: 3, now: time(3190)) == .answered)
    let plan = control.plan(80, now: time(3200))
    #expect(plan.allowed == .golden)
    #expect(plan.updated == [.last, .altref])
  }

  @Test("a report of a picture older than the repair is not answered twice")
  func oldReport() {
    let control = control(.sli, frames: 90)
    _ = control.handle(.damaged(oldest: 85, newest: 85), id: 0, now: time(3590))
    _ = control.plan(90, now: time(3600))
    #expect(control.handle(.damaged(oldest: 89, newest: 89), id: 1, now: time(3610)) == .ignored)
    #expect(control.handle(.damaged(oldest: 90, newest: 90), id: 2, now: time(3690)) == .answered)
  }

  @Test("SLI with RPSI: nothing acknowledged means a key frame")
  func nothingEstablished() {
    let control = control(.sliRpsi, frames: 20)
    #expect(control.handle(.damaged(oldest: 18, newest: 18), id: 0, now: time(790)) == .answered)
    #expect(control.plan(20, now: time(800)).isKey)
  }

  @Test("SLI with RPSI: RFC 7741's leapfrog over acknowledged and lost references")
  func leapfrog() {
    let control = control(.sliRpsi, frames: 75)
    // The key frame is acknowledged: altref and golden hold it.
    #expect(control.handle(.reference(0), id: 0, now: time(2999)) == .acknowledged)
    let first = control.plan(75, now: time(3000))
    #expect(first.updated == [.last, .altref])
    #expect(first.allowed == [.last, .golden])
    // Altref 75 is damaged: prediction goes back to golden alone.
    #expect(control.handle(.damaged(oldest: 75, newest: 75), id: 1, now: time(3030)) == .answered)
    #expect(control.plan(76, now: time(3040)).allowed == .golden)
    // Altref stays unacknowledged, so it is altref that is renewed, never the only established one.
    for picture in Int64(77)..<150 {
      #expect(!control.plan(picture, now: time(picture * 40)).allowed.contains(.altref))
    }
    let second = control.plan(150, now: time(6000))
    #expect(second.updated == [.last, .altref])
    #expect(control.handle(.reference(150), id: 2, now: time(6040)) == .acknowledged)
    #expect(control.plan(151, now: time(6040)).allowed == .all)
    // Now altref is the newer one and golden is renewed next.
    for picture in Int64(152)..<225 { _ = control.plan(picture, now: time(picture * 40)) }
    #expect(control.plan(225, now: time(9000)).updated == [.last, .golden])
  }

  @Test("RPSI alone acknowledges and asks with one message")
  func referenceNamed() {
    let control = control(.rpsi, frames: 20)
    #expect(control.handle(.reference(0), id: 5, now: time(790)) == .answered)
    let plan = control.plan(20, now: time(800))
    #expect(!plan.isKey && plan.answers == 5)
    #expect(plan.allowed == .golden)
  }

  @Test("a key frame of the encoder's own resets the references")
  func unplannedKeyFrame() {
    let control = control(.sli, frames: 80)
    #expect(control.keyFrameHappened(80, now: time(3200)).isKey)
    #expect(control.handle(.keyFrame, id: 0, now: time(3300)) == .guarded)
    #expect(control.handle(.damaged(oldest: 79, newest: 79), id: 1, now: time(3300)) == .ignored)
  }
}
