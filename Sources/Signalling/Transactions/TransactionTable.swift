import SimulationKernel

/// The transactions at one end of a hop, by the number of their request.
///
/// There are few at a time (those of half a minute), so that the newest are looked through first.
struct TransactionTable<Machine: Sendable>: Sendable {
  struct Entry: Sendable {
    let request: Int
    var machine: Machine
    var timer = WakeUp()
    /// When the element had the message that it sends in this transaction.
    var received: SimTime
    /// When it could have sent it, had the next element been awake.
    var heldFrom: SimTime?
    /// The message that it sent as a datagram, while none of its copies has arrived.
    var underWay: SignallingHopRecord?
    var isSent = false
  }

  private(set) var entries: [Entry] = []

  var count: Int { entries.count }

  /// The place of a request's transaction, valid until one is added or removed.
  func index(of request: Int) -> Int? { entries.lastIndex { $0.request == request } }

  subscript(index: Int) -> Entry {
    get { entries[index] }
    set { entries[index] = newValue }
  }

  mutating func append(
    _ request: Int, _ machine: Machine, received: SimTime, heldFrom: SimTime? = nil
  ) {
    entries.append(
      Entry(request: request, machine: machine, received: received, heldFrom: heldFrom))
  }

  mutating func remove(_ request: Int) -> Entry? {
    index(of: request).map { entries.remove(at: $0) }
  }
}
