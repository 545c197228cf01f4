import SimulationKernel
import Testing

@testable import MediaSession

@Suite("Feedback capacity, RFC 4585 sections 3.3 and 3.6")
struct FeedbackCapacityTests {
  private func capacity(
    kilobits: Int64, octets: Double, members: Int = 2, isSender: Bool = false
  ) -> FeedbackCapacity {
    FeedbackCapacity(
      bandwidth: RTCPSettings().bandwidth(ofSession: .kilobitsPerSecond(kilobits)),
      membership: RTCPMembership(members: members, isSender: isSender), packetOctets: octets)
  }

  @Test(
    "section 3.6.1: bandwidth of one of two receivers, and events of 96 octets a second",
    arguments: [(64, 1_600.0, 2), (256, 6_400.0, 8), (1_000, 25_000.0, 32)])
  func acknowledgements(kilobits: Int64, bits: Double, events: Int) {
    let capacity = capacity(kilobits: kilobits, octets: 96)
    #expect(capacity.bitsPerSecond == bits)
    #expect(Int(capacity.packetsPerSecond) == events)
  }

  @Test("section 3.6.1: from 1 Mbit/s each frame of 30 a second can be acknowledged")
  func frames() {
    let useful = SimDuration.milliseconds(500)
    let enough = capacity(kilobits: 1_000, octets: 96)
    #expect(enough.mode(eventsPerSecond: 30, usefulFor: useful) == .immediate)
    let less = capacity(kilobits: 900, octets: 96)
    #expect(less.mode(eventsPerSecond: 30, usefulFor: useful) == .early)
  }

  @Test("section 3.6.2: 9.6 kbit/s for the receivers, 10 packets a second, groups of 6 and of 10")
  func negativeAcknowledgements() {
    // 256 kbit/s, one sender and more than three receivers: 3.75 % are the receivers'.
    let receivers = 6.0
    let capacity = capacity(kilobits: 256, octets: 120, members: 7)
    #expect(abs(capacity.bitsPerSecond * receivers - 9_600) < 1e-6)
    #expect(abs(capacity.packetsPerSecond * receivers - 10) < 1e-9)
    // Three losses in two seconds each; with two, ten receivers.
    #expect(capacity.largestImmediateGroup(eventsPerSecond: 1.5) == 6)
    #expect(capacity.largestImmediateGroup(eventsPerSecond: 0.999) == 10)
    let useful = SimDuration.milliseconds(800)
    #expect(capacity.mode(eventsPerSecond: 1.5, usefulFor: useful) == .immediate)
    let eight = self.capacity(kilobits: 256, octets: 120, members: 9)
    #expect(eight.mode(eventsPerSecond: 1.5, usefulFor: useful) == .early)
  }

  @Test("regular mode: even a lone event waits longer than feedback is of use")
  func regular() {
    let capacity = capacity(kilobits: 64, octets: 96)
    #expect(capacity.meanInterval == .milliseconds(480))
    #expect(capacity.mode(eventsPerSecond: 3, usefulFor: .milliseconds(480)) == .early)
    #expect(capacity.mode(eventsPerSecond: 3, usefulFor: .milliseconds(479)) == .regular)
  }
}
