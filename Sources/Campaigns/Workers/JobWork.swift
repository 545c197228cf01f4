import CallSimulation

extension Job {
  /// Its probes; nil of a whole call.
  var probes: ProbeSet? {
    if case .probes(let set) = work { set } else { nil }
  }

  /// How much it counts in the progress: a call is one, and so is each future of a probe.
  var progressCount: Int { probes.map { $0.part.count * $0.variants.count } ?? 1 }

  /// Simulated seconds times samples a second, in millions: what its time is taken to be proportional
  /// to. Of a file the size is not known here.
  ///
  /// A future ends with its repair, at the latest at its horizon: about a second on the average, which
  /// only has to be right enough to tell the time that is left of calls and futures together.
  var expectedWork: Double {
    let scenario = scenario
    var seconds = Double(scenario.duration.nanoseconds) * 1e-9
    if let probes {
      let settings = probes.settings
      let horizon = Double(settings.horizon.nanoseconds) * 1e-9
      let future = min(horizon, 1 + Double(settings.settling.nanoseconds) * 1e-9)
      seconds += future * Double(progressCount)
    }
    guard case .file = scenario.video.source else {
      let pixels = Double(scenario.video.width * scenario.video.height)
      return seconds * Double(scenario.video.frameRate.frameCount(within: .seconds(100))) * pixels
        * 1e-8
    }
    return seconds
  }
}
