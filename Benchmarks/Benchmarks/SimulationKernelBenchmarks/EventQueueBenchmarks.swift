import Benchmark
import SimulationKernel

/// What an event of a simulation is like: a case and a handle or two.
private struct HeldEvent {
  var kind: UInt64
  var handle: UInt64
}

/// The hold model: with a constant number of pending events, the earliest is popped and scheduled
/// again after an exponential increment. A scaled iteration is one pop with its schedule.
private struct HoldModel: ~Copyable {
  private var queue = EventQueue<HeldEvent>()
  private var position = 0
  private let increments: [SimDuration]

  init(pending: Int) {
    var stream = RandomStream(seed: 1, name: "hold")
    // Drawn beforehand: the generator's time is not the queue's.
    increments = (0..<65_536).map { _ in stream.nextExponential(mean: .milliseconds(10)) }
    for event in 0..<pending {
      queue.schedule(
        HeldEvent(kind: 0, handle: UInt64(event)), at: .zero + increments[event & 65_535])
    }
    // Past the first transient: the increments' residuals are then in their steady state.
    hold(4 * pending)
  }

  /// Holds this many times, and returns something that depends on every event popped.
  @discardableResult
  mutating func hold(_ times: Int) -> UInt64 {
    var sum: UInt64 = 0
    for _ in 0..<times {
      guard let (time, event) = queue.popNext() else { preconditionFailure("nothing pending") }
      sum = sum &* 31 &+ event.handle
      queue.schedule(event, at: time + increments[position])
      position = (position &+ 1) & 65_535
    }
    return sum
  }
}

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.throughput, .cpuTotal], warmupIterations: 2, scalingFactor: .mega,
    maxDuration: .seconds(3))

  for pending in [16, 1_000, 100_000] {
    Benchmark("Event queue, hold model, \(pending) pending") { benchmark in
      var model = HoldModel(pending: pending)
      benchmark.startMeasurement()
      blackHole(model.hold(benchmark.scaledIterations.count))
      benchmark.stopMeasurement()
    }
  }
}
