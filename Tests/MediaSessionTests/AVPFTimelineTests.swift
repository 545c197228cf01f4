import SimulationKernel
import Testing

@testable import MediaSession

/// Tables of times, worked out by hand from the RFC's rules and the first draws of the stream
/// (seed 1, "test"): .5761 .4026 .3585 .7519 .9536 .4721 .6609 .7480 .2375 .4034 .4575 .1284.
///
/// 64 kbit/s give 3,200 bit/s of RTCP and all packets have 96 octets, so that T_rr between two is
/// 480 ms * (0.5 + draw) / 1.21828.
@Suite("AVPF timelines, RFC 4585 section 3.5")
struct AVPFTimelineTests {
  private enum What {
    case feedback(FeedbackSubject)
    case others(FeedbackSubject)
    /// The deadline announced by the row before.
    case due
  }

  /// At a time in ms: what happens, what is asked for, and the next deadline in ms.
  private typealias Row = (at: Double, what: What, actions: [AVPFScheduler.Action], next: Double)

  private func check(
    _ rows: [Row], firstDeadline: Double, isSender: Bool = false,
    _ change: (inout RTCPSettings) -> Void = { _ in }
  ) {
    var settings = RTCPSettings()
    change(&settings)
    var scheduler = AVPFScheduler(
      settings: settings, sessionBandwidth: .kilobitsPerSecond(64), isSender: isSender,
      firstPacketOctets: 96, stream: RandomStream(seed: 1, name: "test"))
    #expect(abs(scheduler.nextDeadline.inMilliseconds - firstDeadline) < 0.002)
    for row in rows {
      var now = SimTime(nanoseconds: Int64(row.at * 1e6))
      var actions: [AVPFScheduler.Action] = []
      switch row.what {
      case .feedback(let subject):
        scheduler.handle(.feedbackReady(subject), now: now, into: &actions)
      case .others(let subject):
        scheduler.handle(.othersFeedback(subject), now: now, into: &actions)
      case .due:
        now = scheduler.nextDeadline
        #expect(abs(now.inMilliseconds - row.at) < 0.002)
        scheduler.handle(.deadline, now: now, into: &actions)
      }
      #expect(actions == row.actions, "at \(row.at) ms")
      for case .send in row.actions {
        scheduler.handle(.sent(octets: 96), now: now, into: &actions)
      }
      #expect(abs(scheduler.nextDeadline.inMilliseconds - row.next) < 0.002, "at \(row.at) ms")
    }
  }

  @Test("between two: early, dropped, waiting, joining, and reconsidered regular times")
  func pointToPoint() {
    check(
      [
        // tn = tp + 2 T_rr = 2 * 423.964; tp = 423.964.
        (100, .feedback(1), [.send(.early)], 847.928),
        // tn - t0 = 648 ms is above T_max_fb_delay, 448 ms is below it.
        (200, .feedback(2), [.discard(2)], 847.928),
        (400, .feedback(3), [], 847.928),
        (500, .feedback(4), [], 847.928),
        // tp + 355.639 is past: the packet goes, and the next interval is 338.261.
        (847.928, .due, [.send(.regular)], 1_186.189),
        (900, .feedback(5), [.send(.early)], 1_524.450),
        // tp + 493.256 and tp + 572.733 with tp = 1186.189: reconsideration puts it off twice.
        (1_524.450, .due, [], 1_679.445),
        (1_600, .feedback(6), [], 1_679.445),
        (1_679.445, .due, [], 1_758.922),
        (1_758.922, .due, [.send(.regular)], 2_216.299),
      ], firstDeadline: 423.964)
  }

  @Test(
    "in a group: dithering, joining, suppression before and after, and Tmin of a second at first")
  func group() {
    // Three receivers share 2,400 bit/s: Td = 960 ms, below Tmin until the first regular packet.
    // T_dither_max = 0.5 * 883.258.
    check(
      [
        (100, .feedback(1), [], 277.819),
        (150, .feedback(2), [], 277.819),
        (200, .others(1), [.discard(1)], 277.819),
        (250, .others(2), [.discard(2)], 883.258),
        (300, .feedback(1), [.discard(1)], 883.258),
        (300, .feedback(3), [], 458.339),
        (458.339, .due, [.send(.early)], 1_766.516),
        (500, .feedback(4), [.discard(4)], 1_766.516),
        // t0 + T_dither_max = 1841.6 is past tn: step 3a.
        (1_400, .feedback(5), [], 1_766.516),
        (1_766.516, .due, [], 1_910.875),
        (1_800, .others(5), [.discard(5)], 1_910.875),
        (1_910.875, .due, [], 2_076.453),
        (2_076.453, .due, [.send(.regular)], 2_991.207),
        // Heard at 200 ms: T_retention of 2 s ends after 2200 ms.
        (2_200, .feedback(1), [.discard(1)], 2_991.207),
        (2_201, .feedback(1), [], 2_543.106),
        (2_543.106, .due, [.send(.early)], 3_905.961),
      ], firstDeadline: 883.258
    ) { $0.participants = 4 }
  }

  @Test("T_rr_interval of 2 s: the first report goes, later ones are suppressed, feedback is not")
  func minimumBetweenReports() {
    check(
      [
        (423.964, .due, [.send(.regular)], 762.225),
        (762.225, .due, [], 917.220),
        (917.220, .due, [], 996.697),
        // 423.964 + 2000 * 1.1609 = 2745.7 is ahead and nothing waits.
        (996.697, .due, [], 1_488.397),
        (1_000, .feedback(1), [.send(.early)], 1_980.096),
        (1_600, .feedback(2), [], 1_980.096),
        // 423.964 + 2000 * 0.9034 = 2230.7 is ahead.
        (1_980.096, .due, [.send(.minimal)], 2_357.335),
        (2_000, .feedback(3), [.send(.early)], 2_734.574),
      ], firstDeadline: 423.964
    ) { $0.trrInterval = .seconds(2) }
  }

  @Test("Linphone's variant: one early packet in a session, then the regular times alone")
  func once() {
    check(
      [
        (100, .feedback(1), [.send(.early)], 847.928),
        (847.928, .due, [.send(.regular)], 1_186.189),
        (900, .feedback(5), [], 1_186.189),
        (1_186.189, .due, [], 1_341.184),
        (1_341.184, .due, [], 1_420.661),
        (1_420.661, .due, [.send(.regular)], 1_878.038),
        (1_430, .feedback(6), [], 1_878.038),
      ], firstDeadline: 423.964
    ) { $0.earlyFeedback = .once }
  }

  @Test("without early feedback the first message waits too")
  func off() {
    check(
      [
        (100, .feedback(1), [], 423.964),
        (423.964, .due, [.send(.regular)], 762.225),
      ], firstDeadline: 423.964
    ) { $0.earlyFeedback = .off }
  }

  @Test("AVP: no early packet, 2.5 s and then 5 s between reports before randomisation")
  func withoutF() {
    check(
      [
        (100, .feedback(1), [], 2_208.145),
        (200, .feedback(2), [], 2_208.145),
        // T_rr_interval is not AVP's and suppresses nothing.
        (2_208.145, .due, [.send(.regular)], 5_731.696),
        (5_731.696, .due, [], 7_346.230),
        (7_346.230, .due, [], 8_174.118),
        (8_174.118, .due, [.send(.regular)], 12_938.462),
      ], firstDeadline: 2_208.145
    ) {
      $0.profile = .avp
      $0.trrInterval = .seconds(60)
    }
  }

  @Test("in Linphone's variant a group does not dither")
  func onceInGroup() {
    check([(100, .feedback(1), [.send(.early)], 1_766.516)], firstDeadline: 883.258) {
      $0.participants = 4
      $0.earlyFeedback = .once
    }
  }

  @Test("the only sender of a group has its quarter: 96 octets at 800 bit/s, at least Tmin")
  func senderOfGroup() {
    // The second interval is twice the 338.261 ms of a point-to-point session.
    check(
      [(883.258, .due, [.send(.regular)], 1_559.780)],
      firstDeadline: 883.258, isSender: true
    ) { $0.participants = 4 }
  }
}
