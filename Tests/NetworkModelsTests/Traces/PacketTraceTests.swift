import SimulationKernel
import Testing

@testable import NetworkModels

@Suite("Packet trace as timelines")
struct PacketTraceTests {
  private func at(_ milliseconds: Double) -> SimTime {
    SimTime(nanoseconds: Int64(milliseconds * 1e6))
  }

  @Test("the channel is lost from half-way before a lost packet to half-way behind it")
  func halfWays() {
    let timeline = PacketTrace(losses: losses("0100 1101")).lossTimeline
    #expect(timeline.spells == [at(5)..<at(15), at(35)..<at(55), at(65)..<at(80)])
    #expect(timeline.period == .milliseconds(80))
  }

  @Test("the first packet's stretch begins at 0, and lost packets in a row are one spell")
  func edges() {
    #expect(PacketTrace(losses: losses("10")).lossTimeline.spells == [at(0)..<at(5)])
    #expect(PacketTrace(losses: losses("111")).lossTimeline.spells == [at(0)..<at(30)])
    #expect(PacketTrace(losses: losses("000")).lossTimeline.spells.isEmpty)
  }

  @Test("packets sent at the same time divide their stretch evenly and in order")
  func sameTime() {
    let trace = PacketTrace(
      packets: [(0, false), (10, false), (10, true), (10, false), (20, false)].map {
        PacketTrace.Packet(time: at($0.0), isLost: $0.1)
      })
    let third = Int64(10_000_000) / 3
    #expect(
      trace.lossTimeline.spells == [
        SimTime(nanoseconds: 5_000_000 + third)..<SimTime(nanoseconds: 5_000_000 + 2 * third)
      ])
  }

  @Test("as many packets at even intervals meet the same fates again, lap after lap")
  func roundTrip() {
    let pattern = losses("0010 1100 0011 1110 0100 0001")
    let timeline = PacketTrace(losses: pattern, interval: .milliseconds(7)).lossTimeline
    let again = pattern.indices.map { index in
      timeline.spells.contains { $0.contains(at(Double(index) * 7)) }
    }
    #expect(again == pattern)
    #expect(abs(timeline.lossShare - 11.0 / 24) < 0.03)
  }

  @Test("delays hold from a packet that arrives until the next one that does")
  func delays() throws {
    let trace = try packets(
      "time_ms,lost,delay_ms,octets\n5,1,,\n10,0,3,\n20,1,,\n30,0,3,\n40,0,8,\n40,0,9,\n50,0,0,\n")
    let timeline = try #require(trace.delayTimeline)
    #expect(
      timeline.steps.map(\.from) == [at(0), at(40), at(50)]
        && timeline.steps.map(\.delay.inMilliseconds) == [3, 9, 0])
    #expect(timeline.period == .microseconds(57_500))
    #expect(PacketTrace(losses: [false]).delayTimeline == nil)
  }

  @Test("one packet, or all at once, are apart by the default")
  func oneInstant() {
    let trace = PacketTrace(packets: [
      .init(time: at(3), isLost: true), .init(time: at(3), isLost: false),
    ])
    #expect(trace.meanInterval == .milliseconds(10) && trace.period == .milliseconds(13))
    #expect(trace.lossTimeline.spells == [at(0)..<at(6.5)])
  }
}
