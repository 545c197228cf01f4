import SimulationKernel
import Testing

@testable import Signalling

@Suite("Requests that cross")
struct CrossingRequestsTests {
  private func share(interval: SimDuration?, roundTrip: SimDuration) -> Double {
    let crossing = CrossingRequests(
      interval: interval, roundTrip: roundTrip, chance: StreamKey(seed: 5, name: "test"))
    let count = (0..<20_000).count {
      crossing.isUnderWay(now: .zero + .milliseconds(Int64($0) * 37))
    }
    return Double(count) / 20_000
  }

  @Test("the share of time with a request under way is its round trip over the mean interval")
  func share() {
    // 1 - exp(-0.1 / 2)
    #expect(abs(share(interval: .seconds(2), roundTrip: .milliseconds(100)) - 0.0488) < 0.01)
    #expect(abs(share(interval: .seconds(1), roundTrip: .milliseconds(300)) - 0.2592) < 0.02)
  }

  @Test("without requests, and without a way to cross on, nothing crosses")
  func none() {
    #expect(share(interval: nil, roundTrip: .milliseconds(100)) == 0)
    #expect(share(interval: .seconds(1), roundTrip: .zero) == 0)
  }

  @Test("it depends on the time alone")
  func repeatable() {
    let chance = StreamKey(seed: 9, name: "test")
    let one = CrossingRequests(interval: .seconds(1), roundTrip: .milliseconds(50), chance: chance)
    let other = one
    for step in 0..<1_000 {
      let time = SimTime.zero + .milliseconds(Int64(step) * 13)
      #expect(one.isUnderWay(now: time) == other.isUnderWay(now: time))
    }
  }
}
