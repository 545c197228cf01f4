import NetworkModels

/// The segments under way, so that an event holds no more than a slot's number.
struct SegmentSlots: Sendable {
  private var slots: [TCPSegment] = []
  private var free: [Int32] = []

  var usedCount: Int { slots.count - free.count }

  mutating func put(_ segment: TCPSegment) -> Int32 {
    guard let slot = free.popLast() else {
      slots.append(segment)
      return Int32(slots.count - 1)
    }
    slots[Int(slot)] = segment
    return slot
  }

  mutating func take(_ slot: Int32) -> TCPSegment {
    free.append(slot)
    return slots[Int(slot)]
  }
}
