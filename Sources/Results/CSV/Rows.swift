import SimulationKernel

/// A row of episodes.csv.
public struct EpisodeRow: Sendable, Equatable {
  public var conditions: CallConditions
  /// Times in whole microseconds.
  public var episode: EpisodeRecord

  public init(conditions: CallConditions, episode: EpisodeRecord) {
    self.conditions = conditions
    self.episode = episode
  }
}

/// A loss made on purpose in a call that has lost nothing before it.
public struct Probe: Sendable, Hashable {
  /// The packet of the frame with which the loss begins.
  public enum Position: String, CaseIterable, Sendable {
    case first, middle, last
  }

  /// Position within the call, from 0.
  public var number: Int
  /// The frame that is hit, by capture index.
  public var frame: Int
  public var position: Position
  /// How many packets are lost in a row, those of later frames included; positive.
  public var packets: Int
  /// How long after the frame's capture the repair is waited for.
  public var horizon: SimDuration

  public init(
    number: Int, frame: Int, position: Position, packets: Int, horizon: SimDuration
  ) {
    self.number = number
    self.frame = frame
    self.position = position
    self.packets = packets
    self.horizon = horizon
  }
}

/// A row of probes.csv: what became of one loss under one mechanism.
public struct ProbeRow: Sendable, Equatable {
  /// From the loss to the repair.
  public struct Course: Sendable, Equatable {
    /// The kind of the frame that was hit, as in frames.csv.
    public var kind: String
    /// The long-term buffers that this frame renewed, joined by +; empty for none.
    public var renewed: String
    /// Times in whole microseconds.
    public var episode: EpisodeRecord

    public init(kind: String, renewed: String, episode: EpisodeRecord) {
      self.kind = kind
      self.renewed = renewed
      self.episode = episode
    }
  }
  public enum Outcome: Sendable, Equatable {
    case followed(Course)
    /// One sentence.
    case failed(String)
  }
  public var conditions: CallConditions
  public var probe: Probe
  public var outcome: Outcome

  public init(conditions: CallConditions, probe: Probe, outcome: Outcome) {
    self.conditions = conditions
    self.probe = probe
    self.outcome = outcome
  }
}

/// A row of frames.csv.
public struct FrameRow: Sendable, Equatable {
  public var run: Int
  public var mechanism: String
  public var frame: FrameRecord

  public init(run: Int, mechanism: String, frame: FrameRecord) {
    self.run = run
    self.mechanism = mechanism
    self.frame = frame
  }
}

/// A row of feedback.csv.
public struct FeedbackRow: Sendable, Equatable {
  public var run: Int
  public var mechanism: String
  public var message: FeedbackRecord

  public init(run: Int, mechanism: String, message: FeedbackRecord) {
    self.run = run
    self.mechanism = mechanism
    self.message = message
  }
}

/// A row of runs.csv: what became of one call.
public struct RunRow: Sendable, Equatable {
  /// What the call's episodes and counters add up to.
  public struct Outcome: Sendable, Equatable {
    public var totals: CallTotals
    public var episodes: Int
    public var censored: Int
    public var falseRepairs: Int
    /// Kaplan-Meier quantiles and mean of the call's recovery times; nil where not reached.
    public var recoveryP50: SimDuration?
    public var recoveryP90: SimDuration?
    public var recoveryP95: SimDuration?
    public var recoveryMean: SimDuration?
    /// Sums over the call's episodes, indexed by `Cause.rawValue`.
    public var causes: [SimDuration]
  }

  public var conditions: CallConditions
  /// nil for a failed call.
  public var outcome: Outcome?
  /// Why the call failed; nil for one that did not.
  public var failure: String?

  /// A failed call.
  public init(conditions: CallConditions, failure: String) {
    self.conditions = conditions
    self.failure = failure
  }

  /// A call that was simulated; every figure follows from what episodes.csv prints.
  public init(_ call: CallRecords) {
    conditions = call.conditions
    var totals = call.totals
    totals.duration = totals.duration.roundedToMicroseconds
    totals.freezeTime = totals.freezeTime.roundedToMicroseconds
    totals.frozenTime = totals.frozenTime.roundedToMicroseconds
    totals.largestRenderInterval = totals.largestRenderInterval.roundedToMicroseconds
    totals.meanLatency = totals.meanLatency.roundedToMicroseconds
    totals.brokenTime = totals.brokenTime.roundedToMicroseconds
    var causes = [SimDuration](repeating: .zero, count: Cause.allCases.count)
    var observations: [Observation] = []
    for exact in call.episodes {
      let episode = exact.roundedToMicroseconds()
      for (cause, span) in episode.causes.enumerated() { causes[cause] += span }
      observations.append(Observation(episode, cluster: 0))
    }
    let curve = SurvivalCurve(observations)
    outcome = Outcome(
      totals: totals, episodes: call.episodes.count,
      censored: call.episodes.count { $0.isCensored },
      falseRepairs: call.episodes.count { $0.falseRepair },
      recoveryP50: curve.quantile(0.50).map(SimDuration.init(wholeMicrosecondsNearest:)),
      recoveryP90: curve.quantile(0.90).map(SimDuration.init(wholeMicrosecondsNearest:)),
      recoveryP95: curve.quantile(0.95).map(SimDuration.init(wholeMicrosecondsNearest:)),
      recoveryMean: curve.mean.map(SimDuration.init(wholeMicrosecondsNearest:)),
      causes: causes)
  }
}

extension Observation {
  /// An episode's recovery time in milliseconds.
  public init(_ episode: EpisodeRecord, cluster: Int) {
    self.init(
      value: episode.duration.inMilliseconds, isCensored: episode.isCensored, cluster: cluster)
  }
}

extension SimDuration {
  /// The whole microseconds nearest to a number of milliseconds.
  init(wholeMicrosecondsNearest milliseconds: Double) {
    let microseconds = (milliseconds * 1e3).rounded(.toNearestOrAwayFromZero)
    self.init(nanoseconds: Int64(microseconds) * 1_000)
  }
}
