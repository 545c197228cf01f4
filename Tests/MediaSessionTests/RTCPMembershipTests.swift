import Testing

@testable import MediaSession

@Suite("RTCP membership, RFC 3550 section 6.3.1")
struct RTCPMembershipTests {
  @Test(
    "a quarter for the senders where they are at most a quarter of the members, else equal shares",
    arguments: [
      // members, senders, of which this is one: fraction of the bandwidth, and among how many
      (2, 1, false, 1.0, 2), (2, 2, true, 1.0, 2), (3, 1, true, 1.0, 3),
      (4, 1, true, 0.25, 1), (4, 1, false, 0.75, 3), (7, 2, false, 1.0, 7),
      (8, 2, true, 0.25, 2), (8, 2, false, 0.75, 6),
    ])
  func shares(members: Int, senders: Int, isSender: Bool, fraction: Double, among: Int) {
    let membership = RTCPMembership(members: members, senders: senders, isSender: isSender)
    #expect(membership.groupFraction == fraction && membership.groupSize == among)
    #expect(membership.isPointToPoint == (members == 2))
  }
}
