/// The pending events of a simulation, in the total order (time, insertion).
public struct EventQueue<Event> {
  private var heap: [(time: Int64, sequence: UInt64, event: Event)] = []
  private var sequence: UInt64 = 0
  /// The instant of the event popped last.
  public private(set) var now = SimTime.zero

  public init() {}

  public var isEmpty: Bool { heap.isEmpty }
  public var count: Int { heap.count }

  /// Adds an event; `time` is not before `now` (checked).
  public mutating func schedule(_ event: Event, at time: SimTime) {
    precondition(time >= now, "an event cannot be scheduled in the past")
    sequence += 1
    heap.append((time.nanoseconds, sequence, event))
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      if (heap[parent].time, heap[parent].sequence) <= (heap[child].time, heap[child].sequence) {
        break
      }
      heap.swapAt(parent, child)
      child = parent
    }
  }

  /// Removes the earliest event, and moves `now` to its time.
  public mutating func popNext() -> (time: SimTime, event: Event)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      var parent = 0
      while true {
        var least = parent
        for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
          if (heap[child].time, heap[child].sequence) < (heap[least].time, heap[least].sequence) {
            least = child
          }
        }
        if least == parent { break }
        heap.swapAt(parent, least)
        parent = least
      }
    }
    now = SimTime(nanoseconds: first.time)
    return (now, first.event)
  }
}
