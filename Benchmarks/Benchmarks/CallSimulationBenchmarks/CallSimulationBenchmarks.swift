import Benchmark
import CallSimulation
import SimulationKernel
import VP8Codec

/// A whole call of 10 s, codec and all; `make bench-overhead` tells the codec's part of it.
let benchmarks: @Sendable () -> Void = {
  for (name, width, height) in [("320x180", 320, 180), ("CIF", 352, 288)] {
    Benchmark(
      "Call of 10 s, 25 frames a second, \(name), PLI",
      configuration: .init(
        metrics: [.wallClock, .cpuTotal, .peakMemoryResident], maxDuration: .seconds(5))
    ) { benchmark, setup in
      for _ in benchmark.scaledIterations {
        blackHole(try simulateCall(setup.scenario, clip: setup.clip))
      }
    } setup: {
      var scenario = Scenario()
      scenario.duration = .seconds(10)
      scenario.video.width = width
      scenario.video.height = height
      return (scenario: scenario, clip: try Clip.load(scenario.video, frames: 250))
    }
  }
}
