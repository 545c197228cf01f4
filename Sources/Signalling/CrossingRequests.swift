import SimulationKernel

/// Requests of the sender's user agent in a call with video both ways: at random times, each under way
/// for as long as an undisturbed request and its response take.
///
/// Two that cross are refused by both ends (491), as endpoints do that allow one at a time.
struct CrossingRequests: Sendable {
  /// A time slot has a request or none, whatever else happens in the call.
  private static let slot = SimDuration.milliseconds(5)

  private let chance: StreamKey
  /// A draw below this means a request; zero where there are none.
  private let threshold: UInt64
  private let slotsUnderWay: Int64

  /// - Parameters:
  ///   - interval: the mean time between two, at least a slot (checked); nil: there are none.
  ///   - roundTrip: of the path from end to end.
  init(interval: SimDuration?, roundTrip: SimDuration, chance: StreamKey) {
    self.chance = chance
    slotsUnderWay = (roundTrip.nanoseconds + Self.slot.nanoseconds - 1) / Self.slot.nanoseconds
    guard let interval else {
      threshold = 0
      return
    }
    precondition(interval >= Self.slot, "at most one request a slot")
    threshold = UInt64.max / UInt64(interval.nanoseconds) * UInt64(Self.slot.nanoseconds)
  }

  /// Whether the sender's user agent waits for a response of its own.
  func isUnderWay(now: SimTime) -> Bool {
    guard threshold > 0 else { return false }
    let last = now.nanoseconds / Self.slot.nanoseconds
    return (max(0, last - slotsUnderWay)..<last).contains {
      chance.draw(slot: $0, index: 0) < threshold
    }
  }
}
