import SimulationKernel
import Testing

@testable import MediaSession

@Suite("Reception statistics, RFC 3550 section 6.4.1")
struct ReceptionStatisticsTests {
  @Test("losses count since the last report and since the beginning")
  func losses() {
    var statistics = ReceptionStatistics()
    for sequence in Int64(10)..<20 where sequence != 13 && sequence != 14 {
      statistics.packetArrived(sequence: sequence, timestamp: 0, now: .zero)
    }
    let first = statistics.makeBlock(source: 1, now: .zero)
    #expect(first.cumulativeLost == 2)
    #expect(first.fractionLost == 51)  // 2/10 of 256
    #expect(first.extendedHighestSequenceNumber == 19)
    statistics.packetArrived(sequence: 20, timestamp: 0, now: .zero)
    let second = statistics.makeBlock(source: 1, now: .zero)
    #expect(second.cumulativeLost == 2)
    #expect(second.fractionLost == 0)
  }

  @Test("before anything arrives the block is empty")
  func empty() {
    var statistics = ReceptionStatistics()
    let block = statistics.makeBlock(source: 1, now: .zero)
    #expect(block.cumulativeLost == 0 && block.fractionLost == 0 && block.lastSenderReport == 0)
  }

  @Test("the delay since the last sender report is in 65536ths of a second")
  func senderReport() {
    var statistics = ReceptionStatistics()
    statistics.senderReportArrived(compactNTP: 0xABCD_1234, now: .zero + .seconds(1))
    let block = statistics.makeBlock(source: 1, now: .zero + .milliseconds(1500))
    #expect(block.lastSenderReport == 0xABCD_1234)
    #expect(block.delaySinceLastSenderReport == 0x8000)
  }

  @Test("jitter follows appendix A.8")
  func jitter() {
    var statistics = ReceptionStatistics()
    statistics.packetArrived(sequence: 0, timestamp: 0, now: .zero)
    // 1,600 ticks late: jitter rises by a sixteenth of that.
    statistics.packetArrived(
      sequence: 1, timestamp: 3600, now: SimTime(nanoseconds: 5200 * 100_000 / 9 + 1))
    let block = statistics.makeBlock(source: 1, now: .zero)
    #expect(block.interarrivalJitter == 100)
  }
}
