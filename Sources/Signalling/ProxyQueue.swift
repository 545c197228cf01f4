import SimulationKernel

/// The work of a proxy: one message at a time, both directions in one line. Copies of a message that
/// its transactions absorb cost it nothing.
struct ProxyQueue: Sendable {
  struct Item: Sendable {
    /// Of other signalling where negative.
    let request: Int
    let status: Int?
    let received: SimTime
  }

  private let processing: SimDuration
  private let distribution: SignallingSettings.ProcessingDistribution
  private let chance: StreamKey
  private var items = FirstInFirstOut<Item>()
  private var busyUntil = SimTime.zero
  private var arrivals = SlotCounter()

  /// - Parameters:
  ///   - processing: time for a message, or its mean.
  ///   - chance: how long one takes, as a function of when it came and of how many had come within
  ///     the same millisecond: what others there are at other times moves no draw.
  init(
    processing: SimDuration, _ distribution: SignallingSettings.ProcessingDistribution = .constant,
    chance: StreamKey
  ) {
    self.processing = processing
    self.distribution = distribution
    self.chance = chance
  }

  var count: Int { items.count }
  func item(_ index: Int) -> Item { items[index] }

  /// Takes a complete message in, in the order of `received` (checked); returns when it will have been
  /// processed.
  mutating func accept(_ item: Item) -> SimTime {
    items.append(item)
    busyUntil = max(busyUntil, item.received) + workingTime(at: item.received)
    return busyUntil
  }

  /// The message that has been processed.
  mutating func finish() -> Item { items.removeFirst() }

  private mutating func workingTime(at received: SimTime) -> SimDuration {
    switch distribution {
    case .constant: return processing
    case .exponential:
      let (slot, index) = arrivals.next(at: received)
      var stream = RandomStream(chance, slot: slot, index: index)
      return stream.nextExponential(mean: processing)
    }
  }
}
