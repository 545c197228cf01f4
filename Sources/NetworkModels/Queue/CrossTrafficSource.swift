import SimulationKernel

/// When the packets of other traffic come to a bottleneck.
struct CrossTrafficSource: Sendable {
  let octets: Int
  /// When the next one comes.
  private(set) var next: SimTime?
  private let interval: SimDuration
  private let pattern: QueueSettings.CrossTraffic.Pattern
  private var stream: RandomStream
  private var spellEnd = SimTime.zero

  init(_ settings: QueueSettings.CrossTraffic, key: StreamKey) {
    octets = settings.octets
    interval = settings.rate.duration(ofOctets: settings.octets)
    pattern = settings.pattern
    stream = RandomStream(key)
    switch pattern {
    case .poisson: next = .zero + stream.nextExponential(mean: interval)
    case .onOff(let meanOn, let meanOff):
      // In its stationary state: within a spell with the share that spells have of the time.
      let (on, off) = (Double(meanOn.nanoseconds), Double(meanOff.nanoseconds))
      let isOn = stream.nextUnit() * (on + off) < on
      let begin = isOn ? SimTime.zero : .zero + stream.nextExponential(mean: meanOff)
      spellEnd = begin + stream.nextExponential(mean: meanOn)
      next = begin
    }
  }

  mutating func advance() {
    guard let last = next else { return }
    switch pattern {
    case .poisson: next = last + stream.nextExponential(mean: interval)
    case .onOff(let meanOn, let meanOff):
      var time = last + interval
      while time >= spellEnd {
        time = spellEnd + stream.nextExponential(mean: meanOff)
        spellEnd = time + stream.nextExponential(mean: meanOn)
      }
      next = time
    }
  }
}
