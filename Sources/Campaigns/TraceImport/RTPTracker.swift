import WireFormats

/// Places one source's packets in the order in which they were sent, and on the time line of their
/// timestamps (after RFC 3550 appendix A.1).
struct RTPTracker {
  /// A packet and its place.
  struct Placed {
    var sighting: RTPSighting
    /// Counts on across wraps of the sequence number, and across new beginnings.
    var number: Int64
    /// Stretches whose timestamps count on one clock, from 0.
    var segment: Int
    /// When it would have arrived with the transit of the segment's first packet, in nanoseconds.
    var nominal: Int64

    /// How much longer it took than the segment's first packet, in nanoseconds.
    var transit: Int64 { sighting.time - nominal }
  }

  // RFC 3550 appendix A.1.
  private static let maximumDropout: Int64 = 3_000
  private static let maximumMisorder: Int64 = 100
  private static let second: Int64 = 1_000_000_000

  let clockRate: Int
  /// In the sequence number's own count; what is handed over is shifted.
  private var highest: Int64
  private var shift: Int64 = 0
  private var latest: RTPSighting
  /// The latest packet's timestamp in ticks since the segment's first.
  private var ticks: Int64 = 0
  private var segmentStart: Int64
  /// Out of every order: the first of a new beginning, if the next one follows it.
  private var suspect: RTPSighting?
  private(set) var segment = 0
  /// How often the numbering began anew.
  private(set) var restarts = 0
  /// Packets that fit nowhere.
  private(set) var strays = 0
  /// Ticks and nanoseconds over which the clock was followed.
  private(set) var followed: (ticks: Int64, time: Int64) = (0, 0)

  /// - Parameter first: the packet with which the stream begins, which is still to be placed.
  init(first: RTPSighting, clockRate: Int) {
    self.clockRate = clockRate
    // Above zero, whatever comes before it.
    highest = Int64(first.sequenceNumber) + 1 << 16
    latest = first
    segmentStart = first.time
  }

  /// Hands over the packets that can be placed now: the one given, one that waited, both or none.
  mutating func place(_ sighting: RTPSighting, _ body: (Placed) -> Void) {
    let number = SequenceNumber.unwrap(sighting.sequenceNumber, near: highest)
    let step = number - highest
    if fits(sighting, step: step) {
      if suspect != nil { strays += 1 }
      suspect = nil
      body(step > 0 ? advance(to: sighting, number) : late(sighting, number))
      return
    }
    guard let first = suspect, sighting.sequenceNumber == first.sequenceNumber &+ 1 else {
      if suspect != nil { strays += 1 }
      suspect = sighting
      return
    }
    suspect = nil
    body(restart(at: first))
    place(sighting, body)
  }

  /// Where a packet seen elsewhere has its place; nil where it has none yet.
  ///
  /// - Parameter reference: the highest number handed over of either place.
  func locate(
    _ sighting: RTPSighting, near reference: Int64
  ) -> (number: Int64, nominal: Int64)? {
    let near = reference - shift
    let number = SequenceNumber.unwrap(sighting.sequenceNumber, near: near)
    let distance = nanoseconds(stepOfTimestamp(to: sighting))
    let isNear = (-Self.maximumMisorder...Self.maximumDropout).contains(number - near)
    guard isNear || abs(distance - (sighting.time - latest.time)) < 2 * Self.second else {
      return nil
    }
    return (number + shift, nominal(ticks + stepOfTimestamp(to: sighting)))
  }

  /// Whether a packet goes on with what was before it, by its number or else by its timestamp.
  private func fits(_ sighting: RTPSighting, step: Int64) -> Bool {
    if (-Self.maximumMisorder...Self.maximumDropout).contains(step) { return true }
    let distance = nanoseconds(stepOfTimestamp(to: sighting))
    if step < 0 { return (-60 * Self.second...0).contains(distance) }
    // A long outage: the sender's clock went on as time did.
    return abs(distance - (sighting.time - latest.time)) < 2 * Self.second
  }

  private mutating func advance(to sighting: RTPSighting, _ number: Int64) -> Placed {
    let distance = stepOfTimestamp(to: sighting)
    let elapsed = sighting.time - latest.time
    highest = number
    latest = sighting
    // A timestamp that leaves the clock counts from anywhere: another camera, another call.
    if abs(nanoseconds(distance) - elapsed) > 10 * Self.second {
      beginSegment()
    } else {
      ticks += distance
      // Sums of broken files may go beyond any number.
      followed.ticks &+= distance
      followed.time &+= elapsed
    }
    return placed(sighting, number, nominal(ticks))
  }

  private func late(_ sighting: RTPSighting, _ number: Int64) -> Placed {
    let distance = stepOfTimestamp(to: sighting)
    // One of the segment before has no place on this clock.
    let isOfSegment = abs(nanoseconds(distance)) < 60 * Self.second
    return placed(sighting, number, isOfSegment ? nominal(ticks + distance) : sighting.time)
  }

  private mutating func restart(at first: RTPSighting) -> Placed {
    restarts += 1
    let next = highest + shift + 1
    highest = Int64(first.sequenceNumber) + 1 << 16
    shift = next - highest
    latest = first
    beginSegment()
    return placed(first, highest, nominal(0))
  }

  private mutating func beginSegment() {
    segment += 1
    segmentStart = latest.time
    ticks = 0
  }

  private func placed(_ sighting: RTPSighting, _ number: Int64, _ nominal: Int64) -> Placed {
    Placed(sighting: sighting, number: number + shift, segment: segment, nominal: nominal)
  }

  private func stepOfTimestamp(to sighting: RTPSighting) -> Int64 {
    Int64(Int32(bitPattern: sighting.timestamp &- latest.timestamp))
  }

  private func nominal(_ ticks: Int64) -> Int64 { segmentStart + nanoseconds(ticks) }

  private func nanoseconds(_ ticks: Int64) -> Int64 {
    let (seconds, rest) = ticks.quotientAndRemainder(dividingBy: Int64(clockRate))
    return seconds * Self.second + rest * Self.second / Int64(clockRate)
  }
}
