import SimulationKernel
import Testing

@testable import MediaSession

@Suite("AVPF scheduler, RFC 4585 section 3.5")
struct AVPFSchedulerTests {
  private func makeScheduler(
    _ change: (inout RTCPSettings) -> Void = { _ in }, kilobits: Int64 = 300, seed: UInt64 = 1
  ) -> AVPFScheduler {
    var settings = RTCPSettings()
    change(&settings)
    return AVPFScheduler(
      settings: settings, sessionBandwidth: .kilobitsPerSecond(kilobits), firstPacketOctets: 100,
      stream: RandomStream(seed: seed, name: "test"))
  }

  @Test("the first feedback of an interval goes at once, as an early packet")
  func earlyFeedback() {
    var scheduler = makeScheduler()
    var actions: [AVPFScheduler.Action] = []
    scheduler.handle(.feedbackReady(1), now: SimTime(nanoseconds: 1000), into: &actions)
    #expect(actions == [.send(.early)])
  }

  @Test("urgent feedback goes when nothing else may, with all that waits, and moves tn")
  func urgentFeedback() {
    var scheduler = makeScheduler { $0.earlyFeedback = .off }
    let trr = scheduler.nextDeadline - SimTime.zero
    var actions: [AVPFScheduler.Action] = []
    scheduler.handle(.feedbackReady(1), now: SimTime(nanoseconds: 1000), into: &actions)
    #expect(actions.isEmpty)
    scheduler.handle(.urgentFeedbackReady(2), now: SimTime(nanoseconds: 2000), into: &actions)
    #expect(actions == [.send(.early)])
    #expect(scheduler.nextDeadline == SimTime.zero + trr * 2)
  }

  @Test("deadlines fall on the ticks of a timer with a phase")
  func timerPhase() {
    var settings = RTCPSettings()
    settings.timerGranularity = .milliseconds(10)
    for seed in 1...20 as ClosedRange<UInt64> {
      let scheduler = AVPFScheduler(
        settings: settings, sessionBandwidth: .kilobitsPerSecond(300), firstPacketOctets: 100,
        timerPhase: 0.7, stream: RandomStream(seed: seed, name: "test"))
      #expect(scheduler.nextDeadline.nanoseconds % 10_000_000 == 7_000_000)
    }
  }

  @Test("an early packet moves the next regular one to tp + 2 T_rr")
  func earlyPacketPaysWithARegularOne() {
    var scheduler = makeScheduler()
    let trr = scheduler.nextDeadline - SimTime.zero
    var actions: [AVPFScheduler.Action] = []
    scheduler.handle(.feedbackReady(1), now: SimTime(nanoseconds: 1000), into: &actions)
    #expect(scheduler.nextDeadline == SimTime.zero + trr * 2)
  }

  @Test("after an early packet feedback waits for the regular time, and then may go early again")
  func secondFeedbackWaits() {
    var scheduler = makeScheduler()
    var actions: [AVPFScheduler.Action] = []
    scheduler.handle(.feedbackReady(1), now: SimTime(nanoseconds: 1000), into: &actions)
    actions.removeAll()
    scheduler.handle(.feedbackReady(2), now: SimTime(nanoseconds: 2000), into: &actions)
    #expect(actions.isEmpty)
    var now = SimTime.zero
    while actions.isEmpty {
      now = scheduler.nextDeadline
      scheduler.handle(.deadline, now: now, into: &actions)
    }
    #expect(actions == [.send(.regular)])
    actions.removeAll()
    scheduler.handle(.feedbackReady(3), now: now + .microseconds(1), into: &actions)
    #expect(actions == [.send(.early)])
  }

  @Test("feedback that would wait longer than T_max_fb_delay is dropped")
  func lateFeedbackIsDropped() {
    // 20 kbit/s: 1 kbit/s of RTCP, 1.6 s for two packets of 100 octets.
    var scheduler = makeScheduler({ $0.maximumFeedbackDelay = .milliseconds(100) }, kilobits: 20)
    var actions: [AVPFScheduler.Action] = []
    scheduler.handle(.feedbackReady(1), now: SimTime(nanoseconds: 1000), into: &actions)
    actions.removeAll()
    scheduler.handle(.feedbackReady(2), now: SimTime(nanoseconds: 2000), into: &actions)
    #expect(actions == [.discard(2)])
  }

  @Test("regular packets keep to the RTCP bandwidth share", arguments: [64, 300, 1000] as [Int64])
  func bandwidthShare(kilobits: Int64) {
    var scheduler = makeScheduler(kilobits: kilobits, seed: 7)
    var actions: [AVPFScheduler.Action] = []
    var sent = 0
    let end = SimTime.zero + .seconds(2000)
    while scheduler.nextDeadline < end {
      let now = scheduler.nextDeadline
      scheduler.handle(.deadline, now: now, into: &actions)
      sent += actions.count
      for _ in actions { scheduler.handle(.sent(octets: 100), now: now, into: &actions) }
      actions.removeAll()
    }
    // Half of 5 % for each of the two members (RFC 3550 section 6.2).
    let share = Double(kilobits) * 1000 * 0.05 / 2
    let rate = Double(sent) * 800 / 2000
    #expect(abs(rate / share - 1) < 0.03)
  }

  @Test("T_rr_interval suppresses regular packets, and feedback still goes at the regular time")
  func trrIntervalSuppresses() {
    var scheduler = makeScheduler({ $0.trrInterval = .seconds(5) })
    var actions: [AVPFScheduler.Action] = []
    var regular: [SimTime] = []
    let end = SimTime.zero + .seconds(100)
    while scheduler.nextDeadline < end {
      let now = scheduler.nextDeadline
      scheduler.handle(.deadline, now: now, into: &actions)
      if actions == [.send(.regular)] { regular.append(now) }
      actions.removeAll()
    }
    for (earlier, later) in zip(regular, regular.dropFirst()) {
      // uniform(0.5, 1.5) * 5 s, and the wait for the next tick.
      #expect(later - earlier >= .milliseconds(2500))
      #expect(later - earlier <= .milliseconds(8500))
    }
    let early = scheduler.nextDeadline - .microseconds(9)
    scheduler.handle(.feedbackReady(1), now: early, into: &actions)
    actions.removeAll()
    let ready = scheduler.nextDeadline - .microseconds(5)
    scheduler.handle(.feedbackReady(2), now: ready, into: &actions)
    #expect(actions.isEmpty)
    while actions.isEmpty {
      scheduler.handle(.deadline, now: scheduler.nextDeadline, into: &actions)
    }
    #expect(actions == [.send(.minimal)])
  }

  @Test("a packet's size moves the interval that follows it (RFC 4585 section 3.5.4)")
  func sizeCountsAtOnce() {
    var usual = makeScheduler()
    var large = usual
    let now = usual.nextDeadline
    var actions: [AVPFScheduler.Action] = []
    usual.handle(.deadline, now: now, into: &actions)
    large.handle(.deadline, now: now, into: &actions)
    #expect(actions == [.send(.regular), .send(.regular)])
    usual.handle(.sent(octets: 100), now: now, into: &actions)
    large.handle(.sent(octets: 1_700), now: now, into: &actions)
    // avg_rtcp_size = 100 + (1700 - 100) / 16 is twice what it was.
    let (interval, twice) = (usual.nextDeadline - now, large.nextDeadline - now)
    #expect(abs(twice.nanoseconds - 2 * interval.nanoseconds) <= 2)
  }
}
