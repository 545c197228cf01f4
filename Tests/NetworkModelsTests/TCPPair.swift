import NetworkModels
import SimulationKernel

/// Two ends joined by a path of constant delay that loses what it is told to.
struct TCPPair: ~Copyable {
  enum Event {
    case write(end: Int, octets: Int)
    case connect
    case arrival(end: Int, TCPSegment)
    case deadline(end: Int)
  }

  struct Sent: Equatable {
    var time: Double
    var segment: TCPSegment
  }

  var ends: [TCPConnectionEnd]
  var queue = EventQueue<Event>()
  let oneWay: SimDuration
  /// Whether a segment from end `from` is lost; `index` counts its kind from 0 (data and others).
  var loses: (_ from: Int, _ segment: TCPSegment, _ index: Int) -> Bool = { _, _, _ in false }
  /// Per end: what it sent (milliseconds), data and handshake segments and pure acknowledgements.
  var data: [[Double]] = [[], []]
  var handshake: [[Double]] = [[], []]
  var acknowledgements: [[Double]] = [[], []]
  /// Per end: when it got how many octets in order, and when its handshake was complete.
  var delivered: [[(time: Double, octets: Int)]] = [[], []]
  var connected: [Double?] = [nil, nil]
  var aborted: [Double?] = [nil, nil]
  /// Per end: ranges of stream octets that reached it, for checking what it delivers.
  var reached: [[Range<Int64>]] = [[], []]
  /// Popped, but later than the run was to go.
  private var held: (time: SimTime, event: Event)?
  private var scheduled = [SimTime.distantFuture, SimTime.distantFuture]

  init(warm roundTrip: SimDuration, profile: TCPProfile = .exact, window: Int = 10) {
    var profile = profile
    profile.warmWindow = window
    oneWay = roundTrip / 2
    ends = (0..<2).map {
      TCPConnectionEnd(profile: profile, establishedWith: roundTrip, key: Self.key($0))
    }
  }

  init(cold roundTrip: SimDuration, profile: TCPProfile = .exact) {
    oneWay = roundTrip / 2
    ends = [
      TCPConnectionEnd(profile: profile, listening: false, key: Self.key(0)),
      TCPConnectionEnd(profile: profile, listening: true, key: Self.key(1)),
    ]
  }

  static func key(_ end: Int) -> StreamKey { StreamKey(seed: 1, name: "host\(end)") }

  mutating func write(_ octets: Int, from end: Int = 0, at milliseconds: Int64) {
    queue.schedule(
      .write(end: end, octets: octets), at: .zero + .milliseconds(milliseconds))
  }

  mutating func connect() { queue.schedule(.connect, at: .zero) }

  mutating func run(until limit: SimDuration = .seconds(300)) {
    while let (now, event) = held ?? queue.popNext() {
      held = nil
      if now > .zero + limit {
        held = (now, event)
        return
      }
      switch event {
      case .connect: handle(0, .connect, now)
      case .write(let end, let octets): handle(end, .write(octets: octets), now)
      case .arrival(let end, let segment):
        if segment.length > 0 { reached[end].append(segment.sequence..<segment.end) }
        handle(end, .segment(segment), now)
        handle(end, .read, now)
      case .deadline(let end):
        if scheduled[end] == now { scheduled[end] = .distantFuture }
        handle(end, .deadline, now)
      }
    }
  }

  private mutating func handle(_ end: Int, _ input: TCPConnectionEnd.Input, _ now: SimTime) {
    var actions: [TCPConnectionEnd.Action] = []
    ends[end].handle(input, now: now, into: &actions)
    for action in actions {
      switch action {
      case .transmit(let segment): send(segment, from: end, now)
      case .connected: connected[end] = now.inMilliseconds
      case .delivered(let octets): delivered[end].append((now.inMilliseconds, octets))
      case .aborted: aborted[end] = now.inMilliseconds
      }
    }
    if let deadline = ends[end].nextDeadline, deadline < scheduled[end] {
      scheduled[end] = deadline
      queue.schedule(.deadline(end: end), at: deadline)
    }
  }

  private mutating func send(_ segment: TCPSegment, from end: Int, _ now: SimTime) {
    let index: Int
    if segment.flags.contains(.syn) {
      index = handshake[end].count
      handshake[end].append(now.inMilliseconds)
    } else if segment.length > 0 {
      index = data[end].count
      data[end].append(now.inMilliseconds)
    } else {
      index = acknowledgements[end].count
      acknowledgements[end].append(now.inMilliseconds)
    }
    if !loses(end, segment, index) {
      queue.schedule(.arrival(end: 1 - end, segment), at: now + oneWay)
    }
  }
}

extension TCPProfile {
  /// Linux with timers that fire when they are due.
  static let exact: TCPProfile = {
    var profile = TCPProfile.linux
    profile.usesTimerWheel = false
    return profile
  }()
}
