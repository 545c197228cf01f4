/// One stream's packets in the order in which they were sent, put together from what was seen at one
/// interface or two, with bounded memory.
///
/// A number that does not come is lost once so many packets came after it that a late one could not
/// be told from one of the next cycle.
struct PacketLedger {
  /// A packet in its place; times are nanoseconds on the capture's clock.
  struct Packet: Equatable {
    var sent: Int64
    /// nil where it was lost.
    var arrived: Int64?
    /// Of the IP packet.
    var octets: Int
  }

  /// What a capture's writer says of a packet by a comment.
  enum Fate { case unknown, lost, underWay }

  private struct Slot {
    var sent: Int64 = 0
    var arrived: Int64 = 0
    /// When it was seen on its way.
    var seen: Int64 = 0
    var octets = 0
    var hasArrived = false
    var wasSeen = false
    var fate = Fate.unknown
    var isKnown: Bool { hasArrived || wasSeen }
  }

  /// Half a cycle of sequence numbers.
  private static let window = 1 << 15

  private var slots = [Slot](repeating: Slot(), count: Self.window)
  /// The number of the oldest slot.
  private var base: Int64
  private(set) var highest: Int64
  private var highestArrived: Int64?
  /// The longest way from where packets were seen to where they arrived.
  private var longestWay: Int64 = 0
  private var missing = 0
  private var previous: Packet?
  private(set) var reordered = 0
  private(set) var duplicates = 0
  private(set) var tooLate = 0
  private(set) var underWay = 0

  /// - Parameter first: near the number of the first packet.
  init(first: Int64) {
    base = first - Int64(Self.window / 2)
    highest = first
  }

  private func index(of number: Int64) -> Int { Int(number & Int64(Self.window - 1)) }

  /// A packet comes to the interface where losses are looked for.
  ///
  /// - Returns: whether it is there for the first time.
  @discardableResult
  mutating func arrive(
    _ number: Int64, sent: Int64, at time: Int64, octets: Int, _ body: (Packet) -> Void
  ) -> Bool {
    guard makeRoom(for: number, body) else {
      tooLate += 1
      return false
    }
    let index = index(of: number)
    guard !slots[index].hasArrived else {
      duplicates += 1
      return false
    }
    if slots[index].wasSeen { longestWay = max(longestWay, time - slots[index].seen) }
    slots[index].hasArrived = true
    slots[index].arrived = time
    slots[index].sent = sent
    slots[index].octets = octets
    if let highestArrived, number < highestArrived { reordered += 1 }
    highestArrived = max(highestArrived ?? number, number)
    return true
  }

  /// A packet passes the interface before.
  mutating func see(
    _ number: Int64, sent: Int64, at time: Int64, octets: Int, fate: Fate,
    _ body: (Packet) -> Void
  ) {
    guard makeRoom(for: number, body) else { return }
    let index = index(of: number)
    guard !slots[index].wasSeen else { return }
    slots[index].wasSeen = true
    slots[index].seen = time
    slots[index].fate = fate
    guard !slots[index].hasArrived else { return }
    slots[index].sent = sent
    slots[index].octets = octets
  }

  /// Hands over what is left.
  ///
  /// - Parameter end: when the capture ends: what was seen shortly before may be under way.
  mutating func finish(at end: Int64, _ body: (Packet) -> Void) {
    guard base <= highest else { return }
    for number in base...highest {
      let slot = slots[index(of: number)]
      if number > highestArrived ?? .min, slot.wasSeen, slot.fate != .lost,
        slot.fate == .underWay || end - slot.seen <= longestWay
      {
        underWay += 1
        continue
      }
      settle(slot, body)
    }
    base = highest + 1
  }

  private mutating func makeRoom(for number: Int64, _ body: (Packet) -> Void) -> Bool {
    guard number >= base else { return false }
    highest = max(highest, number)
    while number - base >= Self.window {
      let index = index(of: base)
      settle(slots[index], body)
      slots[index] = Slot()
      base += 1
    }
    return true
  }

  private mutating func settle(_ slot: Slot, _ body: (Packet) -> Void) {
    guard slot.isKnown else {
      // Before the first packet nothing is missing.
      if previous != nil { missing += 1 }
      return
    }
    var packet = Packet(
      sent: slot.sent, arrived: slot.hasArrived ? slot.arrived : nil, octets: slot.octets)
    if let previous {
      // Packets leave in the order of their numbers.
      packet.sent = max(packet.sent, previous.sent)
      interpolate(from: previous, to: packet, body)
    }
    missing = 0
    previous = packet
    body(packet)
  }

  /// What is not known of lost packets is put between their neighbours in even steps.
  private func interpolate(from start: Packet, to end: Packet, _ body: (Packet) -> Void) {
    guard missing > 0 else { return }
    for place in 1...missing {
      let share = Double(place) / Double(missing + 1)
      let sent = start.sent + Int64((Double(end.sent - start.sent) * share).rounded())
      body(Packet(sent: sent, arrived: nil, octets: (start.octets + end.octets + 1) / 2))
    }
  }
}
