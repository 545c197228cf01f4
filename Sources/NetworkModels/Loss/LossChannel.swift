import SimulationKernel

/// The state of a lossy channel, which moves with simulated time alone.
///
/// Nothing here depends on what was sent before except the index of a packet within its time slot,
/// so two runs that send different packets meet the same channel at the same times.
struct LossChannel: Sendable {
  private enum Process: Sendable {
    case lossless
    case independent(IndependentLoss)
    case gilbertElliott(GilbertElliottChannel)
    case twoState(TwoStateChannel)
    case fourState(FourStateChannel)
    case timeline(LossTimelineCursor)
  }

  private var process: Process
  /// Which of the losses are losses; nil: all.
  private var thinning: IndependentLoss?

  /// - Parameters:
  ///   - model: its rate within 0...1, below 1 for Gilbert's, times positive, and probabilities within
  ///     0...1 (all checked).
  ///   - key: the stream that all its chance comes from.
  init(_ model: LossModel, key: StreamKey) {
    var model = model
    if case .thinned(let inner, let share) = model {
      (model, thinning) = (
        inner,
        IndependentLoss(rate: Probability(share), key: StreamKey(within: key, name: "thinning"))
      )
    }
    process = Self.process(model, key: key)
  }

  private static func process(_ model: LossModel, key: StreamKey) -> Process {
    switch model {
    case .none: .lossless
    case .independent(let rate):
      .independent(IndependentLoss(rate: Probability(rate), key: key))
    case .gilbertElliott(let rate, let meanBurst):
      .gilbertElliott(GilbertElliottChannel(rate: rate, meanBurst: meanBurst, key: key))
    case .twoState(let settings): .twoState(TwoStateChannel(settings, key: key))
    case .fourState(let settings): .fourState(FourStateChannel(settings, key: key))
    case .timeline(let timeline): .timeline(LossTimelineCursor(timeline))
    case .thinned: preconditionFailure("a share is taken once")
    }
  }

  /// Whether the channel loses the packet that passes at `time`, not before any earlier one
  /// (checked).
  mutating func loses(at time: SimTime) -> Bool {
    // Drawn for each packet, so that a draw depends on no other one's fate.
    let counts = thinning?.loses(at: time) ?? true
    return processLoses(at: time) && counts
  }

  private mutating func processLoses(at time: SimTime) -> Bool {
    switch process {
    case .lossless:
      return false
    case .independent(var independent):
      defer { process = .independent(independent) }
      return independent.loses(at: time)
    case .gilbertElliott(var channel):
      defer { process = .gilbertElliott(channel) }
      return channel.isBad(at: time)
    case .twoState(var channel):
      defer { process = .twoState(channel) }
      return channel.loses(at: time)
    case .fourState(var channel):
      defer { process = .fourState(channel) }
      return channel.loses(at: time)
    case .timeline(var cursor):
      defer { process = .timeline(cursor) }
      return cursor.isLost(at: time)
    }
  }
}
