import SimulationKernel
import Testing

@testable import MediaSession

@Suite("Feedback policy")
struct FeedbackPolicyTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  /// What the policy does with one input after another.
  private final class Driver {
    var policy: FeedbackPolicy
    var reference: PictureNumber? = 3
    var hasPicture = true

    init(_ mechanism: Mechanism) {
      policy = FeedbackPolicy(mechanism: mechanism, settings: ReceiverSettings())
    }

    func callAsFunction(
      _ input: FeedbackPolicy.Input, at time: SimTime
    ) -> [FeedbackPolicy.Action] {
      var actions: [FeedbackPolicy.Action] = []
      policy.handle(
        input, reference: reference, hasPicture: hasPicture, now: time, into: &actions)
      return actions
    }
  }

  @Test(
    "damage makes each mechanism ask in its own way",
    arguments: zip(
      Mechanism.allCases,
      [
        [], [.repairWanted], [.feedback(.pictureLoss)],
        [.feedback(.sliceLoss(oldest: 9, newest: 9))],
        [.feedback(.referencePictureSelection(3))], [.feedback(.sliceLoss(oldest: 9, newest: 9))],
        [],
        [.feedback(.pictureLoss)], [.feedback(.fullIntraRequest(command: 0))],
        [.repairWanted, .feedback(.pictureLoss)],
      ] as [[FeedbackPolicy.Action]]))
  func firstRequest(mechanism: Mechanism, expected: [FeedbackPolicy.Action]) {
    let driver = Driver(mechanism)
    #expect(driver(.damageNoticed(9), at: time(0)) == expected)
  }

  @Test("where each dropped picture is reported, a repair that fails makes it a PLI")
  func failedRepairByFrame() {
    let driver = Driver(.sli)
    driver.policy = FeedbackPolicy(
      mechanism: .sli, settings: ReceiverSettings(.gstreamer, usesFeedback: true))
    _ = driver(.damageNoticed(9), at: time(0))
    #expect(
      driver(.undecodable(10, isRepair: false), at: time(40))
        == [.feedback(.sliceLoss(oldest: 10, newest: 10))])
    #expect(driver(.undecodable(11, isRepair: true), at: time(80)) == [.feedback(.pictureLoss)])
    #expect(driver(.undecodable(12, isRepair: false), at: time(120)) == [.feedback(.pictureLoss)])
    _ = driver(.repaired(13, byKeyFrame: true), at: time(160))
    #expect(
      driver(.damageNoticed(15), at: time(240))
        == [.feedback(.sliceLoss(oldest: 15, newest: 15))])
  }

  @Test("an SLI names the oldest damage too, until the receiver believes in a repair")
  func sliceLossRange() {
    let driver = Driver(.sli)
    _ = driver(.damageNoticed(9), at: time(0))
    #expect(
      driver(.damageNoticed(14), at: time(50)) == [.feedback(.sliceLoss(oldest: 9, newest: 14))])
    // Picture 12 repairs, and 14 is missing behind it: what lies between may be as well.
    #expect(
      driver(.repaired(12, byKeyFrame: false), at: time(90)) == [
        .feedback(.sliceLoss(oldest: 13, newest: 14))
      ])
  }

  @Test("damage that six bits cannot name any more is told by PLI")
  func unnameable() {
    let driver = Driver(.sli)
    _ = driver(.damageNoticed(9), at: time(0))
    #expect(
      driver(.damageNoticed(49), at: time(50)) == [.feedback(.sliceLoss(oldest: 9, newest: 49))])
    #expect(driver(.damageNoticed(50), at: time(90)) == [.feedback(.pictureLoss)])
  }

  @Test(
    "a repair from a buffer that is damaged here asks for a key frame, at once and from then on")
  func failedRepair() {
    let driver = Driver(.sli)
    _ = driver(.damageNoticed(9), at: time(0))
    #expect(driver(.undecodable(12, isRepair: true), at: time(90)) == [.feedback(.pictureLoss)])
    #expect(driver(.undecodable(13, isRepair: true), at: time(130)) == [])
    #expect(driver(.deadline, at: time(290)) == [.feedback(.pictureLoss)])
    _ = driver(.repaired(20, byKeyFrame: true), at: time(400))
    #expect(
      driver(.damageNoticed(30), at: time(900)) == [.feedback(.sliceLoss(oldest: 30, newest: 30))])
  }

  @Test("a repeated FIR keeps its number until newer damage makes it another command")
  func firNumbers() {
    let driver = Driver(.fir)
    #expect(driver(.damageNoticed(9), at: time(0)) == [.feedback(.fullIntraRequest(command: 0))])
    // Frames that cannot be shown are no new damage.
    #expect(driver(.undecodable(10, isRepair: false), at: time(90)) == [])
    #expect(driver(.undecodable(12, isRepair: false), at: time(170)) == [])
    #expect(driver(.deadline, at: time(200)) == [.feedback(.fullIntraRequest(command: 0))])
    #expect(driver(.damageNoticed(15), at: time(250)) == [])
    #expect(driver(.deadline, at: time(400)) == [.feedback(.fullIntraRequest(command: 1))])
    #expect(driver(.repaired(20, byKeyFrame: true), at: time(450)) == [])
    #expect(driver(.damageNoticed(30), at: time(900)) == [.feedback(.fullIntraRequest(command: 2))])
    #expect(driver(.repaired(40, byKeyFrame: true), at: time(950)) == [])
    // What the decoder refuses, without a loss, is a new command as well.
    #expect(
      driver(.undecodable(50, isRepair: false), at: time(2000)) == [
        .feedback(.fullIntraRequest(command: 3))
      ])
  }

  @Test("NACK alone asks the encoder for nothing")
  func nackAlone() {
    let driver = Driver(.nack)
    #expect(driver(.damageNoticed(9), at: time(0)) == [])
    #expect(driver.policy.nextDeadline == nil && driver.policy.isWaiting)
  }

  @Test("PLI repeats after the interval and not at further damage")
  func pliRepeats() {
    let driver = Driver(.pli)
    _ = driver(.damageNoticed(9), at: time(0))
    #expect(driver(.damageNoticed(11), at: time(50)) == [])
    #expect(driver.policy.nextDeadline == time(200))
    #expect(driver(.deadline, at: time(200)) == [.feedback(.pictureLoss)])
    #expect(driver.policy.nextDeadline == time(400))
  }

  @Test("SLI reports further damage at once, and names the newest damaged picture when it repeats")
  func sliRepeats() {
    let driver = Driver(.sli)
    _ = driver(.damageNoticed(9), at: time(0))
    #expect(
      driver(.damageNoticed(11), at: time(50)) == [.feedback(.sliceLoss(oldest: 9, newest: 11))])
    #expect(driver(.undecodable(13, isRepair: false), at: time(90)) == [])
    #expect(driver(.deadline, at: time(250)) == [.feedback(.sliceLoss(oldest: 9, newest: 13))])
  }

  @Test("each loss is told to the SIP user agent, which has its own rules; PLI repeats by RTCP's")
  func bothRoads() {
    let driver = Driver(.sipInfoPli)
    _ = driver(.damageNoticed(9), at: time(0))
    #expect(driver(.damageNoticed(11), at: time(50)) == [.repairWanted])
    #expect(driver(.undecodable(12, isRepair: false), at: time(90)) == [])
    #expect(driver.policy.nextDeadline == time(200))
    #expect(driver(.deadline, at: time(200)) == [.feedback(.pictureLoss)])
    // Picture 14 repairs, and 16 is missing behind it.
    #expect(driver(.damageNoticed(16), at: time(210)) == [.repairWanted])
    #expect(
      driver(.repaired(14, byKeyFrame: true), at: time(220)) == [
        .repairDone(byKeyFrame: true), .repairWanted, .feedback(.pictureLoss),
      ])
  }

  @Test("a repair ends the asking")
  func repairEnds() {
    let driver = Driver(.sipInfo)
    _ = driver(.damageNoticed(9), at: time(0))
    #expect(
      driver(.repaired(12, byKeyFrame: true), at: time(100)) == [.repairDone(byKeyFrame: true)])
    #expect(driver(.repaired(13, byKeyFrame: false), at: time(140)) == [])
    #expect(driver.policy.nextDeadline == nil)
  }

  @Test("pictures from before the damage repair nothing")
  func earlierPictures() {
    let driver = Driver(.pli)
    _ = driver(.damageNoticed(9), at: time(0))
    #expect(driver(.repaired(8, byKeyFrame: false), at: time(20)) == [])
    #expect(driver.policy.isWaiting)
  }

  @Test("a repair does not cover what is missing after it")
  func damageAfterTheRepair() {
    let driver = Driver(.pli)
    _ = driver(.damageNoticed(9), at: time(0))
    _ = driver(.damageNoticed(13), at: time(90))
    #expect(driver(.repaired(12, byKeyFrame: true), at: time(100)) == [.feedback(.pictureLoss)])
  }

  @Test("references are acknowledged where RPSI is in use, and only there")
  func acknowledgement() {
    for mechanism in Mechanism.allCases {
      let driver = Driver(mechanism)
      let expected: [FeedbackPolicy.Action] =
        mechanism.acknowledgesReferences ? [.feedback(.referencePictureSelection(75))] : []
      #expect(driver(.referenceUpdated(75), at: time(0)) == expected)
    }
  }

  @Test("before the first picture, and without an intact reference, only a key frame helps")
  func noReference() {
    for mechanism in [Mechanism.sli, .rpsi, .sliRpsi] {
      let driver = Driver(mechanism)
      driver.hasPicture = false
      #expect(driver(.undecodable(1, isRepair: false), at: time(0)) == [.feedback(.pictureLoss)])
      let other = Driver(mechanism)
      other.reference = nil
      #expect(other(.damageNoticed(1), at: time(0)) == [.feedback(.pictureLoss)])
    }
  }
}
