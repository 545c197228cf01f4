import SimulationKernel
import Testing

@testable import MediaSession

@Suite("Playout buffer")
struct PlayoutBufferTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  @Test("frames are due the playout delay after the first arrival, at the sender's rhythm")
  func rhythm() {
    var buffer = PlayoutBuffer(settings: ReceiverSettings())
    #expect(!buffer.isAnchored)
    buffer.packetArrived(timestamp: 1000, now: time(25))
    buffer.packetArrived(timestamp: 4600, now: time(90))
    #expect(buffer.playoutTime(ofTimestamp: 1000) == time(85))
    #expect(buffer.playoutTime(ofTimestamp: 4600) == time(125))
    #expect(buffer.playoutTime(ofTimestamp: 1000 - 3600) == time(45))
  }

  @Test("a fixed buffer waits for what is late, unless late frames are to be dropped")
  func lateness() {
    var settings = ReceiverSettings()
    for dropsLate in [false, true] {
      if dropsLate { settings.lateFrames = .drop }
      var buffer = PlayoutBuffer(settings: settings)
      buffer.packetArrived(timestamp: 0, now: time(25))
      #expect(!buffer.isLate(timestamp: 3600, now: time(125)))
      #expect(buffer.isLate(timestamp: 3600, now: time(126)) == dropsLate)
    }
  }

  @Test("a receiver to which everything comes late for two seconds starts anew")
  func startsAnew() {
    var settings = ReceiverSettings()
    settings.lateFrames = .drop
    var buffer = PlayoutBuffer(settings: settings)
    buffer.packetArrived(timestamp: 0, now: time(25))
    // The route has become 100 ms longer.
    var moved: [SimDuration] = []
    for frame in 1...60 as ClosedRange<Int64> {
      let arrival = time(125 + 40 * frame)
      moved.append(buffer.packetArrived(timestamp: 3600 * frame, now: arrival))
    }
    #expect(moved.filter { $0 != .zero } == [.milliseconds(100)])
    #expect(moved.firstIndex { $0 != .zero } == 51, "2 s after the first late one, and a frame")
    #expect(!buffer.isLate(timestamp: 3600 * 61, now: time(125 + 40 * 61)))
  }
}
