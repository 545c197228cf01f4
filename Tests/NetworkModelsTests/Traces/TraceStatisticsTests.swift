import SimulationKernel
import Testing

@testable import NetworkModels

@Suite("Trace statistics")
struct TraceStatisticsTests {
  @Test("losses are counted by bursts and the gaps between them")
  func bursts() {
    let statistics = LossStatistics(PacketTrace(losses: losses("0010 0111 0000 1011")))
    #expect(statistics.packets == 16 && statistics.lost == 7)
    #expect(statistics.burstLengths.map(\.length) == [1, 2, 3])
    #expect(statistics.burstLengths.map(\.count) == [2, 1, 1])
    #expect(statistics.bursts == 4 && statistics.meanBurst == 1.75 && statistics.longestBurst == 3)
    #expect(statistics.meanGap == 7.0 / 3)
    #expect(statistics.longestBurstTime == .milliseconds(30))
    // 10, 30, 10 and, since the last one reaches the period's end, 25 ms.
    #expect(statistics.meanBurstTime == .microseconds(18_750))
  }

  @Test("autocorrelation is that of its definition")
  func autocorrelation() {
    let pattern = losses("0010 0111 0000 1011 0000 0001 1")
    let x = pattern.map { $0 ? 1.0 : 0 }
    let mean = x.reduce(0, +) / Double(x.count)
    let variance = x.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    let statistics = LossStatistics(PacketTrace(losses: pattern))
    for lag in 1...10 {
      let sum = (0..<(x.count - lag)).map { (x[$0] - mean) * (x[$0 + lag] - mean) }.reduce(0, +)
      #expect(abs(statistics.autocorrelation[lag - 1] - sum / variance) < 1e-12)
    }
  }

  @Test("of a Gilbert channel rate, mean burst and autocorrelation are the model's")
  func gilbert() {
    let count = 1_000_000
    let model = TraceGenerator.gilbert(rate: 0.05, meanBurst: 4)
    let statistics = LossStatistics(
      PacketTrace(losses: TraceGenerator.losses(model, count: count, seed: 11)))
    let correlation = 1 - model.goodToBad - model.badToGood
    let n = Double(count)
    let rateError = (0.05 * 0.95 / n * (1 + correlation) / (1 - correlation)).squareRoot()
    #expect(abs(statistics.rate - 0.05) < 3 * rateError)
    // Geometric lengths have variance (1 - r) / r^2.
    let burstError = ((1 - 0.25) / 0.0625 / Double(statistics.bursts)).squareRoot()
    #expect(abs(statistics.meanBurst - 4) < 3 * burstError)
    for lag in 1...10 {
      var expected = 1.0
      for _ in 0..<lag { expected *= correlation }
      #expect(abs(statistics.autocorrelation[lag - 1] - expected) < 0.02)
    }
  }

  @Test("without losses, with nothing else, or with few packets there is no correlation")
  func degenerate() {
    #expect(LossStatistics(PacketTrace(losses: losses("0000 0000 0000"))).autocorrelation.isEmpty)
    #expect(LossStatistics(PacketTrace(losses: losses("1111 1111 1111"))).autocorrelation.isEmpty)
    let few = LossStatistics(PacketTrace(losses: losses("01")))
    #expect(few.autocorrelation.isEmpty && few.meanGap == nil && few.bursts == 1)
    #expect(LossStatistics(PacketTrace(losses: [false])).meanBurst == 0)
  }

  @Test("delays are percentiles above the least, and jitter is RFC 3550's")
  func delays() throws {
    let trace = try packets(
      "time_ms,lost,delay_ms,octets\n0,0,2,\n10,0,18,\n20,1,,\n30,0,2,\n40,0,4,\n")
    let statistics = try #require(DelayStatistics(trace))
    #expect(statistics.packets == 4)
    #expect(statistics.percentile(0.5) == .zero)
    #expect(statistics.percentile(0.75) == .milliseconds(2))
    #expect(
      statistics.percentile(0.99) == .milliseconds(16) && statistics.largest == .milliseconds(16))
    // J: 16/16 = 1; 1 + (16 - 1)/16 = 1.9375; 1.9375 + (2 - 1.9375)/16 = 1.94140625 ms.
    #expect(statistics.lastJitter == SimDuration(nanoseconds: 1_941_406))
    #expect(statistics.meanJitter == SimDuration(nanoseconds: 1_626_302))
    #expect(DelayStatistics(PacketTrace(losses: [true])) == nil)
  }

  @Test("rates of steps are weighed by time")
  func steps() throws {
    let statistics = RateStatistics(try rate("time_ms,kbps\n0,500\n100,0\n300,1000\n400,\n"))
    #expect(statistics.mean == .kilobitsPerSecond(375))
    #expect(statistics.least.bitsPerSecond == 0 && statistics.greatest == .kilobitsPerSecond(1_000))
    #expect(statistics.silentShare == 0.5 && statistics.entries == 3)
  }

  @Test("opportunities are averaged by 100 ms, the piece at the end left out of the extremes")
  func opportunities() throws {
    let statistics = RateStatistics(try rate("0\n50\n99\n100\n300\n310\n350\n"))
    #expect(statistics.mean.bitsPerSecond == 240_000)
    #expect(statistics.greatest == .kilobitsPerSecond(360))
    #expect(statistics.least.bitsPerSecond == 0)
    #expect(abs(statistics.silentShare - 100.0 / 350) < 1e-12)
  }

  @Test("a trace of eleven days is cut into pieces that fit in memory")
  func longPeriod() throws {
    let statistics = RateStatistics(try rate("7\n1000000000\n"))
    #expect(statistics.period == .seconds(1_000_000))
    #expect(statistics.silentShare > 0.9999)
  }
}
