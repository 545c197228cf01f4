import NetworkModels
import SimulationKernel
import Testing

@Suite("The TCP handshake")
struct TCPHandshakeTests {
  private func connect(
    roundTrip: Int64 = 50, losing: @escaping (Int, TCPSegment, Int) -> Bool = { _, _, _ in false }
  ) -> TCPPair {
    var pair = TCPPair(cold: .milliseconds(roundTrip))
    pair.loses = losing
    pair.connect()
    pair.write(600, at: 0)
    pair.run()
    return pair
  }

  @Test("the first message arrives after 1.5 round trips")
  func lossFree() {
    let pair = connect()
    #expect(pair.connected == [50, 75])
    #expect(pair.delivered[1].map(\.time) == [75])
    #expect(pair.ends[0].estimator.smoothed == .milliseconds(50))
    // RFC 6298 section 2.2.
    #expect(pair.ends[1].estimator.smoothed == .milliseconds(50))
  }

  @Test(
    "a lost SYN goes again after 1 s five times, then after 2 s",
    arguments: [
      (1, [0.0, 1_000]), (3, [0, 1_000, 2_000, 3_000]),
      (6, [0, 1_000, 2_000, 3_000, 4_000, 5_000, 7_000]),
    ])
  func lostSYN(lost: Int, times: [Double]) {
    let pair = connect { from, segment, index in
      from == 0 && segment.flags.contains(.syn) && index < lost
    }
    #expect(pair.handshake[0] == times)
    #expect(pair.delivered[1].map(\.time) == [times[lost] + 75])
  }

  @Test("a lost SYN-ACK is sent again by both sides' timers")
  func lostSYNAcknowledgement() {
    let pair = connect { from, segment, index in
      from == 1 && segment.flags.contains(.syn) && index == 0
    }
    #expect(pair.handshake[0] == [0, 1_000])
    #expect(pair.handshake[1].prefix(2) == [25, 1_025])
    #expect(pair.connected[0] == 1_050)
    #expect(pair.delivered[1].map(\.time) == [1_075])
    // The SYN-ACK echoes the first SYN's timestamp: the estimate starts with 1.05 s.
    let smoothed = pair.ends[0].estimator.smoothed ?? .zero
    #expect(smoothed > .milliseconds(800))
  }

  @Test("the first message after a lost SYN-ACK, lost too, waits for twice that and 200 ms")
  func lostSYNAcknowledgementAndData() {
    let pair = connect { from, segment, index in
      from == 1 && segment.flags.contains(.syn) && index == 0
        || from == 0 && segment.length > 0 && index == 0
    }
    // 2 * 1050 + 200, to the next tick of 4 ms; the kernel needed 2.38 to 2.51 s at 1 RTT of 50 ms.
    #expect(pair.data[0] == [1_050, 3_354])
  }

  @Test("the first message of a fresh connection, lost, goes again 252 ms later")
  func lostFirstData() {
    let pair = connect { from, segment, index in from == 0 && segment.length > 0 && index == 0 }
    #expect(pair.data[0] == [50, 302])
  }

  @Test("a lost last acknowledgement of the handshake is made good by the first data")
  func lostHandshakeAcknowledgement() {
    let pair = connect { from, segment, index in from == 0 && segment.length == 0 && index == 1 }
    #expect(pair.delivered[1].map(\.time) == [75])
  }

  @Test("from the second lost SYN on a connection starts with a window of one")
  func windowAfterLostSYN() {
    var pair = TCPPair(cold: .milliseconds(50))
    pair.loses = { from, segment, index in
      from == 0 && segment.flags.contains(.syn) && index < 2
    }
    pair.connect()
    pair.write(3_000, at: 0)
    pair.run()
    #expect(pair.data[0] == [2_050, 2_100, 2_100])
  }
}
