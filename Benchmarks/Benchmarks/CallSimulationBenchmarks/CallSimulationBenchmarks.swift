import Benchmark
import CallSimulation
import SimulationKernel
import VP8Codec

/// A whole call of 10 s, codec and all; `make bench-overhead` tells the codec's part of it.
let benchmarks: @Sendable () -> Void = {
  for (name, width, height) in [("320x180", 320, 180), ("CIF", 352, 288)] {
    var scenario = Scenario()
    scenario.duration = .seconds(10)
    scenario.video.width = width
    scenario.video.height = height
    let call = scenario
    Benchmark(
      "Call of 10 s, 25 frames a second, \(name), PLI",
      configuration: .init(
        metrics: [.wallClock, .cpuTotal, .peakMemoryResident], maxDuration: .seconds(5))
    ) { benchmark in
      let clip = try Clip.load(call.video, frames: 250)
      for index in 0..<clip.frameCount { blackHole(clip.picture(at: index)) }
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations {
        blackHole(try simulateCall(call, clip: clip))
      }
      benchmark.stopMeasurement()
    }
  }
}
