import SimulationKernel

/// How packets are lost on a path, as functions of time alone.
public enum LossModel: Hashable, Sendable {
  case none
  /// Each packet on its own with this probability, 0...1.
  case independent(rate: Double)
  /// A two-state channel (Gilbert-Elliott) that loses everything while bad: `rate` is the long-run
  /// share of bad time, 0..<1, `meanBurst` the mean length of a bad spell.
  case gilbertElliott(rate: Double, meanBurst: SimDuration)

  /// The long-run share of packets lost, 0...1.
  public var rate: Double {
    switch self {
    case .none: 0
    case .independent(let rate), .gilbertElliott(let rate, _): rate
    }
  }

  /// The same kind of channel with its rate multiplied.
  public func scaled(by factor: Double) -> LossModel {
    switch self {
    case .none: .none
    case .independent(let rate): .independent(rate: rate * factor)
    case .gilbertElliott(let rate, let meanBurst):
      .gilbertElliott(rate: rate * factor, meanBurst: meanBurst)
    }
  }
}

/// One direction of a path.
public struct LinkSettings: Hashable, Sendable {
  /// Propagation, from the last bit sent to the last bit received.
  public var oneWayDelay: SimDuration
  public var loss: LossModel
  /// The bottleneck's rate; nil is infinitely fast.
  public var rate: Bitrate?
  /// The drop-tail queue before the bottleneck, as the longest wait; ignored without `rate`.
  public var queueLimit: SimDuration
  /// The same in octets, as `DropTailQueue` counts them; nil where only the wait counts.
  public var queueOctets: Int?

  public init(
    oneWayDelay: SimDuration = .milliseconds(25), loss: LossModel = .none, rate: Bitrate? = nil,
    queueLimit: SimDuration = .milliseconds(300), queueOctets: Int? = nil
  ) {
    self.oneWayDelay = oneWayDelay
    self.loss = loss
    self.rate = rate
    self.queueLimit = queueLimit
    self.queueOctets = queueOctets
  }
}
