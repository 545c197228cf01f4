import SimulationKernel

/// Keeps at most one live event for a deadline that moves often.
///
/// A deadline that moves back leaves the scheduled event as it is: when that fires, the machine
/// finds nothing due, and the timer is armed again. Only one that moves forward schedules anew: TCP
/// moves its deadline back with every acknowledgement, for which the kernel's `DeadlineTimer` would
/// schedule an event each time.
struct WakeUp: Sendable {
  private var generation: UInt32 = 0
  private var scheduled = SimTime.distantFuture

  /// - Returns: the generation of the event to schedule at `deadline`, or nil where one comes
  ///   early enough.
  mutating func arm(_ deadline: SimTime) -> UInt32? {
    guard deadline < scheduled else { return nil }
    generation &+= 1
    scheduled = deadline
    return generation
  }

  /// Whether the event that fires is the live one; it is spent then.
  mutating func fire(_ generation: UInt32) -> Bool {
    guard generation == self.generation else { return false }
    scheduled = .distantFuture
    return true
  }
}
