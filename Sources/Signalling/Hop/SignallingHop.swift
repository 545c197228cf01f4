import NetworkModels
import SimulationKernel

/// The way between two neighbours of the signalling path: links that lose both ways, and over them
/// a TCP connection, with TLS or without, or datagrams alone.
///
/// End 0 is the one nearer the receiver, which opens the connection. Messages are records of what
/// happens to them; the hop looks at their octets alone.
struct SignallingHop: Sendable {
  enum Input: Sendable {
    /// An end's application hands a message over; the connection is opened if need be, from end 0.
    /// Its host is awake unless it does so out of a long silence.
    case write(SignallingHopRecord, end: Int, isAwake: Bool = true)
    /// A scheduled event, at its time.
    case event(HopEvent)
    /// The application at an end has read what was delivered, and has written what it answers.
    case read(end: Int)
  }

  enum Action: Sendable {
    /// To be handed back as `Input.event` at that time.
    case schedule(HopEvent, at: SimTime)
    /// A message is complete at an end.
    case delivered(SignallingHopRecord, end: Int)
    /// TCP's handshake is complete at an end.
    case connected(end: Int)
    /// An end may send from now on.
    case ready(end: Int)
    /// An end has given the connection up; what was on it is lost.
    case aborted(end: Int)
  }

  let settings: HopSettings
  let index: Int
  /// From end 0, and from end 1.
  var links: [Link]
  var connection: HopConnection
  /// Counts the connections, so that events of a former one are told apart.
  var connectionNumber: UInt16 = 0
  /// Nothing that is sent on the hop arrives any more.
  var isCutOff = false
  /// Losses take place, those of the links and those of the script.
  var isLossy = true
  /// What is lost on purpose on this hop.
  let script: [ScriptedSegmentLoss]
  /// Segments sent so far, by end and kind; kept only where there is a script.
  private var sentByKind: [Int]
  private let seed: UInt64
  /// What is seen of the hop since this was last emptied; nil, as it starts, where nobody watches.
  var observations: [SignallingObservation]?
  private var transportBuffers: [[TCPConnectionEnd.Action]] = []
  private var sessionBuffers: [[TLSSession.Action]] = []

  /// - Parameters:
  ///   - index: the hop's number, from 0 at the receiver. Its links' chance is "sip.hop<k>.forward"
  ///     towards the sender and "sip.hop<k>.reverse", its ends' "sip.hop<k>.host<end>".
  ///   - script: segments to lose on purpose; those of other hops are left out.
  ///   - towardsSender, towardsReceiver: bottlenecks that are others' too.
  init(
    _ settings: HopSettings, index: Int, seed: UInt64, script: [ScriptedSegmentLoss] = [],
    towardsSender: Bottleneck? = nil, towardsReceiver: Bottleneck? = nil
  ) {
    self.settings = settings
    self.index = index
    self.seed = seed
    self.script = script.filter { $0.hop == index }
    links = [
      Link(
        settings.links.towardsSender, seed: seed, name: "sip.hop\(index).forward",
        sharing: towardsSender),
      Link(
        settings.links.towardsReceiver, seed: seed, name: "sip.hop\(index).reverse",
        sharing: towardsReceiver),
    ]
    connection = HopConnection(settings, isWarm: settings.warmedBy != nil) {
      StreamKey(seed: seed, name: settings.hostName(hop: index, end: $0))
    }
    sentByKind = Array(repeating: 0, count: 2 * ScriptedSegmentLoss.Kind.allCases.count)
  }

  mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action]) {
    switch input {
    case .write(let message, let end, let isAwake):
      write(message, end: end, isAwake: isAwake, now: now, into: &actions)
    case .read(let end):
      transport(end, .read, now: now, into: &actions)
      armTimer(end, into: &actions)
    case .event(.segmentArrival(let end, let slot, let number)):
      guard number == connectionNumber else { return }
      let segment = connection.slots.take(slot)
      observations?.append(.segmentArrived(hop: index, end: Int(end), segment))
      transport(Int(end), .segment(segment), now: now, into: &actions)
      armTimer(Int(end), into: &actions)
    case .event(.transportDeadline(let end, let generation, let number)):
      guard number == connectionNumber, connection.timers[Int(end)].fire(generation) else { return }
      transport(Int(end), .deadline, now: now, into: &actions)
      armTimer(Int(end), into: &actions)
    case .event(.nameResolved(let number)):
      guard number == connectionNumber, connection.isResolving else { return }
      connection.isResolving = false
      transport(0, .connect, now: now, into: &actions)
      armTimer(0, into: &actions)
    case .event(.sessionDeadline(let end, let number)):
      guard number == connectionNumber else { return }
      session(Int(end), .deadline, now: now, into: &actions)
    }
  }

  /// Replaces the connection by one that is not up: its segments and messages are gone.
  ///
  /// - Returns: the messages that had not arrived.
  @discardableResult
  mutating func replaceConnection() -> [SignallingHopRecord] {
    let lost = connection.streams.flatMap { stream in (0..<stream.count).map(stream.record) }
    observations?.append(.connectionReplaced(hop: index))
    connectionNumber &+= 1
    let name = "sip.hop\(index).connection\(connectionNumber).host"
    connection = HopConnection(settings, isWarm: false) { [seed] in
      StreamKey(seed: seed, name: name + "\($0)")
    }
    return lost
  }

  // MARK: Messages

  private mutating func write(
    _ message: SignallingHopRecord, end: Int, isAwake: Bool, now: SimTime,
    into actions: inout [Action]
  ) {
    let octets = settings.tls?.wireOctets(message.octets) ?? message.octets
    connection.streams[end].append(message, wireOctets: octets)
    if connection.isReady(end) {
      writeWaiting(end, isAwake: isAwake, now: now, into: &actions)
    } else if end == 0, connection.ends[0].isClosed, !connection.isResolving {
      open(now: now, into: &actions)
    }
    armTimer(end, into: &actions)
  }

  /// Connects from end 0; to where, the DNS has to tell once a connection has been lost.
  private mutating func open(now: SimTime, into actions: inout [Action]) {
    guard connectionNumber > 0, settings.nameLookUp > .zero else {
      return transport(0, .connect, now: now, into: &actions)
    }
    connection.isResolving = true
    actions.append(
      .schedule(.nameResolved(connection: connectionNumber), at: now + settings.nameLookUp))
  }

  /// Whether all vanishes that is sent at this instant.
  func isVoid(at now: SimTime) -> Bool {
    isCutOff || (connectionNumber == 0 && settings.bindingEnds.map { $0 <= now } ?? false)
  }

  /// The connection is up at this end: what waited goes.
  private mutating func writeWaiting(
    _ end: Int, isAwake: Bool = true, now: SimTime, into actions: inout [Action]
  ) {
    while let (record, octets) = connection.streams[end].handOver() {
      observations?.append(.written(hop: index, end: end, .message(record)))
      transport(end, .write(octets: octets, isAwake: isAwake), now: now, into: &actions)
    }
  }

  /// Octets of messages have arrived in order at an end.
  private mutating func receive(
    octets: Int, at end: Int, now: SimTime, into actions: inout [Action]
  ) {
    connection.streams[end ^ 1].receive(octets: octets)
    while var message = connection.streams[end ^ 1].takeDelivered() {
      message.delivered = now
      actions.append(.delivered(message, end: end))
    }
  }

  // MARK: Connection

  private mutating func transport(
    _ end: Int, _ input: TCPConnectionEnd.Input, now: SimTime, into actions: inout [Action]
  ) {
    var produced = transportBuffers.popLast() ?? []
    connection.ends[end].handle(input, now: now, into: &produced)
    for action in produced {
      switch action {
      case .transmit(let segment): send(segment, from: end, now: now, into: &actions)
      case .connected:
        actions.append(.connected(end: end))
        if connection.sessions.isEmpty {
          becomeReady(end, now: now, into: &actions)
        } else {
          session(end, .connected, now: now, into: &actions)
        }
      case .delivered(let octets):
        if connection.sessions.isEmpty {
          receive(octets: octets, at: end, now: now, into: &actions)
        } else {
          session(end, .received(octets: octets), now: now, into: &actions)
        }
      case .aborted: actions.append(.aborted(end: end))
      }
    }
    produced.removeAll(keepingCapacity: true)
    transportBuffers.append(produced)
  }

  private mutating func session(
    _ end: Int, _ input: TLSSession.Input, now: SimTime, into actions: inout [Action]
  ) {
    var produced = sessionBuffers.popLast() ?? []
    let before = connection.sessions[end].nextDeadline
    connection.sessions[end].handle(input, now: now, into: &produced)
    if let deadline = connection.sessions[end].nextDeadline, deadline != before {
      let event = HopEvent.sessionDeadline(end: UInt8(end), connection: connectionNumber)
      actions.append(.schedule(event, at: deadline))
    }
    for action in produced {
      switch action {
      case .send(let octets):
        observations?.append(.written(hop: index, end: end, .handshake(octets: octets)))
        transport(end, .write(octets: octets), now: now, into: &actions)
      case .established: becomeReady(end, now: now, into: &actions)
      case .application(let octets):
        receive(octets: octets, at: end, now: now, into: &actions)
      }
    }
    produced.removeAll(keepingCapacity: true)
    sessionBuffers.append(produced)
    armTimer(end, into: &actions)
  }

  private mutating func becomeReady(_ end: Int, now: SimTime, into actions: inout [Action]) {
    actions.append(.ready(end: end))
    writeWaiting(end, now: now, into: &actions)
  }

  /// Puts a segment on the link away from an end.
  private mutating func send(
    _ segment: TCPSegment, from end: Int, now: SimTime, into actions: inout [Action]
  ) {
    let loses = isScripted(ScriptedSegmentLoss.Kind(segment), end: end)
    let vanishes = isVoid(at: now)
    var outcome = links[end].send(
      octets: segment.octetsOnWire, at: now, losing: loses || vanishes)
    if !isLossy, !vanishes, case .lost(let departure) = outcome {
      let links = settings.links
      let delay = (end == 0 ? links.towardsSender : links.towardsReceiver).oneWayDelay
      outcome = .delivered(at: departure + delay)
    }
    observations?.append(
      .segmentSent(hop: index, end: end, segment, outcome, isScripted: loses))
    guard case .delivered(let arrival) = outcome else { return }
    let event = HopEvent.segmentArrival(
      end: UInt8(end ^ 1), slot: connection.slots.put(segment), connection: connectionNumber)
    actions.append(.schedule(event, at: arrival))
  }

  /// Schedules an end's deadline where it is earlier than the one scheduled last.
  private mutating func armTimer(_ end: Int, into actions: inout [Action]) {
    guard let deadline = connection.ends[end].nextDeadline,
      let generation = connection.timers[end].arm(deadline)
    else { return }
    let event = HopEvent.transportDeadline(
      end: UInt8(end), generation: generation, connection: connectionNumber)
    actions.append(.schedule(event, at: deadline))
  }

  /// Counts what an end sends; whether the script loses it.
  mutating func isScripted(_ kind: ScriptedSegmentLoss.Kind, end: Int) -> Bool {
    guard !script.isEmpty, isLossy else { return false }
    let counter = end * ScriptedSegmentLoss.Kind.allCases.count + kind.rawValue
    defer { sentByKind[counter] += 1 }
    return script.contains {
      $0.kind == kind && $0.direction.rawValue == end && $0.ordinal == sentByKind[counter]
    }
  }
}
