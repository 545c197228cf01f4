import SimulationKernel

/// Which lost packets to ask for again, and when to give them up (generic NACK, RFC 4585 section
/// 6.2.1; RFC 4588).
///
/// A packet is asked for at once, and again each time as long passes as a retransmission has been
/// seen to take, until it is too old. The time is measured as RFC 6298 measures a round trip, from
/// packets that were asked for once only (Karn's rule).
public struct RetransmissionRequester: Sendable {
  public enum Input: Sendable {
    /// These sequence numbers have been found missing.
    case missing(Range<Int64>)
    /// A packet behind its time has arrived.
    case arrived(Int64)
    /// `nextDeadline` has come.
    case deadline
  }

  public enum Action: Equatable, Sendable {
    /// Ask for this packet, and for those of the 16 behind it whose bits are set (PID and BLP).
    case request(first: Int64, following: UInt16)
    /// These will not come any more.
    case giveUp(Range<Int64>)
  }

  private struct Missing: Sendable {
    let sequence: Int64
    let noticed: SimTime
    var requested: SimTime
    var requests: Int
  }

  // libwebrtc looks at its list of missing packets every 20 ms, and takes 100 ms for a round trip
  // before it has measured one.
  static let tick = SimDuration.milliseconds(20)
  static let initialResponseTime = SimDuration.milliseconds(100)

  private let settings: RetransmissionSettings
  private var entries: [Missing] = []
  private var responseTime: SimDuration?

  public init(settings: RetransmissionSettings) {
    self.settings = settings
    entries.reserveCapacity(64)
  }

  /// Packets that are asked for and have neither come nor been given up.
  public var outstandingCount: Int { entries.count }

  /// How long after a request the next one for the same packet goes.
  public var repeatInterval: SimDuration {
    (responseTime ?? Self.initialResponseTime) + Self.tick
  }

  public var nextDeadline: SimTime? {
    var earliest: SimTime?
    for entry in entries {
      var due = entry.noticed + settings.giveUpAge
      if entry.requests < settings.maximumRequests {
        due = min(due, entry.requested + repeatInterval)
      }
      earliest = min(earliest ?? due, due)
    }
    return earliest
  }

  public mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action]) {
    switch input {
    case .missing(let sequences): add(sequences, now: now, into: &actions)
    case .arrived(let sequence): arrived(sequence, now: now)
    case .deadline: giveUpOld(now: now, into: &actions)
    }
    request(now: now, into: &actions)
  }

  /// The list is bounded: where more is missing, the oldest are given up.
  private mutating func add(
    _ sequences: Range<Int64>, now: SimTime, into actions: inout [Action]
  ) {
    let excess = entries.count + sequences.count - settings.maximumOutstanding
    if excess > 0 {
      let dropped = entries.prefix(excess)
      if let first = dropped.first, let last = dropped.last {
        actions.append(.giveUp(first.sequence..<last.sequence + 1))
      }
      entries.removeFirst(dropped.count)
    }
    let kept = sequences.suffix(settings.maximumOutstanding)
    if kept.count < sequences.count {
      actions.append(.giveUp(sequences.lowerBound..<kept.lowerBound))
    }
    for sequence in kept {
      entries.append(Missing(sequence: sequence, noticed: now, requested: now, requests: 0))
    }
  }

  private mutating func arrived(_ sequence: Int64, now: SimTime) {
    guard let place = entries.firstIndex(where: { $0.sequence == sequence }) else { return }
    let entry = entries.remove(at: place)
    guard entry.requests == 1 else { return }
    let sample = now - entry.requested
    guard let smoothed = responseTime else {
      responseTime = sample
      return
    }
    // RFC 6298 section 2.3: alpha is 1/8.
    responseTime = SimDuration(
      nanoseconds: smoothed.nanoseconds + (sample.nanoseconds - smoothed.nanoseconds) / 8)
  }

  private mutating func giveUpOld(now: SimTime, into actions: inout [Action]) {
    let old = entries.prefix { $0.noticed + settings.giveUpAge <= now }
    guard let first = old.first, let last = old.last else { return }
    actions.append(.giveUp(first.sequence..<last.sequence + 1))
    entries.removeFirst(old.count)
  }

  /// Asks for what is due, seventeen sequence numbers a message at most.
  private mutating func request(now: SimTime, into actions: inout [Action]) {
    var open: (first: Int64, following: UInt16)?
    for index in entries.indices {
      let entry = entries[index]
      let isDue = entry.requests == 0 || entry.requested + repeatInterval <= now
      guard isDue, entry.requests < settings.maximumRequests else { continue }
      entries[index].requested = now
      entries[index].requests += 1
      if let message = open, entry.sequence - message.first <= 16 {
        open?.following |= 1 << UInt16(entry.sequence - message.first - 1)
      } else {
        if let message = open {
          actions.append(.request(first: message.first, following: message.following))
        }
        open = (entry.sequence, 0)
      }
    }
    if let message = open {
      actions.append(.request(first: message.first, following: message.following))
    }
  }
}
