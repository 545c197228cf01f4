import SimulationKernel
import Testing

@testable import MediaSession

@Suite("Playout buffer")
struct PlayoutBufferTests {
  @Test("frames are due the playout delay after the first arrival, at the sender's rhythm")
  func rhythm() {
    var buffer = PlayoutBuffer(settings: ReceiverSettings())
    #expect(!buffer.isAnchored)
    buffer.packetArrived(timestamp: 1000, now: .zero + .milliseconds(25))
    buffer.packetArrived(timestamp: 4600, now: .zero + .milliseconds(90))
    #expect(buffer.playoutTime(ofTimestamp: 1000) == SimTime.zero + .milliseconds(85))
    #expect(buffer.playoutTime(ofTimestamp: 4600) == SimTime.zero + .milliseconds(125))
    #expect(buffer.playoutTime(ofTimestamp: 1000 - 3600) == SimTime.zero + .milliseconds(45))
  }
}
