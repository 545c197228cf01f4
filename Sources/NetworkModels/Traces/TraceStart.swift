import SimulationKernel

/// Where in its traces a link begins.
public enum TraceStart: Hashable, Sendable {
  /// So far into each trace, not below zero; beyond its end, in its repetition.
  case at(SimDuration)
  /// At a moment that the call's seed draws, uniform over the trace: calls with other seeds meet other
  /// parts of it first. Of all traces of a call it is the same share of their periods, so that those of
  /// the two directions of one capture stay side by side.
  case random

  static let beginning = TraceStart.at(.zero)

  /// How far into a trace of this period the call with this seed begins, below the period.
  func offset(within period: SimDuration, seed: UInt64) -> SimDuration {
    switch self {
    case .at(let offset):
      return SimDuration(nanoseconds: offset.nanoseconds % period.nanoseconds)
    case .random:
      let draw = StreamKey(seed: seed, name: "network.trace-start").draw(slot: 0, index: 0)
      let share = draw.multipliedFullWidth(by: UInt64(period.nanoseconds)).high
      return SimDuration(nanoseconds: Int64(share))
    }
  }
}

extension LinkSettings {
  /// The same link with its traces turned so that they begin where `traceStart` says.
  func startingTraces(seed: UInt64) -> LinkSettings {
    guard traceStart != .beginning else { return self }
    var link = self
    if case .timeline(let timeline) = loss {
      let offset = traceStart.offset(within: timeline.period, seed: seed)
      link.loss = .timeline(timeline.starting(at: offset))
    }
    link.delay.timeline = delay.timeline.map {
      $0.starting(at: traceStart.offset(within: $0.period, seed: seed))
    }
    link.queue = queue.startingTraces(traceStart, seed: seed)
    link.traceStart = .beginning
    return link
  }
}

extension QueueSettings {
  func startingTraces(_ start: TraceStart, seed: UInt64) -> QueueSettings {
    var queue = self
    queue.timeline = timeline.map {
      $0.starting(at: start.offset(within: $0.period, seed: seed))
    }
    return queue
  }
}

// MARK: Turning

extension LossTimeline {
  /// The same losses for a clock that shows 0 at `offset`, which is within the period.
  func starting(at offset: SimDuration) -> LossTimeline {
    guard offset > .zero else { return self }
    let start = SimTime.zero + offset
    let behind = spells.filter { $0.upperBound > start }.map {
      (max($0.lowerBound, start) - offset)..<($0.upperBound - offset)
    }
    let rest = period - offset
    let before = spells.filter { $0.lowerBound < start }.map {
      ($0.lowerBound + rest)..<(min($0.upperBound, start) + rest)
    }
    return LossTimeline(spells: behind + before, period: period)
  }
}

extension DelayTimeline {
  /// The same delays for a clock that shows 0 at `offset`, which is within the period.
  func starting(at offset: SimDuration) -> DelayTimeline {
    DelayTimeline(steps: turned(steps, \.from, to: offset, period: period), period: period)
  }
}

extension RateTimeline {
  var period: SimDuration {
    switch self {
    case .steps(_, let period), .opportunities(_, _, let period): period
    }
  }

  /// The same rate for a clock that shows 0 at `offset`, which is within the period.
  func starting(at offset: SimDuration) -> RateTimeline {
    guard offset > .zero else { return self }
    switch self {
    case .steps(let steps, let period):
      return .steps(turned(steps, \.from, to: offset, period: period), period: period)
    case .opportunities(let times, let octets, let period):
      let start = SimTime.zero + offset
      let rest = period - offset
      return .opportunities(
        times.filter { $0 >= start }.map { $0 - offset }
          + times.filter { $0 < start }.map { $0 + rest },
        octets: octets, period: period)
    }
  }
}

/// Steps of which each holds until the next one, the first from 0 on: those from `offset` on come first.
private func turned<Step>(
  _ steps: [Step], _ from: WritableKeyPath<Step, SimTime>, to offset: SimDuration,
  period: SimDuration
) -> [Step] {
  let start = SimTime.zero + offset
  func moved(_ step: Step, to time: SimTime) -> Step {
    var step = step
    step[keyPath: from] = time
    return step
  }
  let present = steps.lastIndex { $0[keyPath: from] <= start }!
  let behind = steps[(present + 1)...].map { moved($0, to: $0[keyPath: from] - offset) }
  let before = steps[...present].filter { $0[keyPath: from] < start }.map {
    moved($0, to: $0[keyPath: from] + (period - offset))
  }
  return [moved(steps[present], to: .zero)] + behind + before
}
