import MediaSession
import Results
import SimulationKernel

/// How long a request took on one SIP hop.
struct HopTiming {
  /// nil while a proxy has it.
  var written: SimTime?
  var delivered: SimTime?
  /// When a proxy could have sent it, had the next element been awake; nil where it was.
  var heldFrom: SimTime?
  /// When it was lost for good.
  var lost: SimTime?
  /// What the hop would have taken on an idle, established connection without loss.
  var undisturbed: SimDuration
}

/// The packets that were sent again for one request.
struct Retransmission {
  var sent: SimTime
  var packetsLost = 0
  /// When the last of those that were not lost arrives.
  var arrived: SimTime?
}

/// The course of one feedback message or SIP request, from intention to effect.
struct RequestEntry {
  enum Kind: String {
    case pli, sli, rpsi, nack, fir, info
  }
  var kind: Kind
  /// The picture it names.
  var picture: PictureNumber?
  var octets = 0
  var ready: SimTime
  var sent: SimTime?
  var received: SimTime?
  /// Known to be lost, or dropped by the scheduler.
  var isLost = false
  /// What it asked for came before it could leave.
  var isWithdrawn = false
  /// SIP only: the sender's user agent did not let it through to the encoder.
  var isRefused = false
  var verdict: EncoderControl.Verdict?
  /// The guard interval that made the encoder drop the request ends here.
  var guardedUntil: SimTime?
  var answeredBy: PictureNumber?
  /// NACK only: what was sent again for it; nil where nothing was.
  var retransmission: Retransmission?
  /// SIP only: the request's hops in order.
  var hops: [HopTiming] = []

  /// Which of the two roads it took.
  var isOverSIP: Bool { kind == .info }

  var outcome: String {
    if let verdict { return verdict.rawValue }
    if isRefused { return "refused" }
    if isWithdrawn { return "withdrawn" }
    guard isLost else { return "pending" }
    return sent == nil ? "dropped" : "lost"
  }
}

/// All requests of a call; a request's identifier is its index.
struct RequestLog {
  private(set) var entries: [RequestEntry] = []
  private var awaitingAnswer: [RequestIdentifier] = []

  mutating func add(_ entry: RequestEntry) -> RequestIdentifier {
    entries.append(entry)
    return entries.count - 1
  }

  subscript(id: RequestIdentifier) -> RequestEntry {
    get { entries[id] }
    set { entries[id] = newValue }
  }

  mutating func received(
    _ id: RequestIdentifier, verdict: EncoderControl.Verdict, guardEnd: SimTime?, now: SimTime
  ) {
    entries[id].received = now
    entries[id].verdict = verdict
    if verdict == .guarded { entries[id].guardedUntil = guardEnd }
    if verdict == .answered { awaitingAnswer.append(id) }
  }

  /// A NACK has arrived: what was sent again for it, nil where the sender held nothing of it.
  mutating func retransmitted(_ id: RequestIdentifier, _ course: Retransmission?, now: SimTime) {
    entries[id].received = now
    entries[id].verdict = course == nil ? .ignored : .answered
    entries[id].retransmission = course
  }

  /// A frame answers everything that was waiting for one.
  mutating func answered(by picture: PictureNumber) {
    for id in awaitingAnswer { entries[id].answeredBy = picture }
    awaitingAnswer.removeAll(keepingCapacity: true)
  }

  /// The request that brought each answering frame: the first to arrive of those it answers.
  func causes() -> [PictureNumber: RequestIdentifier] {
    var causes: [PictureNumber: RequestIdentifier] = [:]
    for id in entries.indices {
      guard let picture = entries[id].answeredBy else { continue }
      if let first = causes[picture], entries[first].received! <= entries[id].received! { continue }
      causes[picture] = id
    }
    return causes
  }

  /// The identifiers by the time at which their requests became ready. They are so already on one
  /// road alone; `InfoTimeline` finds earlier times for those on the other.
  func identifiersByReadiness() -> [RequestIdentifier] {
    entries.indices.sorted { (entries[$0].ready, $0) < (entries[$1].ready, $1) }
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index whose element satisfies a condition that, once true, stays true.
  func partitionPoint(_ condition: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
