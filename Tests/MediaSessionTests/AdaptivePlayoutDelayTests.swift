import SimulationKernel
import Testing

@testable import MediaSession

/// Frames of 40 ms; transits are against the first packet's.
@Suite("Adaptive playout delay")
struct AdaptivePlayoutDelayTests {
  private struct Receiver {
    var delay: AdaptivePlayoutDelay
    var frame: Int64 = 0
    var now = SimTime.zero

    init(nominal: Int64 = 60, least: Int64 = 40, longest: Int64 = 500) {
      var settings = ReceiverSettings()
      settings.playout = .adaptive
      settings.playoutDelay = .milliseconds(nominal)
      settings.minimumPlayoutDelay = .milliseconds(least)
      settings.maximumPlayoutDelay = .milliseconds(longest)
      delay = AdaptivePlayoutDelay(settings)
      delay.restart(now: .zero)
    }

    /// A frame of one packet.
    @discardableResult
    mutating func receive(transit: Int64) -> SimDuration {
      let span = SimDuration.milliseconds(transit)
      now = SimTime.zero + .milliseconds(40 * frame) + span
      defer { frame += 1 }
      return delay.packetArrived(timestamp: frame * 3600, transit: span, now: now)
    }
  }

  @Test("without jitter it falls to its least, by one per cent of the time")
  func falls() {
    var receiver = Receiver()
    let delays = (0..<75).map { _ in receiver.receive(transit: 0) }
    #expect(delays[0] == .milliseconds(60))
    for frame in 2...50 {
      let expected = SimDuration.microseconds(60_000 - 400 * Int64(frame))
      #expect(delays[frame] == max(expected, .milliseconds(40)))
    }
    #expect(delays[74] == .milliseconds(40))
  }

  @Test("jitter that stays is covered: few frames take longer than the delay")
  func coversJitter() {
    var receiver = Receiver()
    var stream = RandomStream(seed: 7, name: "jitter")
    var late = 0
    for frame in 0..<2_000 {
      let jitter = Int64(stream.next() % 100)
      let delay = receiver.receive(transit: jitter)
      if frame > 100, delay < .milliseconds(jitter) { late += 1 }
    }
    #expect(late < 20, "\(late) of 1,900")
    #expect(
      receiver.delay.packetArrived(
        timestamp: 0, transit: .zero, now: receiver.now) <= .milliseconds(250))
  }

  @Test("it does not exceed its longest, whatever the jitter")
  func bounded() {
    var receiver = Receiver(nominal: 45, longest: 50)
    var longest = SimDuration.zero
    for frame in 0..<200 {
      longest = max(longest, receiver.receive(transit: frame % 2 == 0 ? 0 : 39))
    }
    #expect(longest == .milliseconds(50))
  }

  @Test("the slowest packet of a frame is the frame's, and older frames count no more")
  func slowestPacket() {
    var settings = ReceiverSettings()
    settings.playout = .adaptive
    var delay = AdaptivePlayoutDelay(settings)
    delay.restart(now: .zero)
    for frame in 0..<100 as Range<Int64> {
      for packet in 0..<3 as Range<Int64> {
        let transit = SimDuration.milliseconds(packet * 45)
        let now = SimTime.zero + .milliseconds(40 * frame) + transit
        let wanted = delay.packetArrived(timestamp: frame * 3600, transit: transit, now: now)
        guard frame > 10 else { continue }
        #expect(wanted == .milliseconds(90))
      }
    }
  }

  @Test("a packet sent again lengthens it for ten to twenty seconds")
  func retransmission() {
    var receiver = Receiver()
    for _ in 0..<100 { receiver.receive(transit: 0) }
    receiver.delay.retransmissionArrived(transit: .milliseconds(150), now: receiver.now)
    #expect(receiver.receive(transit: 0) == .milliseconds(150))
    for _ in 0..<248 { receiver.receive(transit: 0) }
    #expect(receiver.receive(transit: 0) == .milliseconds(150))
    for _ in 0..<800 { receiver.receive(transit: 0) }
    #expect(receiver.receive(transit: 0) == .milliseconds(40))
  }

  @Test("an extreme is that of the last one to two stretches of time")
  func slidingExtreme() {
    var extreme = SlidingExtreme(.greatest, memory: .seconds(1))
    func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }
    #expect(extreme.value(now: time(0)) == nil)
    extreme.note(.milliseconds(9), now: time(100))
    extreme.note(.milliseconds(4), now: time(200))
    #expect(extreme.value(now: time(900)) == .milliseconds(9))
    extreme.note(.milliseconds(5), now: time(1_100))
    #expect(extreme.value(now: time(1_900)) == .milliseconds(9))
    #expect(extreme.value(now: time(2_200)) == .milliseconds(5))
    #expect(extreme.value(now: time(4_500)) == nil)
  }
}
