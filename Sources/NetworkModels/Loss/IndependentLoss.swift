import SimulationKernel

/// Losses on their own: each draw is a function of the stream, the time slot and the index in it.
public struct IndependentLoss: Sendable {
  let rate: Probability
  let key: StreamKey
  private var counter = SlotCounter()

  public init(rate: Probability, key: StreamKey) {
    self.rate = rate
    self.key = key
  }

  /// Whether the packet is lost that passes at `time`, not before any earlier one (checked).
  public mutating func loses(at time: SimTime) -> Bool {
    let (slot, index) = counter.next(at: time)
    return rate.accepts(key.draw(slot: slot, index: index))
  }
}
