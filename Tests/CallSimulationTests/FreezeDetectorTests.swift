import SimulationKernel
import Testing

@testable import CallSimulation

@Suite("Freezes by libwebrtc's rule")
struct FreezeDetectorTests {
  /// Pictures every 40 ms but for one gap.
  private func detector(gap: Int64) -> FreezeDetector {
    var detector = FreezeDetector()
    var now = SimTime.zero
    for frame in 0..<60 {
      detector.displayed(now: now)
      now += .milliseconds(frame == 40 ? gap : 40)
    }
    return detector
  }

  @Test("a gap of mean + 150 ms is none yet, a longer one is")
  func threshold() {
    #expect(detector(gap: 190).count == 0)
    #expect(detector(gap: 191).count == 1)
    #expect(detector(gap: 191).time == .milliseconds(191))
  }

  @Test("what is frozen at the end counts")
  func atTheEnd() {
    var detector = detector(gap: 40)
    detector.finish(now: .zero + .milliseconds(59 * 40 + 1000))
    #expect(detector.count == 1)
    #expect(detector.time == .milliseconds(1000))
  }

  @Test("a screen that stays black, or shows one picture alone, is frozen to the end")
  func blank() {
    var black = FreezeDetector()
    black.finish(now: .zero + .seconds(9))
    #expect(black.count == 1 && black.time == .seconds(9) && black.largestGap == .seconds(9))
    var single = FreezeDetector()
    single.displayed(now: .zero + .seconds(1))
    single.finish(now: .zero + .seconds(9))
    #expect(single.count == 1 && single.time == .seconds(8))
  }

  @Test("slow pictures need a gap of three times their mean")
  func slowPictures() {
    var detector = FreezeDetector()
    for frame in 0..<10 { detector.displayed(now: .zero + .milliseconds(Int64(frame) * 200)) }
    detector.displayed(now: .zero + .milliseconds(1800 + 600))
    #expect(detector.count == 0)
  }
}
