import SimulationKernel
import Testing

@testable import MediaSession

/// Long runs with random feedback, and what must hold in all of them.
@Suite("AVPF scheduler in the long run")
struct AVPFPropertiesTests {
  /// One participant, told of random events; keeps the messages as a caller would.
  private struct Run {
    let settings: RTCPSettings
    let bandwidth: Bitrate
    let share: Double
    var scheduler: AVPFScheduler
    var chance: RandomStream
    var waiting: Set<FeedbackSubject> = []
    var made = 0
    var discarded = 0
    /// Broken promises: deadlines that went back, drops of what did not wait, packets for nothing.
    var faults = 0
    var carried = 0
    var octets = 0
    var packets: [(kind: AVPFScheduler.PacketKind, time: SimTime)] = []

    init(_ settings: RTCPSettings, kilobits: Int64, isSender: Bool = false, seed: UInt64) {
      self.settings = settings
      bandwidth = .kilobitsPerSecond(kilobits)
      let membership = settings.membership(isSender: isSender)
      share =
        Double(settings.bandwidth(ofSession: bandwidth).bitsPerSecond) * membership.groupFraction
        / Double(membership.groupSize)
      scheduler = AVPFScheduler(
        settings: settings, sessionBandwidth: bandwidth, isSender: isSender,
        firstPacketOctets: 108, stream: RandomStream(seed: seed, name: "interval"))
      chance = RandomStream(seed: seed, name: "events")
    }

    /// Feedback arrives at random, on average at this interval; a third of the subjects are heard
    /// from others as well, before or after.
    mutating func run(for duration: SimDuration, meanInterval: SimDuration) {
      let end = SimTime.zero + duration
      var now = SimTime.zero
      var event = now + chance.nextExponential(mean: meanInterval)
      var pending: FeedbackSubject?
      while now < end {
        let deadline = scheduler.nextDeadline
        if deadline < now { faults += 1 }
        if deadline <= event {
          now = deadline
          tell(.deadline, now: now)
          continue
        }
        now = event
        event = now + chance.nextExponential(mean: meanInterval)
        switch chance.next(below: settings.participants > 2 ? 3 : 2) {
        case 2:
          tell(.othersFeedback(pending ?? made), now: now)
        default:
          pending = made
          waiting.insert(made)
          made += 1
          tell(.feedbackReady(made - 1), now: now)
        }
      }
    }

    private mutating func tell(_ input: AVPFScheduler.Input, now: SimTime) {
      var actions: [AVPFScheduler.Action] = []
      scheduler.handle(input, now: now, into: &actions)
      for action in actions {
        switch action {
        case .discard(let subject):
          if waiting.remove(subject) == nil { faults += 1 }
          discarded += 1
        case .send(let kind):
          // Merged, as a caller does: a packet that grew with its interval would know no bounds.
          let size = 96 + 12 * min(waiting.count, 4)
          carried += waiting.count
          if kind != .regular, waiting.isEmpty { faults += 1 }
          waiting.removeAll()
          octets += size
          packets.append((kind, now))
          scheduler.handle(.sent(octets: size), now: now, into: &actions)
        }
      }
    }
  }

  private static func settings(_ members: Int, _ early: EarlyFeedback) -> RTCPSettings {
    var settings = RTCPSettings()
    settings.participants = members
    settings.earlyFeedback = early
    return settings
  }

  @Test(
    "RTCP stays within its share, whatever the feedback, where timing rules hold",
    arguments: [2, 3, 4, 20], [50, 300, 3_000] as [Int64])
  func bandwidth(members: Int, meanMilliseconds: Int64) {
    for early in EarlyFeedback.allCases where early != .immediate {
      var run = Run(
        Self.settings(members, early), kilobits: 300, seed: UInt64(members) &* 31 &+ 5)
      run.run(for: .seconds(2_000), meanInterval: .milliseconds(meanMilliseconds))
      let rate = Double(run.octets) * 8 / 2_000
      // An early packet's skipped interval is not reconsidered, but is divided by e - 3/2 as if it
      // were: with one in every pair of intervals (1 + 1/1.21828)/2 = 0.91 of the mean is left, so
      // the RFC's own rules exceed the share by up to 9.8 %; 2 % are for chance.
      let limit = early == .rfc4585 ? 1.098 : 1
      #expect(rate <= run.share * limit * 1.02, "\(early)")
      #expect(rate >= run.share * 0.9, "\(early)")
      #expect(run.faults == 0)
    }
  }

  @Test(
    "each message is carried or dropped once, or still waits",
    arguments: 1...8 as ClosedRange<UInt64>)
  func accounting(seed: UInt64) {
    for members in [2, 5] {
      var settings = Self.settings(members, .rfc4585)
      settings.maximumFeedbackDelay = .milliseconds(100)
      var run = Run(settings, kilobits: 200, seed: seed)
      run.run(for: .seconds(300), meanInterval: .milliseconds(70))
      #expect(run.faults == 0)
      #expect(run.made == run.carried + run.discarded + run.waiting.count)
      #expect(run.carried > 300 && run.discarded > 300)
    }
  }

  @Test("never two early packets without a regular time between them", arguments: [2, 3, 10])
  func earlyPacketsAlternate(members: Int) {
    var run = Run(Self.settings(members, .rfc4585), kilobits: 300, seed: 3)
    run.run(for: .seconds(600), meanInterval: .milliseconds(40))
    var early = 0
    for (first, second) in zip(run.packets, run.packets.dropFirst()) {
      if first.kind == .early { early += 1 }
      #expect(first.kind != .early || second.kind == .regular)
    }
    #expect(early > 100)
  }

  @Test("Linphone's variant sends one early packet in a session", arguments: [2, 10])
  func onlyOneEarlyPacket(members: Int) {
    var settings = Self.settings(members, .once)
    settings.trrInterval = .seconds(5)
    var run = Run(settings, kilobits: 300, seed: 9)
    run.run(for: .seconds(600), meanInterval: .milliseconds(400))
    #expect(run.packets.count { $0.kind == .early } == 1)
    #expect(run.packets.count { $0.kind == .minimal } > 100)
  }

  @Test("a loss that a whole group sees is reported once, where members hear each other at once")
  func noImplosion() {
    var group = (1...8).map {
      Run(Self.settings(9, .rfc4585), kilobits: 300, seed: UInt64($0)).scheduler
    }
    let loss = SimTime.zero + .milliseconds(10)
    var actions: [AVPFScheduler.Action] = []
    for index in group.indices {
      group[index].handle(.feedbackReady(1), now: loss, into: &actions)
    }
    #expect(actions.isEmpty)
    let first = group.indices.min { group[$0].nextDeadline < group[$1].nextDeadline }!
    let now = group[first].nextDeadline
    group[first].handle(.deadline, now: now, into: &actions)
    for index in group.indices where index != first {
      group[index].handle(.othersFeedback(1), now: now, into: &actions)
    }
    #expect(actions == [.send(.early)] + Array(repeating: .discard(1), count: 7))
  }

  @Test("dithering delays an early packet by at most half of the longest T_rr")
  func ditherBound() {
    for members in [3, 8] {
      let settings = Self.settings(members, .rfc4585)
      for seed in 0..<200 as Range<UInt64> {
        var run = Run(settings, kilobits: 300, seed: seed)
        let now = SimTime.zero + .milliseconds(1)
        var actions: [AVPFScheduler.Action] = []
        let tn = run.scheduler.nextDeadline
        run.scheduler.handle(.feedbackReady(0), now: now, into: &actions)
        let delay = run.scheduler.nextDeadline - now
        #expect(actions.isEmpty && delay > .zero && delay <= (tn - .zero) / 2)
      }
    }
  }

  @Test("AVP: reports are 5 s apart on average, and no feedback goes between them")
  func withoutF() {
    var settings = RTCPSettings()
    settings.profile = .avp
    var run = Run(settings, kilobits: 300, seed: 4)
    run.run(for: .seconds(20_000), meanInterval: .seconds(2))
    #expect(run.packets.allSatisfy { $0.kind == .regular })
    #expect(abs(Double(run.packets.count) / 4_000 - 1) < 0.03)
    #expect(run.discarded == 0)
    for (first, second) in zip(run.packets, run.packets.dropFirst()) {
      // 0.5 * 5 s / 1.21828.
      #expect(second.time - first.time > .milliseconds(2_052))
    }
  }
}
