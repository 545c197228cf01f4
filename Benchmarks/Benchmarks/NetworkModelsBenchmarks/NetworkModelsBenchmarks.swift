import Benchmark
import NetworkModels
import SimulationKernel

/// A link with each model that takes time: chains of loss, correlated jitter with reordering, slots,
/// duplicates, CoDel before a rate that changes each 10 ms, and other traffic.
private func richest() -> LinkSettings {
  var settings = LinkSettings(oneWayDelay: .milliseconds(30))
  settings.loss = .twoState(
    TwoStateLoss(
      meanGood: .milliseconds(900), meanBad: .milliseconds(100), lossInGood: 0.01, lossInBad: 0.5))
  settings.outages = [.zero + .seconds(3)..<(.zero + .seconds(4))]
  settings.delay.jitter = Jitter(
    mean: .milliseconds(8), distribution: .gamma(shape: 2), correlationTime: .milliseconds(50))
  settings.delay.reorders = true
  settings.delay.slot = .milliseconds(1)
  settings.delay.duplicates = 0.001
  settings.queue.timeline = .steps(
    (0..<1_000 as Range<Int64>).map(step), period: .seconds(10))
  settings.queue.octetLimit = 500_000
  settings.queue.discipline = .coDel(target: .milliseconds(5), interval: .milliseconds(100))
  settings.queue.crossTraffic = .init(
    rate: .kilobitsPerSecond(2_000), octets: 1_200,
    pattern: .onOff(meanOn: .milliseconds(500), meanOff: .seconds(1)))
  return settings
}

/// The rate of the n-th 10 ms.
private func step(_ number: Int64) -> RateTimeline.Step {
  RateTimeline.Step(
    from: .zero + .milliseconds(10 * number), rate: .kilobitsPerSecond(20_000 + 40 * (number % 100))
  )
}

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.throughput, .cpuTotal], warmupIterations: 1, scalingFactor: .mega,
    maxDuration: .seconds(3))

  for (name, settings) in [
    ("plain", LinkSettings(loss: .independent(rate: 0.01))), ("richest", richest()),
  ] {
    Benchmark("Link, \(name) model, a packet") { benchmark in
      var link = Link(settings, seed: 1, name: "benchmark")
      var now = SimTime.zero
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations {
        blackHole(link.send(octets: 1_200, at: now))
        now += .microseconds(600)
      }
    }
  }
}
