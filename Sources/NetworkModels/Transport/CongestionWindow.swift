import SimulationKernel

/// The congestion window in segments: slow start, congestion avoidance, proportional rate reduction.
///
/// It grows only while the application fills it (RFC 7661).
struct CongestionWindow: Sendable {
  private(set) var segments: Int
  private(set) var threshold = Int.max
  /// Acknowledged segments counted towards the next step of congestion avoidance.
  private var counted = 0
  /// Most segments outstanding at once in the present round, and whether they filled the window.
  private var mostOutstanding = 0
  private var isLimited = false
  private var roundEnd: Int64 = 0
  /// RFC 6937: window before the reduction, segments delivered and sent since.
  private var before = 0
  private var delivered = 0
  private var sent = 0

  /// nil where congestion avoidance is RFC 5681's: a segment a round trip.
  private var cubic: CubicGrowth?

  init(segments: Int, _ profile: TCPProfile) {
    self.segments = segments
    if profile.usesCubic { cubic = CubicGrowth(factor: profile.windowReduction) }
  }

  /// Notes how full the window is after sending.
  mutating func noteSending(outstanding: Int, inFlight: Int, unacknowledged: Int64, next: Int64) {
    let isFull = inFlight >= segments
    guard unacknowledged >= roundEnd || isFull || (!isLimited && outstanding > mostOutstanding)
    else { return }
    isLimited = isFull
    mostOutstanding = outstanding
    roundEnd = next
  }

  /// Grows by what was acknowledged, unless the application is what limits the flow.
  mutating func grow(acknowledged: Int, roundTrip: SimDuration, now: SimTime) {
    if segments < threshold {
      guard segments < 2 * mostOutstanding else { return }
      segments = min(segments + acknowledged, threshold)
    } else {
      guard isLimited else { return }
      let step =
        cubic?.segmentsPerIncrease(
          window: segments, acknowledged: acknowledged, roundTrip: roundTrip, now: now) ?? segments
      if counted >= step {
        // Gathered while more was needed.
        counted = 0
        segments += 1
      }
      counted += acknowledged
      if counted >= step {
        segments += counted / step
        counted %= step
      }
    }
  }

  /// Idleness takes the window back to the initial one, at once or by halves.
  mutating func restartAfterIdle(idle: SimDuration, timeout: SimDuration, _ profile: TCPProfile) {
    cubic?.noteIdle(idle)
    let initial = profile.initialWindow
    if !profile.halvesWhenIdle, idle > timeout { segments = min(segments, initial) }
    var left = idle
    while left > timeout, segments > initial {
      segments = max(segments / 2, initial)
      left -= timeout
    }
  }

  /// A retransmission timeout: room for one segment beside what is still under way.
  mutating func collapse(reducing profile: TCPProfile?, inFlight: Int) {
    if let profile { threshold = profile.reduced(segments) }
    cubic?.reset()
    counted = 0
    segments = inFlight + 1
  }

  /// Fast recovery begins.
  mutating func beginReduction(_ profile: TCPProfile) {
    before = segments
    cubic?.noteReduction(of: segments)
    threshold = profile.reduced(segments)
    delivered = 0
    sent = 0
    counted = 0
  }

  mutating func noteSentInReduction() { sent += 1 }

  /// RFC 6937: spreads the reduction over the acknowledgements; the first resends at once.
  mutating func reduce(newlyDelivered: Int, inFlight: Int) {
    delivered += newlyDelivered
    let room = threshold - inFlight
    var allowed: Int
    if room < 0 {
      allowed = (threshold * delivered + before - 1) / max(before, 1) - sent
    } else {
      allowed = min(room, max(delivered - sent, newlyDelivered) + 1)
    }
    allowed = max(allowed, sent > 0 ? 0 : 1)
    segments = max(inFlight + allowed, 1)
  }

  /// Fast recovery, or an episode that a probe repaired, ends.
  mutating func endReduction() { segments = threshold }

  /// The reduction was for nothing.
  mutating func restore(segments: Int, threshold: Int) {
    self.segments = max(self.segments, segments)
    self.threshold = max(self.threshold, threshold)
  }
}
