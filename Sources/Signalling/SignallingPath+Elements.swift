import NetworkModels
import SimulationKernel

/// User agents, proxies and their transactions. Hop k's client transactions are at its end nearer the
/// receiver, its server transactions at the other; each element between two hops has the servers of
/// the one and the clients of the next.
extension SignallingPath {
  // MARK: User agents and proxies

  mutating func ask(
    _ input: InfoUserAgent.Input, now: SimTime, into actions: inout [Action]
  ) {
    userAgent.handle(input, now: now, into: &userAgentBuffer)
    let produced = userAgentBuffer.popLast()
    precondition(userAgentBuffer.isEmpty, "a user agent does one thing at a time")
    if case .send(let request)? = produced {
      actions.append(.requestSent(request: request))
      begin(request, hop: 0, received: now, heldFrom: nil, now: now, into: &actions)
    }
    if let deadline = userAgent.nextDeadline, let generation = userAgentTimer.arm(deadline) {
      actions.append(.schedule(.userAgentDeadline(generation: generation), at: deadline))
    }
  }

  /// A message is complete at the other end of its hop.
  mutating func arrived(
    _ request: Int, status: Int?, hop: Int, now: SimTime, into actions: inout [Action]
  ) {
    if hop == hops.count - 1 { sleeper?.noteSignalling(now: now) }
    if let status {
      client(request, hop: hop, .response(status: status), now: now, into: &actions)
    } else if isBroken(request, hop: hop) {
      // Nobody can read it: RFC 3261 section 16.3 has it refused, real elements drop it.
    } else if servers[hop].index(of: request) != nil {
      server(request, hop: hop, .request, now: now, into: &actions)
    } else {
      servers[hop].append(
        request, NonInviteServerTransaction(settings.transport.reliability), received: now)
      serve(request, hop: hop, now: now, into: &actions)
    }
  }

  /// A request that is no copy: the sender's user agent answers at once, a proxy works on it.
  private mutating func serve(
    _ request: Int, hop: Int, now: SimTime, into actions: inout [Action]
  ) {
    guard hop == hops.count - 1 else {
      return work(request, status: nil, proxy: hop, now: now, into: &actions)
    }
    let answers = settings.answers
    let answer =
      crossing.isUnderWay(now: now) ? .requestPending : answers[min(request, answers.count - 1)]
    if answer == .ok {
      actions.append(.requestReceived(request: request))
    } else {
      actions.append(.requestRefused(request: request, status: answer.status.rawValue))
    }
    server(
      request, hop: hop, .respond(status: answer.status.rawValue), now: now, into: &actions)
  }

  private mutating func work(
    _ request: Int, status: Int?, proxy: Int, now: SimTime, into actions: inout [Action]
  ) {
    let done = proxies[proxy].accept(
      ProxyQueue.Item(request: request, status: status, received: now))
    actions.append(.schedule(.proxyDone(proxy: UInt8(proxy)), at: done))
  }

  /// A proxy has worked on a message, and passes it on.
  mutating func forward(
    _ item: ProxyQueue.Item, proxy: Int, now: SimTime, into actions: inout [Action]
  ) {
    guard item.request != SignallingHopRecord.loadNumber else { return }
    guard let status = item.status else {
      if proxy == proxies.count - 1, sleeper?.isAwake(at: now) == false {
        if let time = sleeper!.hold(item, now: now) {
          actions.append(.schedule(.userAgentAwake, at: time))
        }
        return
      }
      return begin(
        item.request, hop: proxy + 1, received: item.received, heldFrom: nil, now: now,
        into: &actions)
    }
    guard let index = servers[proxy].index(of: item.request) else { return }
    servers[proxy][index].received = item.received
    server(item.request, hop: proxy, .respond(status: status), now: now, into: &actions)
  }

  /// The device that takes the requests is awake: the last proxy sends what it held for it.
  mutating func userAgentAwoke(now: SimTime, into actions: inout [Action]) {
    for held in sleeper!.wake(now: now) {
      begin(
        held.item.request, hop: hops.count - 1, received: held.item.received,
        heldFrom: held.from, now: now, into: &actions)
    }
  }

  // MARK: Transactions

  mutating func begin(
    _ request: Int, hop: Int, received: SimTime, heldFrom: SimTime?, now: SimTime,
    into actions: inout [Action]
  ) {
    clients[hop].append(
      request, NonInviteClientTransaction(settings.transport.reliability), received: received,
      heldFrom: heldFrom)
    client(request, hop: hop, .begin, now: now, into: &actions)
    if hop == 0 { watchAnswer(to: request, now: now, into: &actions) }
  }

  /// Tells a client transaction; a response to none is dropped (RFC 6026 section 7.3).
  mutating func client(
    _ request: Int, hop: Int, _ input: NonInviteClientTransaction.Input, now: SimTime,
    into actions: inout [Action]
  ) {
    guard let index = clients[hop].index(of: request) else { return }
    var produced = clientBuffers.popLast() ?? []
    clients[hop][index].machine.handle(input, now: now, into: &produced)
    if let deadline = clients[hop][index].machine.nextDeadline,
      let generation = clients[hop][index].timer.arm(deadline)
    {
      let event = SignallingEvent.clientDeadline(
        hop: UInt8(hop), request: Int32(request), generation: generation)
      actions.append(.schedule(event, at: deadline))
    }
    for action in produced {
      switch action {
      case .send: transmit(request, status: nil, hop: hop, now: now, into: &actions)
      case .response(let status):
        if hop > 0 {
          work(request, status: status, proxy: hop - 1, now: now, into: &actions)
        } else if status >= 200 {
          finish(request, status: status, now: now, into: &actions)
        }
      case .timedOut, .transportFailed:
        if hop == 0 {
          // RFC 3261 section 8.1.3.1: a timeout counts as a 408 (Request Timeout), a failure of the
          // transport as a 503 (Service Unavailable).
          let status = action == .timedOut ? 408 : 503
          if action == .timedOut { timedOut(request, now: now, into: &actions) }
          finish(request, status: status, now: now, into: &actions)
        } else {
          server(request, hop: hop - 1, .abandon, now: now, into: &actions)
        }
      case .terminated: forget(clients[hop].remove(request)?.underWay)
      }
    }
    produced.removeAll(keepingCapacity: true)
    clientBuffers.append(produced)
  }

  private mutating func finish(
    _ request: Int, status: Int, now: SimTime, into actions: inout [Action]
  ) {
    actions.append(.requestFinished(request: request, status: status))
    ask(.finished(request: request, status: status), now: now, into: &actions)
  }

  mutating func server(
    _ request: Int, hop: Int, _ input: NonInviteServerTransaction.Input, now: SimTime,
    into actions: inout [Action]
  ) {
    guard let index = servers[hop].index(of: request) else { return }
    var produced = serverBuffers.popLast() ?? []
    servers[hop][index].machine.handle(input, now: now, into: &produced)
    if let deadline = servers[hop][index].machine.nextDeadline,
      let generation = servers[hop][index].timer.arm(deadline)
    {
      let event = SignallingEvent.serverDeadline(
        hop: UInt8(hop), request: Int32(request), generation: generation)
      actions.append(.schedule(event, at: deadline))
    }
    for action in produced {
      switch action {
      case .send(let status):
        transmit(request, status: status, hop: hop, now: now, into: &actions)
      case .transportFailed: break
      case .terminated: forget(servers[hop].remove(request)?.underWay)
      }
    }
    produced.removeAll(keepingCapacity: true)
    serverBuffers.append(produced)
  }

  /// Sends a transaction's message, the first time or again.
  private mutating func transmit(
    _ request: Int, status: Int?, hop: Int, now: SimTime, into actions: inout [Action]
  ) {
    if settings.transport == .udp {
      sendDatagram(request, status: status, hop: hop, now: now, into: &actions)
      return
    }
    let received =
      status == nil
      ? clients[hop].index(of: request).map { clients[hop][$0].received }
      : servers[hop].index(of: request).map { servers[hop][$0].received }
    var message = record(
      request, status: status, hop: hop, received: received ?? now, written: now)
    if status == nil, let place = clients[hop].index(of: request) {
      message.heldFrom = clients[hop][place].heldFrom
    }
    self.hop(hop, .write(message, end: status == nil ? 0 : 1), now: now, into: &actions)
  }

  // MARK: Records

  func record(
    _ request: Int, status: Int?, hop: Int, received: SimTime, written: SimTime?
  ) -> SignallingHopRecord {
    let direction = status == nil ? SignallingDirection.towardsSender : .towardsReceiver
    let octets =
      status.map { sizes.response(request, status: $0, hop: hop) }
      ?? sizes.request(request, hop: hop)
    let way = hops[hop].settings
    let link = direction == .towardsSender ? way.links.towardsSender : way.links.towardsReceiver
    let undisturbed =
      settings.transport == .udp
      ? Self.undisturbed(datagram: octets, over: link)
      : way.undisturbed(way.tls?.wireOctets(octets) ?? octets, over: link)
    return SignallingHopRecord(
      request: request, status: status, hop: hop, octets: octets, received: received,
      written: written, delivered: nil, undisturbed: undisturbed)
  }

  /// The messages that are somewhere on the path, in order of request, direction and hop: those
  /// not delivered on a hop, and those that a proxy has (not yet written on the next).
  public func openMessages() -> [SignallingHopRecord] {
    var open = undelivered
    for hop in hops {
      for stream in hop.connection.streams {
        for index in 0..<stream.count where !stream.record(index).isLoad {
          open.append(stream.record(index))
        }
      }
    }
    for table in clients { open += table.entries.compactMap(\.underWay) }
    for table in servers { open += table.entries.compactMap(\.underWay) }
    for (k, proxy) in proxies.enumerated() {
      for index in 0..<proxy.count {
        let item = proxy.item(index)
        guard item.request != SignallingHopRecord.loadNumber else { continue }
        let hop = k + (item.status == nil ? 1 : 0)
        open.append(
          record(item.request, status: item.status, hop: hop, received: item.received, written: nil)
        )
      }
    }
    for held in sleeper?.held ?? [] {
      var message = record(
        held.item.request, status: nil, hop: hops.count - 1, received: held.item.received,
        written: nil)
      message.heldFrom = held.from
      open.append(message)
    }
    open.sort {
      ($0.request, $0.status ?? 0, $0.hop) < ($1.request, $1.status ?? 0, $1.hop)
    }
    return open
  }
}
