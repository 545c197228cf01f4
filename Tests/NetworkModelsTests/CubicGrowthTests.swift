import SimulationKernel
import Testing

@testable import NetworkModels

@Suite("Cubic growth of the window")
struct CubicGrowthTests {
  private static let start = SimTime.zero + .seconds(10)

  // RFC 9438 section 4.2: from 7 after a reduction from 10 the curve is back at 10 after
  // K = cbrt(3 / 0.4) = 1.957 s.
  @Test("after a reduction the window follows the curve back to where it was")
  func curve() {
    var cubic = CubicGrowth(factor: 717)
    cubic.noteReduction(of: 10)
    func steps(after seconds: Double) -> Int {
      var cubic = cubic
      _ = cubic.segmentsPerIncrease(
        window: 7, acknowledged: 1, roundTrip: .zero, now: Self.start)
      return cubic.segmentsPerIncrease(
        window: 7, acknowledged: 1, roundTrip: .zero,
        now: Self.start + .milliseconds(Int64(seconds * 1_000)))
    }
    #expect(steps(after: 0) > 500)  // the curve stands at 7
    #expect(steps(after: 0.25) == 6)  // at 8.01: one more in 6 to 7 acknowledged segments
    #expect(steps(after: 1.957) == 2)  // at 10
    #expect(steps(after: 4) == 2)  // far above: half a segment an acknowledged one at the most
  }

  @Test("time without anything under way does not count")
  func idle() {
    var cubic = CubicGrowth(factor: 717)
    cubic.noteReduction(of: 10)
    _ = cubic.segmentsPerIncrease(window: 7, acknowledged: 1, roundTrip: .zero, now: Self.start)
    cubic.noteIdle(.seconds(60))
    let step = cubic.segmentsPerIncrease(
      window: 7, acknowledged: 1, roundTrip: .zero, now: Self.start + .milliseconds(60_250))
    #expect(step == 6)
  }

  @Test("where the curve is slower than RFC 5681 the window grows like that")
  func friendly() {
    var cubic = CubicGrowth(factor: 717)
    cubic.noteReduction(of: 4)
    var step = Int.max
    for _ in 0..<20 {
      step = cubic.segmentsPerIncrease(
        window: 2, acknowledged: 1, roundTrip: .zero, now: Self.start)
    }
    #expect(step == 2)
  }
}
