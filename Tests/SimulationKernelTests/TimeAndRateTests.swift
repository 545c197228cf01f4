import SimulationKernel
import Testing

@Suite("Time and rates")
struct TimeAndRateTests {
  @Test("units are whole nanoseconds")
  func units() {
    #expect(SimDuration.seconds(2).nanoseconds == 2_000_000_000)
    #expect(SimDuration.milliseconds(2).nanoseconds == 2_000_000)
    #expect(SimDuration.microseconds(2).nanoseconds == 2_000)
    #expect(SimDuration.milliseconds(1_500).inSeconds == 1.5)
    #expect(SimDuration.microseconds(1_500).inMilliseconds == 1.5)
    #expect(SimTime(nanoseconds: 2_500_000).inMilliseconds == 2.5)
  }

  @Test("instants and durations add, subtract and compare")
  func arithmetic() {
    var instant = SimTime.zero + .milliseconds(5)
    instant += .milliseconds(2)
    #expect(instant - SimTime(nanoseconds: 3_000_000) == .milliseconds(4))
    #expect(instant - .milliseconds(7) == .zero && instant > .zero && instant < .distantFuture)
    var span = SimDuration.milliseconds(4) * 3 / 2
    span -= .milliseconds(1)
    span += .microseconds(1)
    #expect(span.nanoseconds == 5_001_000 && SimDuration.zero - span < .zero)
  }

  @Test(
    "sending takes bits over rate, rounded up to a nanosecond",
    arguments: [
      (1_250, 1_000_000, 10_000_000), (1, 3, 2_666_666_667), (0, 1, 0),
      (1_500, 8_000_000_000, 1_500),
      (1, 64_000, 125_000), (65_535, 100_000_000_000, 5_243),
      (1_000_000_000, 9, 888_888_888_888_888_889),
    ] as [(Int, Int64, Int64)])
  func sending(octets: Int, bitsPerSecond: Int64, nanoseconds: Int64) {
    let rate = Bitrate(bitsPerSecond: bitsPerSecond)
    #expect(rate.duration(ofOctets: octets).nanoseconds == nanoseconds)
  }

  @Test("rates compare by bits per second")
  func rates() {
    #expect(Bitrate.kilobitsPerSecond(64) == Bitrate(bitsPerSecond: 64_000))
    #expect(Bitrate.kilobitsPerSecond(1) < Bitrate.kilobitsPerSecond(2))
  }
}
