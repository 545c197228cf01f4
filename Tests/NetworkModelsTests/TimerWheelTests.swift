import SimulationKernel
import Testing

@testable import NetworkModels

@Suite("Timer wheel")
struct TimerWheelTests {
  private static let tick = SimDuration.milliseconds(4)

  private static func lateness(
    ticks: Int64, idleShare: Double, count: Int = 2_000
  ) -> [Double] {
    let wheel = TimerWheel(
      tick: tick, idleShare: idleShare, key: StreamKey(seed: 1, name: "host"))
    return (0..<count).map { step in
      let now = SimTime.zero + .microseconds(Int64(step) * 7_919)
      return (wheel.fires(armedAt: now, ticks: ticks, isAwake: false) - now - tick * ticks)
        .inMilliseconds
    }.sorted()
  }

  @Test(
    "a timer is never early, and late by up to a bucket of its level",
    arguments: [(1, 4), (61, 4), (64, 32), (503, 32), (505, 256), (4_000, 256), (4_034, 2_048)]
      as [(Int64, Double)])
  func lateness(ticks: Int64, bucket: Double) {
    let lateness = Self.lateness(ticks: ticks, idleShare: 0.5)
    #expect(lateness.first! > 0 && lateness.last! <= bucket)
    // Spread evenly.
    #expect(lateness.last! > 0.95 * bucket && lateness.first! < 0.05 * bucket)
    #expect(abs(lateness[1_000] - bucket / 2) < bucket * 0.05)
  }

  @Test("at a border the coarser level takes a timer of a processor that was asleep")
  func border() {
    #expect(Self.lateness(ticks: 63, idleShare: 0).last! <= 4)
    #expect(Self.lateness(ticks: 63, idleShare: 1).last! > 30)
    let mixed = Self.lateness(ticks: 63, idleShare: 0.7)
    // 0.7 * 28/32 of them are later than 4 ms.
    #expect(abs(mixed.filter { $0 > 4 }.count - 1_225) < 60)
  }

  @Test("at a border a processor that is awake takes the finer level")
  func awake() {
    let wheel = TimerWheel(
      tick: Self.tick, idleShare: 1, key: StreamKey(seed: 1, name: "host"))
    let now = SimTime.zero + .milliseconds(777)
    #expect(wheel.fires(armedAt: now, ticks: 63, isAwake: true) - now <= .milliseconds(256))
  }

  @Test("timers of one level that are armed when others fire keep to its buckets")
  func buckets() {
    let wheel = TimerWheel(
      tick: Self.tick, idleShare: 1, key: StreamKey(seed: 3, name: "host"))
    let first = wheel.fires(armedAt: .zero + .milliseconds(777), ticks: 101, isAwake: false)
    let second = wheel.fires(armedAt: first, ticks: 101, isAwake: false)
    #expect(second - first == .milliseconds(416))  // 404 ms to the next 32
  }
}
