/// Tells what happens within one time slot apart by its index in it: with the slot, the place of a
/// draw of `StreamKey`.
public struct SlotCounter: Sendable {
  /// Length of a slot.
  public static let slot = SimDuration.milliseconds(1)

  private var current: Int64 = 0
  private var count = 0

  public init() {}

  /// The place of what happens at `time`, which is not before any earlier one (checked).
  public mutating func next(at time: SimTime) -> (slot: Int64, index: Int) {
    let slot = time.nanoseconds / Self.slot.nanoseconds
    precondition(slot >= current, "slots are counted in the order of time")
    count = slot == current ? count : 0
    current = slot
    defer { count += 1 }
    return (slot, count)
  }
}
