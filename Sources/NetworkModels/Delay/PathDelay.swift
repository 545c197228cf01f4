import SimulationKernel

/// When what has left a bottleneck arrives.
public struct DelaySettings: Hashable, Sendable {
  public struct RouteChange: Hashable, Sendable {
    public var time: SimTime
    /// The propagation delay from then on.
    public var oneWayDelay: SimDuration

    public init(time: SimTime, oneWayDelay: SimDuration) {
      self.time = time
      self.oneWayDelay = oneWayDelay
    }
  }

  public var jitter: Jitter?
  /// Whether a packet may overtake another one; otherwise what is late holds up what is behind it.
  public var reorders = false
  /// Packets arrive at multiples of this time, as a radio schedules them; zero: when they do.
  public var slot = SimDuration.zero
  /// In ascending order.
  public var routeChanges: [RouteChange] = []
  /// What a trace adds.
  public var timeline: DelayTimeline?
  /// Probability that a packet arrives twice, 0...1.
  public var duplicates = 0.0

  public init() {}

  /// The most that can be told to come on top of the propagation delay: jitter's 1 - 10^-6 quantile, a
  /// slot, and the timeline's and the routes' greatest.
  public func longest(beyond oneWayDelay: SimDuration) -> SimDuration {
    var longest = slot
    if let jitter { longest = longest + QuantileTable(jitter).delay(ofRank: 1 - 1e-6) }
    if let timeline { longest = longest + (timeline.steps.map(\.delay).max() ?? .zero) }
    let route = routeChanges.map(\.oneWayDelay).max() ?? .zero
    return longest + max(.zero, route - oneWayDelay)
  }
}

/// The delay of a path behind its bottleneck.
struct PathDelay: Sendable {
  private let settings: DelaySettings
  private let oneWayDelay: SimDuration
  private var jitter: JitterProcess?
  private var duplication: IndependentLoss?
  private var timeline: StepCursor?
  private var latestArrival = SimTime.zero

  init(_ settings: DelaySettings, oneWayDelay: SimDuration, key: StreamKey) {
    self.settings = settings
    self.oneWayDelay = oneWayDelay
    jitter = settings.jitter.map {
      JitterProcess($0, key: StreamKey(within: key, name: "jitter"))
    }
    timeline = settings.timeline.map(StepCursor.init)
    if settings.duplicates > 0 {
      duplication = IndependentLoss(
        rate: Probability(settings.duplicates), key: StreamKey(within: key, name: "duplicates"))
    }
  }

  /// When a packet arrives that leaves at `departure`, not before any earlier one (checked where chance
  /// is drawn), and when again. Also to be asked for a packet that is lost, whose draws are made.
  mutating func arrival(
    of departure: SimTime, isLost: Bool
  ) -> (first: SimTime, again: SimTime?) {
    let isDuplicated = duplication?.loses(at: departure) ?? false
    var delay = oneWayDelay
    for change in settings.routeChanges where change.time <= departure {
      delay = change.oneWayDelay
    }
    if let extra = timeline?.delay(at: departure) { delay = delay + extra }
    if let extra = jitter?.delay(at: departure) { delay = delay + extra }
    var arrival = slotted(departure + delay)
    if !settings.reorders { arrival = max(arrival, latestArrival) }
    if !isLost { latestArrival = max(latestArrival, arrival) }
    // The copy comes right behind.
    return (arrival, isDuplicated ? arrival : nil)
  }

  private func slotted(_ time: SimTime) -> SimTime {
    let slot = settings.slot.nanoseconds
    guard slot > 0 else { return time }
    return SimTime(nanoseconds: (time.nanoseconds + slot - 1) / slot * slot)
  }
}

/// Where a timeline of delays is at a time.
private struct StepCursor: Sendable {
  private let steps: [DelayTimeline.Step]
  private var cursor: RepeatedTimeline

  init(_ timeline: DelayTimeline) {
    steps = timeline.steps
    cursor = RepeatedTimeline(period: timeline.period)
  }

  mutating func delay(at time: SimTime) -> SimDuration {
    _ = cursor.advance(to: time) { [steps] place, time in
      place + 1 < steps.count && steps[place + 1].from <= time
    }
    return steps[cursor.place].delay
  }
}
