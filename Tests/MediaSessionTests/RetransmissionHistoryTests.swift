import SimulationKernel
import Testing

@testable import MediaSession

@Suite("Retransmission history")
struct RetransmissionHistoryTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  private func history(capacity: Int, packets: Range<Int64>) -> RetransmissionHistory {
    let history = RetransmissionHistory(capacity: capacity, age: .seconds(1), slotSize: 16)
    for sequence in packets {
      let octets = [UInt8](repeating: UInt8(truncatingIfNeeded: sequence), count: 9)
      octets.withUnsafeBytes { history.keep($0, sequence: sequence, now: time(sequence * 10)) }
    }
    return history
  }

  @Test("a packet that is held comes back octet by octet")
  func held() {
    let history = history(capacity: 8, packets: 0..<8)
    for sequence in Int64(0)..<8 {
      let octets = history.packet(sequence, now: time(80)).map(Array.init)
      #expect(octets == [UInt8](repeating: UInt8(sequence), count: 9))
    }
  }

  @Test("the oldest give way to the newest, and are not mistaken for them")
  func bounded() {
    let history = history(capacity: 8, packets: 0..<10)
    #expect(history.packet(0, now: time(100)) == nil)
    #expect(history.packet(1, now: time(100)) == nil)
    #expect(history.packet(2, now: time(100)) != nil)
    #expect(history.packet(10, now: time(100)) == nil)
    #expect(history.packet(-1, now: time(100)) == nil)
  }

  @Test("a packet older than the age is not sent again")
  func aged() {
    let history = history(capacity: 8, packets: 0..<1)
    #expect(history.packet(0, now: time(1000)) != nil)
    #expect(history.packet(0, now: time(1001)) == nil)
  }
}
