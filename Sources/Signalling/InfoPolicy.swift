import SimulationKernel

extension SignallingSettings {
  /// How often the receiver's user agent asks for one and the same damage.
  public enum Repetition: String, CaseIterable, Sendable {
    /// Whenever the other rules allow, until the picture is repaired.
    case untilRepaired = "until-repaired"
    /// Once for each loss that is noticed, also where it hits the repair of an earlier one.
    case once
  }

  /// How many requests may be without a final response.
  public enum Outstanding: String, CaseIterable, Sendable {
    /// The next one waits for the end of the transaction of the last one: 32 s where no response
    /// comes (Timer F, RFC 3261 section 17.1.2.2).
    case one
    case any
  }

  /// The rules of an endpoint in use, as a preset of the single ones.
  public enum Policy: String, CaseIterable, Sendable {
    case linphone
    case pjsip
    case freeswitch

    /// The least time between two key frames of the same endpoint's encoder; nil where it has none
    /// of its own.
    public var minimumKeyFrameInterval: SimDuration? {
      self == .pjsip ? .seconds(1) : nil
    }
  }

  /// Sets all rules of the user agent to their defaults, which are no endpoint's.
  public mutating func adoptNone() {
    let defaults = SignallingSettings()
    policy = nil
    repetition = defaults.repetition
    minimumRequestInterval = defaults.minimumRequestInterval
    requestDelay = defaults.requestDelay
    keyFrameClearsInterval = defaults.keyFrameClearsInterval
    outstanding = defaults.outstanding
    retryAfter491 = defaults.retryAfter491
  }

  /// Sets all rules of the user agent to those of an endpoint.
  ///
  /// All three ask again while frames cannot be decoded. Linphone puts its requests into the
  /// dialog's queue, where each waits for the one before, and makes one again after a 491; the
  /// others look at the time of their last request and nothing else.
  public mutating func adopt(_ policy: Policy) {
    self.policy = policy
    repetition = .untilRepaired
    switch policy {
    case .linphone:
      minimumRequestInterval = .seconds(5)
      // As long as a real one took, in the median of 16 (LinphoneMeasured).
      requestDelay = .milliseconds(4)
      keyFrameClearsInterval = true
      outstanding = .one
      retryAfter491 = .zero ... .seconds(1)
    case .pjsip, .freeswitch:
      minimumRequestInterval = policy == .pjsip ? .seconds(3) : .milliseconds(500)
      requestDelay = .zero
      keyFrameClearsInterval = false
      outstanding = .any
      retryAfter491 = nil
    }
  }
}
