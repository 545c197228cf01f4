import SimulationKernel

/// Which lost packets to ask for again, and when to give them up (generic NACK, RFC 4585 section
/// 6.2.1; RFC 4588).
///
/// A packet is asked for at once, and again each time as long has passed as a retransmission has been
/// seen to take since its request left, until it is too old. The time is measured as RFC 6298
/// measures a round trip, on packets that were asked for once only (Karn's rule); until there is a
/// sample, every repetition doubles it.
public struct RetransmissionRequester: Sendable {
  public enum Input: Sendable {
    /// These sequence numbers have been found missing.
    case missing(Range<Int64>)
    /// A packet behind its time has arrived.
    case arrived(Int64)
    /// A request, as `stillMissing` gave it, has left.
    case sent(Request)
    /// A request will not leave: RTCP's rules dropped it.
    case dropped(Request)
    /// What was sent before this packet is not wanted any more.
    case obsolete(before: Int64)
    /// The time of what was sent before this packet is over: it is not asked for any more, but when it
    /// comes it still tells how long that takes.
    case late(before: Int64)
    /// `nextDeadline` has come.
    case deadline
  }

  /// A packet, and those of the 16 behind it whose bits are set (PID and BLP).
  public struct Request: Hashable, Sendable {
    public var first: Int64
    public var following: UInt16

    public init(first: Int64, following: UInt16) {
      self.first = first
      self.following = following
    }

    func names(_ sequence: Int64) -> Bool {
      let distance = sequence - first
      return distance == 0 || (1...16).contains(distance) && following >> (distance - 1) & 1 == 1
    }

    /// False where the packet is too far behind for this request.
    mutating func add(_ sequence: Int64) -> Bool {
      let distance = sequence - first
      guard distance <= 16 else { return false }
      following |= 1 << UInt16(distance - 1)
      return true
    }
  }

  public enum Action: Equatable, Sendable {
    case request(Request)
    /// These will not come any more.
    case giveUp(Range<Int64>)
  }

  private struct Missing: Sendable {
    let sequence: Int64
    let noticed: SimTime
    /// Requests for it that have left, or were dropped, and when the last one did.
    var requests = 0
    var requested: SimTime?
    /// A request for it waits to leave.
    var isQueued = false
    /// It comes too late in any case.
    var isLate = false
  }

  // libwebrtc looks at its list of missing packets every 20 ms, and takes 100 ms for a round trip
  // before it has measured one.
  static let tick = SimDuration.milliseconds(20)
  static let initialResponseTime = SimDuration.milliseconds(100)

  private let settings: RetransmissionSettings
  private let giveUpAge: SimDuration
  private var entries: [Missing] = []
  private var responseTime = Self.initialResponseTime
  private var isMeasured = false

  /// - Parameter giveUpAge: a packet found missing this long ago is not waited for any more.
  public init(settings: RetransmissionSettings, giveUpAge: SimDuration) {
    self.settings = settings
    self.giveUpAge = giveUpAge
    entries.reserveCapacity(64)
  }

  /// Packets that are asked for and have neither come nor been given up.
  public var outstandingCount: Int { entries.count }

  /// How long after a request has left the next one for the same packet goes.
  public var repeatInterval: SimDuration { responseTime + Self.tick }

  public var nextDeadline: SimTime? {
    var earliest: SimTime?
    for entry in entries {
      var due = entry.noticed + giveUpAge
      if let requested = entry.requested, !entry.isQueued, !entry.isLate,
        entry.requests < settings.maximumRequests
      {
        due = min(due, requested + repeatInterval)
      }
      earliest = min(earliest ?? due, due)
    }
    return earliest
  }

  /// How often a missing packet has been asked for; nil where it is not missing.
  public func requestCount(of sequence: Int64) -> Int? {
    entries.first { $0.sequence == sequence }?.requests
  }

  /// What of a request is still missing when it leaves; nil where nothing is.
  public func stillMissing(_ request: Request) -> Request? {
    var rest: Request?
    for entry in entries where request.names(entry.sequence) && !entry.isLate {
      if rest?.add(entry.sequence) == nil { rest = Request(first: entry.sequence, following: 0) }
    }
    return rest
  }

  public mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action]) {
    switch input {
    case .missing(let sequences): add(sequences, now: now, into: &actions)
    case .arrived(let sequence): arrived(sequence, now: now)
    case .sent(let request), .dropped(let request): left(request, now: now)
    case .obsolete(let sequence): entries.removeAll { $0.sequence < sequence }
    case .late(let sequence):
      for index in entries.indices where entries[index].sequence < sequence {
        entries[index].isLate = true
      }
    case .deadline: giveUp(entries.prefix { $0.noticed + giveUpAge <= now }.count, into: &actions)
    }
    request(now: now, into: &actions)
  }

  /// The list is bounded: where more is missing, the oldest are given up.
  private mutating func add(
    _ sequences: Range<Int64>, now: SimTime, into actions: inout [Action]
  ) {
    let excess = entries.count + sequences.count - settings.maximumOutstanding
    giveUp(min(max(0, excess), entries.count), into: &actions)
    guard sequences.count <= settings.maximumOutstanding else {
      actions.append(.giveUp(sequences))
      return
    }
    for sequence in sequences { entries.append(Missing(sequence: sequence, noticed: now)) }
  }

  private mutating func arrived(_ sequence: Int64, now: SimTime) {
    guard let place = entries.firstIndex(where: { $0.sequence == sequence }) else { return }
    let entry = entries.remove(at: place)
    guard entry.requests == 1, let requested = entry.requested else { return }
    let sample = now - requested
    guard isMeasured else {
      (responseTime, isMeasured) = (sample, true)
      return
    }
    // RFC 6298 section 2.3: alpha is 1/8.
    responseTime = SimDuration(
      nanoseconds: responseTime.nanoseconds
        + (sample.nanoseconds - responseTime.nanoseconds) / 8)
  }

  /// A request has left, or never will: from now its repetition is awaited.
  private mutating func left(_ request: Request, now: SimTime) {
    var isRepetition = false
    for index in entries.indices where request.names(entries[index].sequence) {
      guard entries[index].isQueued else { continue }
      entries[index].isQueued = false
      entries[index].requests += 1
      entries[index].requested = now
      isRepetition = isRepetition || entries[index].requests > 1
    }
    // RFC 6298 section 5.5, kept until there is a sample: where a response takes longer than this,
    // everything would be asked for twice and Karn's rule let nothing be measured, for ever.
    if isRepetition, !isMeasured {
      responseTime = min(responseTime * 2, giveUpAge)
    }
  }

  /// Gives up the oldest packets, and those that are missing right behind them: nothing between
  /// them tells which frames they are of.
  private mutating func giveUp(_ count: Int, into actions: inout [Action]) {
    guard count > 0 else { return }
    var end = count
    while end < entries.count, entries[end].sequence == entries[end - 1].sequence + 1 { end += 1 }
    actions.append(.giveUp(entries[0].sequence..<entries[end - 1].sequence + 1))
    entries.removeFirst(end)
  }

  /// Asks for what is due.
  private mutating func request(now: SimTime, into actions: inout [Action]) {
    var open: Request?
    for index in entries.indices {
      let entry = entries[index]
      let isDue = entry.requested.map { $0 + repeatInterval <= now } ?? true
      guard isDue, !entry.isQueued, !entry.isLate, entry.requests < settings.maximumRequests else {
        continue
      }
      entries[index].isQueued = true
      if open?.add(entry.sequence) == true { continue }
      if let open { actions.append(.request(open)) }
      open = Request(first: entry.sequence, following: 0)
    }
    if let open { actions.append(.request(open)) }
  }
}
