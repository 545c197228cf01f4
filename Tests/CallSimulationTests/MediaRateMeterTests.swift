import SimulationKernel
import Testing

@testable import CallSimulation

@Suite("Rate of media by the second")
struct MediaRateMeterTests {
  private func meter(octets: Int, everyMilliseconds step: Int64, until end: Int64) -> MediaRateMeter
  {
    var meter = MediaRateMeter(capacity: 10)
    for time in stride(from: 0, to: end, by: Int(step)) {
      meter.sent(octets: octets, now: .zero + .milliseconds(Int64(time)))
    }
    return meter
  }

  @Test("an even stream has its rate in every window, one that begins every tenth of a second")
  func even() {
    let meter = meter(octets: 1_250, everyMilliseconds: 100, until: 3_000)
    #expect(meter.windows(within: .seconds(3)) == [Int](repeating: 100_000, count: 21))
  }

  @Test("a burst is in the ten windows that hold it, and those behind the last packet are empty")
  func burst() {
    var meter = meter(octets: 125, everyMilliseconds: 100, until: 2_000)
    meter.sent(octets: 10_000, now: .zero + .milliseconds(1_050))
    let rates = meter.windows(within: .seconds(4))
    #expect(rates.count == 31)
    #expect(rates.count { $0 > 80_000 } == 10)
    #expect(rates.last == 90_000 && rates.first == 0)
  }

  @Test("a call below a second has no window, and one of a second has one")
  func short() {
    let meter = meter(octets: 125, everyMilliseconds: 100, until: 1_000)
    #expect(meter.windows(within: .milliseconds(999)).isEmpty)
    #expect(meter.windows(within: .seconds(1)) == [10_000])
  }
}
