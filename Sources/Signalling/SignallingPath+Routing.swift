import NetworkModels
import SimulationKernel

/// Messages over TLS over TCP over links. Ends and links are indexed 2 * hop + end, and 2 * hop +
/// direction.
extension SignallingPath {
  /// Propagation and serialization of so many octets on the TCP stream, with headers; of an
  /// acknowledgement where there are none.
  static func undisturbed(_ octets: Int, over link: LinkSettings, tcp: TCPProfile) -> SimDuration {
    guard let rate = link.rate else { return link.oneWayDelay }
    let header = 52  // IPv4, TCP and timestamps
    let (full, rest) = octets.quotientAndRemainder(dividingBy: tcp.maximumSegmentSize)
    var time = rate.duration(ofOctets: tcp.maximumSegmentSize + header) * Int64(full)
    if rest > 0 || full == 0 { time += rate.duration(ofOctets: rest + header) }
    return link.oneWayDelay + time
  }

  /// Hands a message to a hop's connection, which is opened if need be.
  mutating func submit(
    _ request: Int, status: Int?, hop: Int, received: SimTime, now: SimTime,
    into actions: inout [Action]
  ) {
    let message = record(request, status: status, hop: hop, received: received, written: now)
    let direction = status == nil ? 0 : 1
    // Towards the sender the end nearer the receiver writes, and the other way round.
    let index = 2 * hop + direction
    streams[index].append(message, wireOctets: tls?.wireOctets(message.octets) ?? message.octets)
    if isReady(index) {
      writeWaiting(index, now: now, into: &actions)
    } else if direction == 0, ends[index].isClosed {
      transport(index, .connect, now: now, into: &actions)
    }
    armTimer(index, into: &actions)
  }

  private func isReady(_ index: Int) -> Bool {
    sessions.isEmpty ? ends[index].isEstablished : sessions[index].isEstablished
  }

  /// The connection is up at this end: what waited goes.
  private mutating func writeWaiting(_ index: Int, now: SimTime, into actions: inout [Action]) {
    while let (record, octets) = streams[index].handOver() {
      observations?.append(.written(hop: index / 2, end: index % 2, .message(record)))
      transport(index, .write(octets: octets), now: now, into: &actions)
    }
  }

  /// Octets of messages have arrived in order at an end.
  private mutating func receive(
    octets: Int, at end: Int, now: SimTime, into actions: inout [Action]
  ) {
    let stream = end ^ 1
    let hop = end / 2
    streams[stream].receive(octets: octets)
    while var message = streams[stream].takeDelivered() {
      message.delivered = now
      actions.append(.hopDelivered(message))
      arrived(message.request, status: message.status, hop: hop, now: now, into: &actions)
    }
  }

  // MARK: Connections

  mutating func transport(
    _ index: Int, _ input: TCPConnectionEnd.Input, now: SimTime, into actions: inout [Action]
  ) {
    var produced = transportBuffers.popLast() ?? []
    ends[index].handle(input, now: now, into: &produced)
    for action in produced {
      switch action {
      case .transmit(let segment): send(segment, from: index, now: now, into: &actions)
      case .connected:
        if sessions.isEmpty {
          writeWaiting(index, now: now, into: &actions)
        } else {
          session(index, .connected, now: now, into: &actions)
        }
      case .delivered(let octets):
        if sessions.isEmpty {
          receive(octets: octets, at: index, now: now, into: &actions)
        } else {
          session(index, .received(octets: octets), now: now, into: &actions)
        }
      }
    }
    produced.removeAll(keepingCapacity: true)
    transportBuffers.append(produced)
  }

  mutating func session(
    _ index: Int, _ input: TLSSession.Input, now: SimTime, into actions: inout [Action]
  ) {
    var produced = sessionBuffers.popLast() ?? []
    let before = sessions[index].nextDeadline
    sessions[index].handle(input, now: now, into: &produced)
    if let deadline = sessions[index].nextDeadline, deadline != before {
      actions.append(
        .schedule(
          .sessionDeadline(hop: UInt8(index / 2), end: UInt8(index % 2)), at: deadline))
    }
    for action in produced {
      switch action {
      case .send(let octets):
        observations?.append(
          .written(hop: index / 2, end: index % 2, .handshake(octets: octets)))
        transport(index, .write(octets: octets), now: now, into: &actions)
      case .established: writeWaiting(index, now: now, into: &actions)
      case .application(let octets):
        receive(octets: octets, at: index, now: now, into: &actions)
      }
    }
    produced.removeAll(keepingCapacity: true)
    sessionBuffers.append(produced)
    armTimer(index, into: &actions)
  }

  /// Puts a segment on the link away from an end.
  private mutating func send(
    _ segment: TCPSegment, from index: Int, now: SimTime, into actions: inout [Action]
  ) {
    let loses = script.isEmpty ? false : isScripted(.init(segment), link: index)
    let outcome = links[index].send(octets: segment.octetsOnWire, at: now, losing: loses)
    observations?.append(
      .segmentSent(hop: index / 2, end: index % 2, segment, outcome, isScripted: loses))
    guard case .delivered(let arrival) = outcome else { return }
    let event = SignallingEvent.segmentArrival(
      hop: UInt8(index / 2), end: UInt8((index % 2) ^ 1), slot: slots.put(segment))
    actions.append(.schedule(event, at: arrival))
  }

  mutating func isScripted(_ kind: ScriptedSegmentLoss.Kind, link: Int) -> Bool {
    let counter = link * ScriptedSegmentLoss.Kind.allCases.count + kind.rawValue
    defer { sentByKind[counter] += 1 }
    return script.contains {
      $0.kind == kind && 2 * $0.hop + $0.direction.rawValue == link
        && $0.ordinal == sentByKind[counter]
    }
  }

  /// Schedules an end's deadline where it is earlier than the one scheduled last.
  mutating func armTimer(_ index: Int, into actions: inout [Action]) {
    guard let deadline = ends[index].nextDeadline, let generation = timers[index].arm(deadline)
    else { return }
    let event = SignallingEvent.transportDeadline(
      hop: UInt8(index / 2), end: UInt8(index % 2), generation: generation)
    actions.append(.schedule(event, at: deadline))
  }
}
