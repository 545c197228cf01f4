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
      next = firstOfSpell(from: begin, meanOn: meanOn, meanOff: meanOff)
    }
  }

  mutating func advance() {
    guard let last = next else { return }
    switch pattern {
    case .poisson: next = last + stream.nextExponential(mean: interval)
    case .onOff(let meanOn, let meanOff):
      let time = last + interval
      next =
        time < spellEnd
        ? time
        : firstOfSpell(
          from: spellEnd + stream.nextExponential(mean: meanOff), renewing: true, meanOn: meanOn,
          meanOff: meanOff)
    }
  }

  /// The first packet of a spell, at any point of an interval, so that spells carry the rate whatever
  /// their length; some have none.
  private mutating func firstOfSpell(
    from start: SimTime, renewing renews: Bool = false, meanOn: SimDuration, meanOff: SimDuration
  ) -> SimTime {
    var begin = start
    var isRenewed = renews
    while true {
      if isRenewed { spellEnd = begin + stream.nextExponential(mean: meanOn) }
      let offset = Double(interval.nanoseconds) * stream.nextUnit()
      let time = begin + SimDuration(nanoseconds: Int64(offset))
      if time < spellEnd { return time }
      begin = spellEnd + stream.nextExponential(mean: meanOff)
      isRenewed = true
    }
  }
}
