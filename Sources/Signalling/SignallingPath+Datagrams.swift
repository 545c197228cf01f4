import NetworkModels
import SimulationKernel

/// SIP over UDP: each message is a datagram of its own, which the transactions send again.
extension SignallingPath {
  /// Propagation and serialization of a message with its UDP and IPv4 headers.
  static func undisturbed(datagram octets: Int, over link: LinkSettings) -> SimDuration {
    guard let rate = link.rate else { return link.oneWayDelay }
    return DatagramFragments(payload: octets)
      .reduce(link.oneWayDelay) { $0 + rate.duration(ofOctets: $1.octets) }
  }

  /// Puts a transaction's message on its link. A message above the MTU goes as fragments, though RFC
  /// 3261 section 18.1.1 would have TCP for it: an INFO through eight proxies still fits.
  mutating func sendDatagram(
    _ request: Int, status: Int?, hop: Int, now: SimTime, into actions: inout [Action]
  ) {
    noteFirst(request, status: status, hop: hop, now: now)
    let message = record(request, status: status, hop: hop, received: now, written: now)
    let (outcome, isScripted) = putDatagram(message, end: status == nil ? 0 : 1, now: now)
    guard case .delivered(let arrival) = outcome, !isScripted else { return }
    let event = SignallingEvent.datagramArrival(
      hop: UInt8(hop), request: Int32(request), status: status.map { Int16($0) })
    actions.append(.schedule(event, at: arrival))
  }

  /// Puts a message on its link, in fragments where it is above the MTU.
  ///
  /// - Returns: what becomes of it as a whole: the last fragment to arrive decides, or the first that
  ///   is lost; and whether it is lost on purpose.
  mutating func putDatagram(
    _ message: SignallingHopRecord, end: Int, now: SimTime
  ) -> (outcome: Link.Outcome, isScripted: Bool) {
    let hop = message.hop
    let loses = hops[hop].isScripted(.datagram, end: end)
    let vanishes = hops[hop].isVoid(at: now)
    var outcome = Link.Outcome.delivered(at: now)
    for packet in DatagramFragments(payload: message.octets) {
      let dropped = packet.isFragment && dropsFragment(hop: hop, end: end, now: now)
      let fate = hops[hop].links[end].send(
        octets: packet.octets, at: now, losing: loses || vanishes || dropped)
      switch (outcome, fate) {
      case (.delivered(let latest), .delivered(let time)):
        outcome = .delivered(at: max(latest, time))
      case (.delivered, _): outcome = fate
      default: break
      }
    }
    hops[hop].observations?.append(.datagramSent(message, outcome, isScripted: loses))
    return (outcome, loses)
  }

  /// Whether a router of an access network drops a fragment, each on its own.
  private mutating func dropsFragment(hop: Int, end: Int, now: SimTime) -> Bool {
    guard settings.fragmentLoss > 0, hop == 0 || hop == hops.count - 1 else { return false }
    return fragmentLosses[2 * hop + end].loses(at: now)
  }

  /// A copy of a message has arrived; the first completes its record.
  mutating func datagramArrived(
    _ request: Int, status: Int?, hop: Int, now: SimTime, into actions: inout [Action]
  ) {
    if var record = takeUnderWay(request, status: status, hop: hop) {
      record.delivered = now
      note(delivered: record, now: now, into: &actions)
    }
    arrived(request, status: status, hop: hop, now: now, into: &actions)
  }

  /// A message has crossed its hop, for the first time; a gateway may have broken it.
  mutating func note(
    delivered message: SignallingHopRecord, now: SimTime, into actions: inout [Action]
  ) {
    var message = message
    if !message.isResponse, isBroken(message.request, hop: message.hop) {
      message.lost = now
      actions.append(.requestLost(request: message.request))
    }
    actions.append(.hopDelivered(message))
  }

  /// Whether a NAT router with a SIP gateway breaks a request: every copy alike, since it is the
  /// text that the gateway stumbles over.
  func isBroken(_ request: Int, hop: Int) -> Bool {
    guard settings.gatewayBreakage > 0, hop == 0, settings.tlsProfile == nil else {
      return false
    }
    return Probability(settings.gatewayBreakage).accepts(
      gatewayChance.draw(slot: Int64(request), index: 0))
  }

  /// Keeps the record of a message that none of its copies brought over, while it lasted.
  mutating func forget(_ record: SignallingHopRecord?) {
    if let record { undelivered.append(record) }
  }

  private mutating func noteFirst(_ request: Int, status: Int?, hop: Int, now: SimTime) {
    if status == nil, let index = clients[hop].index(of: request), !clients[hop][index].isSent {
      clients[hop][index].isSent = true
      clients[hop][index].underWay = record(
        request, status: nil, hop: hop, received: clients[hop][index].received, written: now)
      let heldFrom = clients[hop][index].heldFrom
      clients[hop][index].underWay?.heldFrom = heldFrom
    } else if status != nil, let index = servers[hop].index(of: request),
      !servers[hop][index].isSent
    {
      servers[hop][index].isSent = true
      servers[hop][index].underWay = record(
        request, status: status, hop: hop, received: servers[hop][index].received, written: now)
    }
  }

  private mutating func takeUnderWay(
    _ request: Int, status: Int?, hop: Int
  ) -> SignallingHopRecord? {
    if status == nil, let index = clients[hop].index(of: request) {
      defer { clients[hop][index].underWay = nil }
      return clients[hop][index].underWay
    }
    if status != nil, let index = servers[hop].index(of: request) {
      defer { servers[hop][index].underWay = nil }
      return servers[hop][index].underWay
    }
    // The transaction had given up when its last copy arrived.
    return undelivered.lastIndex { $0.request == request && $0.status == status && $0.hop == hop }
      .map { undelivered.remove(at: $0) }
  }
}
