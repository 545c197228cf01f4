import SimulationKernel

/// A bottleneck and the queue before it.
public struct QueueSettings: Hashable, Sendable {
  public enum Discipline: Hashable, Sendable {
    /// Whoever would wait longer than the queue's limit is dropped.
    case dropTail
    /// CoDel (RFC 8289) besides: packets that have waited above `target` for `interval` are dropped, and
    /// then ever more often.
    case coDel(target: SimDuration, interval: SimDuration)
  }

  /// Other traffic that the bottleneck serves.
  public struct CrossTraffic: Hashable, Sendable {
    public enum Pattern: Hashable, Sendable {
      /// Packets at exponential intervals.
      case poisson
      /// Packets at even intervals during spells of exponential lengths, and nothing between them: the
      /// rate is that of the spells.
      case onOff(meanOn: SimDuration, meanOff: SimDuration)
    }

    /// Positive.
    public var rate: Bitrate
    /// Of each packet, with all headers.
    public var octets: Int
    public var pattern: Pattern

    public init(rate: Bitrate, octets: Int = 1_200, pattern: Pattern = .poisson) {
      self.rate = rate
      self.octets = octets
      self.pattern = pattern
    }
  }

  /// The bottleneck's rate; nil is infinitely fast.
  public var rate: Bitrate?
  /// What may leave at once after a pause, in octets (a token bucket); nil: nothing beyond the rate.
  public var burst: Int?
  /// The rate over time, in place of `rate`.
  public var timeline: RateTimeline?
  /// The longest wait; ignored where nothing limits the rate.
  public var limit: SimDuration
  /// The same in octets; nil where only the wait counts.
  public var octetLimit: Int?
  public var discipline = Discipline.dropTail
  public var crossTraffic: CrossTraffic?

  public init(rate: Bitrate?, limit: SimDuration, octetLimit: Int? = nil) {
    self.rate = rate
    self.limit = limit
    self.octetLimit = octetLimit
  }
}
