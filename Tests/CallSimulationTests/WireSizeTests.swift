import Testing

@testable import CallSimulation

@Suite("Octets on the media path")
struct WireSizeTests {
  @Test(
    "UDP and IPv4 add 28, SRTP 10, SRTCP 14 and TURN's ChannelData 4",
    arguments: [
      (false, false, 28, 28), (true, false, 38, 42), (false, true, 32, 32), (true, true, 42, 46),
    ])
  func overhead(usesSRTP: Bool, isRelayed: Bool, rtp: Int, rtcp: Int) {
    let size = WireSize(usesSRTP: usesSRTP, isRelayed: isRelayed)
    for count in [0, 12, 1_200] {
      #expect(size.octets(rtp: count) == count + rtp)
      #expect(size.octets(rtcp: count) == count + rtcp)
    }
    #expect(size.ofRTP.reduce(28) { $0 + $1.octets } == rtp)
  }
}
