import SimulationKernel

/// One direction of a path.
public struct LinkSettings: Hashable, Sendable {
  /// Propagation, from the last bit sent to the last bit received.
  public var oneWayDelay: SimDuration
  /// What comes on top of it.
  public var delay = DelaySettings()
  public var loss: LossModel
  /// Stretches of time in which nothing passes, in ascending order.
  public var outages: [Range<SimTime>] = []
  public var queue: QueueSettings
  /// Where the timelines of loss, delay and rate begin; matters to nothing else.
  public var traceStart = TraceStart.at(.zero)

  public init(
    oneWayDelay: SimDuration = .milliseconds(25), loss: LossModel = .none, rate: Bitrate? = nil,
    queueLimit: SimDuration = .milliseconds(300), queueOctets: Int? = nil
  ) {
    self.oneWayDelay = oneWayDelay
    self.loss = loss
    queue = QueueSettings(rate: rate, limit: queueLimit, octetLimit: queueOctets)
  }

  /// The bottleneck's rate; nil is infinitely fast.
  public var rate: Bitrate? {
    get { queue.rate }
    set { queue.rate = newValue }
  }

  /// The longest wait before the bottleneck.
  public var queueLimit: SimDuration {
    get { queue.limit }
    set { queue.limit = newValue }
  }

  /// The same in octets; nil where only the wait counts.
  public var queueOctets: Int? {
    get { queue.octetLimit }
    set { queue.octetLimit = newValue }
  }

  /// Whether anything comes from a trace.
  public var playsTraces: Bool {
    playsLosses || delay.timeline != nil || queue.timeline != nil
  }

  /// Whether a trace says which packets are lost.
  public var playsLosses: Bool {
    if case .timeline = loss { true } else { false }
  }

  /// The longest that a packet of so many octets takes, but for one in a million of those that jitter.
  public func longestTransit(octets: Int) -> SimDuration {
    oneWayDelay + delay.longest(beyond: oneWayDelay) + queue.longestStay(octets: octets)
  }
}

extension QueueSettings {
  /// The longest that a packet is in the queue and being sent.
  func longestStay(octets: Int) -> SimDuration {
    switch timeline {
    case nil: rate.map { limit + $0.duration(ofOctets: octets) } ?? .zero
    // The wait is bounded when a packet comes; then it may meet the longest outage and the lowest rate.
    case .steps(_, let period)?, .opportunities(_, _, let period)?: limit + period
    }
  }
}
