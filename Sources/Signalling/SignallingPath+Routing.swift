import NetworkModels
import SimulationKernel

/// How what one machine says reaches the next: user agents over proxies over TLS over TCP over
/// links. Ends and links are indexed 2 * hop + end, and 2 * hop + direction.
extension SignallingPath {
  // MARK: User agents and proxies

  mutating func ask(
    _ input: InfoUserAgent.Input, now: SimTime, into actions: inout [Action]
  ) {
    userAgent.handle(input, now: now, into: &userAgentBuffer)
    for index in userAgentBuffer.indices {
      switch userAgentBuffer[index] {
      case .send(let request):
        actions.append(.requestSent(request: request))
        submit(request, status: nil, hop: 0, received: now, now: now, into: &actions)
      case .finished(let request, let status):
        actions.append(.requestFinished(request: request, status: status))
      }
    }
    userAgentBuffer.removeAll(keepingCapacity: true)
    if let deadline = userAgent.nextDeadline,
      let generation = userAgentTimer.arm(deadline)
    {
      actions.append(.schedule(.userAgentDeadline(generation: generation), at: deadline))
    }
  }

  func record(
    _ request: Int, status: Int?, hop: Int, received: SimTime, written: SimTime?
  ) -> SignallingHopRecord {
    let direction = status == nil ? SignallingDirection.towardsSender : .towardsReceiver
    let octets =
      status == nil ? sizes.request(request, hop: hop) : sizes.response(request, hop: hop)
    let link = direction == .towardsSender ? hops[hop].towardsSender : hops[hop].towardsReceiver
    return SignallingHopRecord(
      request: request, status: status, hop: hop, octets: octets, received: received,
      written: written, delivered: nil,
      undisturbed: Self.undisturbed(tls?.wireOctets(octets) ?? octets, over: link, tcp: tcp))
  }

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
      if !message.isResponse, hop == hopCount - 1 {
        actions.append(.requestReceived(request: message.request))
        submit(
          message.request, status: 200, hop: hop, received: now, now: now, into: &actions)
      } else if message.isResponse, hop == 0 {
        ask(
          .response(request: message.request, status: message.status ?? 200), now: now,
          into: &actions)
      } else {
        let proxy = message.isResponse ? hop - 1 : hop
        let done = proxies[proxy].accept(
          ProxyQueue.Item(request: message.request, status: message.status, received: now))
        actions.append(.schedule(.proxyDone(proxy: UInt8(proxy)), at: done))
      }
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
    let loses = script.isEmpty ? false : isScripted(segment, link: index)
    let outcome = links[index].send(octets: segment.octetsOnWire, at: now, losing: loses)
    observations?.append(
      .segmentSent(hop: index / 2, end: index % 2, segment, outcome, isScripted: loses))
    guard case .delivered(let arrival) = outcome else { return }
    let event = SignallingEvent.segmentArrival(
      hop: UInt8(index / 2), end: UInt8((index % 2) ^ 1), slot: slots.put(segment))
    actions.append(.schedule(event, at: arrival))
  }

  private mutating func isScripted(_ segment: TCPSegment, link: Int) -> Bool {
    let kind = ScriptedSegmentLoss.Kind(segment)
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
