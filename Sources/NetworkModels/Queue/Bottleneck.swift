import SimulationKernel

/// A bottleneck with its queue and what else it serves. Links that share one queue together.
///
/// It is a reference, and not safe for threads: a simulation runs on one.
public final class Bottleneck: @unchecked Sendable {
  private var queue: BottleneckQueue
  private var crossTraffic: CrossTrafficSource?

  /// - Parameter key: the stream of the other traffic's chance.
  public init(_ settings: QueueSettings, key: StreamKey) {
    queue = BottleneckQueue(settings)
    crossTraffic = settings.crossTraffic.map { CrossTrafficSource($0, key: key) }
  }

  /// - Parameters:
  ///   - link: the first link that it serves.
  ///   - seed: the call's seed.
  ///   - name: the link's role; the stream of the other traffic's chance is "NAME.cross".
  public convenience init(of link: LinkSettings, seed: UInt64, name: String) {
    self.init(
      link.startingTraces(seed: seed).queue, key: StreamKey(seed: seed, name: name + ".cross"))
  }

  /// Takes a packet, not before any earlier one.
  ///
  /// - Parameter isSpared: it waits for as long as it takes and is not dropped.
  /// - Returns: when its last bit leaves, or when it is dropped.
  func enqueue(octets: Int, at now: SimTime, sparing isSpared: Bool = false) -> BottleneckQueue.Fate
  {
    while let other = crossTraffic?.next, other <= now {
      _ = queue.enqueue(octets: crossTraffic!.octets, at: other)
      crossTraffic!.advance()
    }
    return queue.enqueue(octets: octets, at: now, sparing: isSpared)
  }
}

/// A first-in-first-out queue before whatever limits the rate. No packet is stored: each one's course is
/// known when it comes.
struct BottleneckQueue: Sendable {
  enum Fate: Equatable, Sendable {
    case leaves(at: SimTime)
    case dropped(at: SimTime)
  }

  private enum Service: Sendable {
    case unlimited
    case constant(Bitrate)
    case bucket(TokenBucket)
    case timeline(RateTimelineCursor)
  }

  private var service: Service
  private let limit: SimDuration
  private let octetLimit: Int?
  /// Where the rate does not tell how much of a packet is left.
  private var backlog: Backlog?
  private var coDel: CoDel?
  /// When the last packet that was not dropped has left.
  private var idleFrom = SimTime.zero
  /// The last packet's time, and how many came at it.
  private var latest = SimTime.zero

  init(_ settings: QueueSettings) {
    precondition(settings.rate.map { $0.bitsPerSecond > 0 } ?? true, "a link's rate is above zero")
    precondition(settings.limit >= .zero, "a queue's longest wait cannot be negative")
    precondition(settings.octetLimit ?? 0 >= 0, "a queue cannot hold less than nothing")
    limit = settings.limit
    if let timeline = settings.timeline {
      service = .timeline(RateTimelineCursor(timeline))
    } else if let rate = settings.rate {
      service =
        settings.burst.map { .bucket(TokenBucket(rate: rate, depth: $0)) } ?? .constant(rate)
    } else {
      service = .unlimited
    }
    octetLimit = settings.octetLimit
    if case .constant = service {} else { backlog = settings.octetLimit.map(Backlog.init) }
    if case .coDel(let target, let interval) = settings.discipline {
      coDel = CoDel(target: target, interval: interval)
    }
  }

  /// How long a packet that comes at `now` waits for those before it.
  func wait(at now: SimTime) -> SimDuration {
    idleFrom > now ? idleFrom - now : .zero
  }

  mutating func enqueue(octets: Int, at now: SimTime, sparing isSpared: Bool = false) -> Fate {
    precondition(now >= latest, "packets come to a queue in the order of time")
    latest = now
    if case .unlimited = service { return .leaves(at: now) }
    let begin = max(now, idleFrom)
    if !isSpared {
      if begin - now > limit { return .dropped(at: now) }
      guard hasRoom(for: octets, waiting: begin - now, at: now) else { return .dropped(at: now) }
      if coDel?.drops(waited: begin - now, at: begin) == true { return .dropped(at: begin) }
    }
    idleFrom = departure(octets: octets, from: begin)
    backlog?.add(octets: octets, until: idleFrom)
    return .leaves(at: idleFrom)
  }

  /// Whether the limit in octets holds the packet that comes, and what is left of the one being sent.
  private mutating func hasRoom(
    for octets: Int, waiting: SimDuration, at now: SimTime
  ) -> Bool {
    guard let octetLimit else { return true }
    if case .constant(let rate) = service {
      return waiting + rate.duration(ofOctets: octets) <= rate.duration(ofOctets: octetLimit)
    }
    return backlog?.hasRoom(for: octets, at: now) ?? true
  }

  private mutating func departure(octets: Int, from begin: SimTime) -> SimTime {
    switch service {
    case .unlimited: return begin
    case .constant(let rate): return begin + rate.duration(ofOctets: octets)
    case .bucket(var bucket):
      defer { service = .bucket(bucket) }
      return bucket.departure(octets: octets, from: begin)
    case .timeline(var cursor):
      defer { service = .timeline(cursor) }
      return cursor.departure(octets: octets, from: begin)
    }
  }
}

/// The octets in a queue: those of packets that have not left.
private struct Backlog: Sendable {
  private let limit: Int
  private var waiting: [(octets: Int, until: SimTime)] = []
  private var first = 0
  private var total = 0

  init(limit: Int) {
    self.limit = limit
  }

  mutating func hasRoom(for octets: Int, at now: SimTime) -> Bool {
    while first < waiting.count, waiting[first].until <= now {
      total -= waiting[first].octets
      first += 1
    }
    if first > 64, first * 2 > waiting.count {
      waiting.removeFirst(first)
      first = 0
    }
    return total + octets <= limit
  }

  mutating func add(octets: Int, until time: SimTime) {
    waiting.append((octets, time))
    total += octets
  }
}

/// Tokens of octets that come at a rate and are kept up to a depth.
private struct TokenBucket: Sendable {
  private let rate: Bitrate
  private let depth: Int
  /// Once it was full, or when it would have been empty: tokens are what has come since.
  private var emptySince: SimTime

  init(rate: Bitrate, depth: Int) {
    self.rate = rate
    self.depth = depth
    emptySince = .zero - rate.duration(ofOctets: depth)
  }

  mutating func departure(octets: Int, from begin: SimTime) -> SimTime {
    let full = begin - rate.duration(ofOctets: depth)
    emptySince = max(emptySince, full) + rate.duration(ofOctets: octets)
    return max(begin, emptySince)
  }
}

/// CoDel's decision at the end of a packet's wait (RFC 8289 section 5), in the order of the packets.
///
/// Its exception for a queue of less than a packet is left out: what comes while a packet waits is not
/// known here when its course is settled. A queue that short is below the target in any case at rates
/// above 2.4 Mbit/s.
private struct CoDel: Sendable {
  private let target: SimDuration
  private let interval: SimDuration
  /// Since when the wait has been above the target, and `interval` later.
  private var firstAbove: SimTime?
  private var isDropping = false
  private var dropNext = SimTime.zero
  private var count = 0
  private var lastCount = 0

  init(target: SimDuration, interval: SimDuration) {
    self.target = target
    self.interval = interval
  }

  mutating func drops(waited: SimDuration, at now: SimTime) -> Bool {
    let mayDrop = isAboveForLong(waited, now: now)
    if isDropping {
      guard mayDrop else {
        isDropping = false
        return false
      }
      guard now >= dropNext else { return false }
      count += 1
      dropNext = controlLaw(dropNext)
      return true
    }
    guard mayDrop else { return false }
    isDropping = true
    // Section 5.4: begin where the last stretch of drops left off, if that is not long ago.
    let delta = count - lastCount
    count = delta > 1 && now - dropNext < interval * 16 ? delta : 1
    dropNext = controlLaw(now)
    lastCount = count
    return true
  }

  private mutating func isAboveForLong(_ waited: SimDuration, now: SimTime) -> Bool {
    guard waited >= target else {
      firstAbove = nil
      return false
    }
    guard let firstAbove else {
      self.firstAbove = now + interval
      return false
    }
    return now >= firstAbove
  }

  private func controlLaw(_ time: SimTime) -> SimTime {
    time
      + SimDuration(nanoseconds: Int64(Double(interval.nanoseconds) / Double(count).squareRoot()))
  }
}
