import SimulationKernel

/// When packets leave a bottleneck whose rate changes over time.
struct RateTimelineCursor: Sendable {
  private let timeline: RateTimeline
  private let period: Int64
  private let count: Int
  /// The present step, or the opportunity that was used last, counted through all repetitions.
  private var place: Int64 = 0
  /// Octets that the opportunity used last has left.
  private var left = 0

  init(_ timeline: RateTimeline) {
    self.timeline = timeline
    switch timeline {
    case .steps(let steps, let period):
      precondition(
        steps.first?.from == .zero && steps.contains { $0.rate.bitsPerSecond > 0 },
        "a rate over time begins at 0, and is above zero at some time")
      (self.period, count) = (period.nanoseconds, steps.count)
    case .opportunities(let times, let octets, let period):
      precondition(!times.isEmpty && octets > 0, "a bottleneck sends something at some time")
      (self.period, count) = (period.nanoseconds, times.count)
      left = octets
    }
    precondition(period > 0, "a timeline takes some time")
  }

  /// - Parameter begin: not before any earlier packet's departure.
  mutating func departure(octets: Int, from begin: SimTime) -> SimTime {
    switch timeline {
    case .steps(let steps, _): departure(bits: Int64(octets) * 8, from: begin, steps)
    case .opportunities(let times, let size, _):
      departure(octets: octets, from: begin, times, size: size)
    }
  }

  // MARK: Steps

  private mutating func departure(
    bits: Int64, from begin: SimTime, _ steps: [RateTimeline.Step]
  ) -> SimTime {
    seek(begin) { steps[$0].from }
    var now = begin.nanoseconds
    // In bits and nanoseconds, so that nothing is lost where a packet meets two rates.
    var rest = bits * 1_000_000_000
    while true {
      let rate = steps[index].rate.bitsPerSecond
      let end = start(of: place + 1) { steps[$0].from }
      let (sent, isMore) = rate.multipliedReportingOverflow(by: end - now)
      if isMore || sent >= rest {
        return SimTime(nanoseconds: now + (rest + rate - 1) / rate)
      }
      rest -= sent
      now = end
      place += 1
    }
  }

  // MARK: Opportunities

  private mutating func departure(
    octets: Int, from begin: SimTime, _ times: [SimTime], size: Int
  ) -> SimTime {
    if start(of: place, { times[$0] }) < begin.nanoseconds {
      // What an opportunity has left is gone when nobody waits for it.
      seek(begin) { times[$0] }
      if start(of: place, { times[$0] }) < begin.nanoseconds { place += 1 }
      // Of several at one instant the first.
      while place > 0, start(of: place - 1, { times[$0] }) >= begin.nanoseconds { place -= 1 }
      left = size
    }
    var rest = octets
    while rest > left {
      rest -= left
      place += 1
      left = size
    }
    left -= rest
    return SimTime(nanoseconds: start(of: place) { times[$0] })
  }

  // MARK: Places

  private var index: Int { Int(place % Int64(count)) }

  /// The time of a place, whichever repetition it is of.
  private func start(of place: Int64, _ time: (Int) -> SimTime) -> Int64 {
    let (round, index) = place.quotientAndRemainder(dividingBy: Int64(count))
    return round * period + time(Int(index)).nanoseconds
  }

  /// Goes forward to the last place that is not behind `time`.
  private mutating func seek(_ time: SimTime, _ from: (Int) -> SimTime) {
    let round = time.nanoseconds / period
    let within = SimTime(nanoseconds: time.nanoseconds - round * period)
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if from(middle) <= within { low = middle + 1 } else { high = middle }
    }
    place = max(place, max(0, round * Int64(count) + Int64(low) - 1))
  }
}
