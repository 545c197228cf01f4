import SimulationKernel
import Testing

@testable import MediaSession

@Suite("RTCP interval, RFC 3550 section 6.3")
struct RTCPIntervalTests {
  private func interval(
    kilobits: Int64, octets: Int, members: Int = 2, isSender: Bool = false,
    minimum: SimDuration = .zero
  ) -> RTCPInterval {
    RTCPInterval(
      bandwidth: Bitrate(bitsPerSecond: kilobits * 50), firstPacketOctets: octets,
      membership: RTCPMembership(members: members, isSender: isSender), minimum: minimum)
  }

  @Test("RFC 4585 section 3.6.1: 64 kbit/s allow two events a second of 96 octets")
  func eventsPerSecond() {
    // 1,600 bit/s for one of two members: 2.08 packets of 96 octets a second.
    #expect(interval(kilobits: 64, octets: 96).deterministic == .milliseconds(480))
  }

  @Test(
    "the interval grows with the members of the group that shares the bandwidth",
    arguments: [
      // One sender among three is more than a quarter: all three share 3,200 bit/s.
      (3, false, 720), (3, true, 720),
      // Among four it is a quarter: 800 bit/s for it, 2,400 for three receivers.
      (4, false, 960), (4, true, 960), (31, false, 9_600), (31, true, 960),
    ])
  func groups(members: Int, isSender: Bool, milliseconds: Int64) {
    let interval = interval(kilobits: 64, octets: 96, members: members, isSender: isSender)
    let error = interval.deterministic - .milliseconds(milliseconds)
    #expect(abs(error.nanoseconds) <= 1)
  }

  @Test("Tmin holds the interval up until it is lowered")
  func minimum() {
    var interval = interval(kilobits: 64, octets: 96, minimum: .seconds(5))
    #expect(interval.deterministic == .seconds(5))
    interval.minimum = .zero
    #expect(interval.deterministic == .milliseconds(480))
  }

  @Test("T_rr lies within 0.5...1.5 of Td, over e - 3/2")
  func randomized() {
    let interval = interval(kilobits: 64, octets: 96)
    #expect(interval.randomized(unit: 0) == SimDuration(nanoseconds: 196_999_047))
    #expect(interval.randomized(unit: 0.5) == SimDuration(nanoseconds: 393_998_095))
    let longest = interval.randomized(unit: 0x1.fffffffffffffp-1)
    #expect(longest.nanoseconds / 1_000 == 590_997)
  }

  @Test("a sixteenth of each packet's difference goes into the average size")
  func averageSize() {
    var interval = interval(kilobits: 64, octets: 96)
    interval.count(packetOctets: 256)
    #expect(interval.averageOctets == 106)
    interval.count(packetOctets: 90)
    #expect(interval.averageOctets == 105)
  }

  @Test("'immediate' is not free: T_rr is tens of ms at 1 Mbit/s and above 100 ms at 200 kbit/s")
  func immediateIsNotFree() {
    let fast = interval(kilobits: 1_000, octets: 96)
    #expect(fast.randomized(unit: 0) > .milliseconds(10))
    #expect(fast.randomized(unit: 0.999) < .milliseconds(50))
    #expect(interval(kilobits: 200, octets: 96).randomized(unit: 0.5) > .milliseconds(100))
  }
}
