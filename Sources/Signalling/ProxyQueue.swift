import SimulationKernel

/// The work of a proxy: one message at a time, both directions in one line. Copies of a message that
/// its transactions absorb cost it nothing.
struct ProxyQueue: Sendable {
  struct Item: Sendable {
    let request: Int
    let status: Int?
    let received: SimTime
  }

  private let processing: SimDuration
  private var items = FirstInFirstOut<Item>()
  private var busyUntil = SimTime.zero

  init(processing: SimDuration) { self.processing = processing }

  var count: Int { items.count }
  func item(_ index: Int) -> Item { items[index] }

  /// Takes a complete message in; returns when it will have been processed.
  mutating func accept(_ item: Item) -> SimTime {
    items.append(item)
    busyUntil = max(busyUntil, item.received) + processing
    return busyUntil
  }

  /// The message that has been processed.
  mutating func finish() -> Item { items.removeFirst() }
}
