import SimulationKernel

/// A segment sent and not yet acknowledged in order.
struct OutstandingSegment: Sendable {
  let sequence: Int64
  let length: Int
  /// When it was sent last.
  var sent: SimTime
  /// The receiver reported it beyond a gap.
  var isSelected = false
  var isLost = false
  /// It was sent again after it was held for lost, and that copy counts as under way.
  var isResent = false
  /// It was sent more than once, the tail loss probe included.
  var wasResent = false

  var end: Int64 { sequence + Int64(length) }

  init(sequence: Int64, length: Int, sent: SimTime) {
    self.sequence = sequence
    self.length = length
    self.sent = sent
  }
}

/// What is under way, and what RFC 8985 concludes about it from what has arrived.
struct TCPScoreboard: Sendable {
  /// What an acknowledgement told.
  struct News {
    /// Segments acknowledged in order or reported beyond a gap for the first time.
    var delivered = 0
    var advanced = false
    var selected = false
    var acknowledgedResent = false
    /// When the oldest segment was sent that was newly acknowledged and never resent.
    var oldestSent: SimTime?
    /// The same of those newly reported beyond a gap.
    var oldestSelectedSent: SimTime?
  }

  /// Ascending in sequence; no longer than the congestion window lets it be.
  private(set) var segments: [OutstandingSegment] = []
  /// RFC 8985 section 6.2: the segment sent last among those delivered, and its round-trip time.
  private var latestSent: SimTime?
  private var latestEnd: Int64 = 0
  private(set) var latestRoundTrip = SimDuration.zero

  var isEmpty: Bool { segments.isEmpty }
  var count: Int { segments.count }
  var selectedCount: Int { segments.reduce(0) { $0 + ($1.isSelected ? 1 : 0) } }
  var hasLost: Bool { segments.contains { $0.isLost && !$0.isResent } }

  /// Segments thought to be in the network (the pipe of RFC 6675).
  var inFlight: Int {
    var result = 0
    for segment in segments where !segment.isSelected && (!segment.isLost || segment.isResent) {
      result += 1
    }
    return result
  }

  mutating func add(_ segment: OutstandingSegment) { segments.append(segment) }

  /// Notes that the segment goes again; `counted` where it was held for lost (a probe's is not).
  mutating func resend(_ index: Int, counted: Bool, now: SimTime) {
    segments[index].sent = now
    segments[index].wasResent = true
    if counted { segments[index].isResent = true }
  }

  /// Takes in an acknowledgement of all before `number` and of the ranges.
  mutating func acknowledge(
    upTo number: Int64, selective: (TCPRange, TCPRange, TCPRange), echo: SimTime?,
    minimum: SimDuration?, now: SimTime
  ) -> News {
    var news = News()
    select(selective.0, echo: echo, minimum: minimum, now: now, news: &news)
    select(selective.1, echo: echo, minimum: minimum, now: now, news: &news)
    select(selective.2, echo: echo, minimum: minimum, now: now, news: &news)
    var acknowledged = 0
    while acknowledged < segments.count, segments[acknowledged].end <= number {
      let segment = segments[acknowledged]
      if !segment.isSelected {
        news.delivered += 1
        noteDelivered(segment, echo: echo, minimum: minimum, now: now)
        if segment.wasResent {
          news.acknowledgedResent = true
        } else if news.oldestSent == nil {
          news.oldestSent = segment.sent
        }
      }
      acknowledged += 1
    }
    news.advanced = acknowledged > 0
    segments.removeFirst(acknowledged)
    return news
  }

  private mutating func select(
    _ range: TCPRange, echo: SimTime?, minimum: SimDuration?, now: SimTime, news: inout News
  ) {
    guard range.end > range.start else { return }
    for index in segments.indices
    where !segments[index].isSelected && segments[index].sequence >= range.start
      && segments[index].end <= range.end
    {
      noteDelivered(segments[index], echo: echo, minimum: minimum, now: now)
      segments[index].isSelected = true
      if news.oldestSelectedSent == nil, !segments[index].wasResent {
        news.oldestSelectedSent = segments[index].sent
      }
      news.delivered += 1
      news.selected = true
    }
  }

  private mutating func noteDelivered(
    _ segment: OutstandingSegment, echo: SimTime?, minimum: SimDuration?, now: SimTime
  ) {
    let roundTrip = now - segment.sent
    if segment.wasResent {
      // RFC 8985 section 6.2 step 2: it may be the first copy that arrived.
      if let echo, echo < segment.sent { return }
      if let minimum, roundTrip < minimum { return }
    }
    if let latestSent, (segment.sent, segment.end) <= (latestSent, latestEnd) { return }
    latestSent = segment.sent
    latestEnd = segment.end
    latestRoundTrip = roundTrip
  }

  /// RFC 8985 section 6.2 step 5: holds segments for lost that were sent before one that arrived.
  ///
  /// - Parameter window: how much later than the latest a segment may still arrive.
  /// - Returns: how long until the next segment will be held for lost; nil where none may be.
  mutating func detectLosses(window: SimDuration, now: SimTime) -> SimDuration? {
    guard let latestSent else { return nil }
    var wait: SimDuration?
    for index in segments.indices {
      let segment = segments[index]
      if segment.isSelected || segment.isLost && !segment.isResent { continue }
      guard (segment.sent, segment.end) < (latestSent, latestEnd) else { continue }
      let remaining = segment.sent + latestRoundTrip + window - now
      if remaining <= .zero {
        segments[index].isLost = true
        segments[index].isResent = false
      } else {
        wait = max(wait ?? .zero, remaining)
      }
    }
    return wait
  }

  /// RFC 6675 section 4: holds a segment for lost where `threshold` others behind it have arrived.
  mutating func detectLosses(beyond threshold: Int) {
    var arrived = 0
    for index in segments.indices.reversed() {
      if segments[index].isSelected {
        arrived += 1
      } else if arrived >= threshold, !segments[index].isLost {
        segments[index].isLost = true
      }
    }
  }

  /// A retransmission timeout: the first segment is lost, and all those that are not too recent.
  mutating func markTimedOut(now: SimTime) {
    for index in segments.indices where !segments[index].isSelected {
      if index > 0, now - segments[index].sent < latestRoundTrip { continue }
      segments[index].isLost = true
      segments[index].isResent = false
    }
  }

  /// Takes back all conclusions: nothing was lost.
  mutating func forgetLosses() {
    for index in segments.indices {
      segments[index].isLost = false
      segments[index].isResent = false
    }
  }
}
