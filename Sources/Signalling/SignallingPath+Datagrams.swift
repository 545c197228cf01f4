import NetworkModels
import SimulationKernel

/// SIP over UDP: each message is a datagram of its own, which the transactions send again.
extension SignallingPath {
  /// Propagation and serialization of a message with its UDP and IPv4 headers.
  static func undisturbed(datagram octets: Int, over link: LinkSettings) -> SimDuration {
    guard let rate = link.rate else { return link.oneWayDelay }
    return DatagramFragments(payload: octets)
      .reduce(link.oneWayDelay) { $0 + rate.duration(ofOctets: $1) }
  }

  /// Puts a transaction's message on its link. A message above the MTU goes as fragments, though RFC
  /// 3261 section 18.1.1 would have TCP for it: an INFO through eight proxies still fits.
  mutating func sendDatagram(
    _ request: Int, status: Int?, hop: Int, now: SimTime, into actions: inout [Action]
  ) {
    let octets =
      status.map { sizes.response(request, status: $0, hop: hop) }
      ?? sizes.request(request, hop: hop)
    noteFirst(request, status: status, hop: hop, now: now)
    let end = status == nil ? 0 : 1
    let loses = hops[hop].isScripted(.datagram, end: end)
    var arrival: SimTime? = now
    var outcome = Link.Outcome.delivered(at: now)
    for packet in DatagramFragments(payload: octets) {
      let fate = hops[hop].links[end].send(octets: packet, at: now, losing: loses)
      if case .delivered(let time) = fate {
        arrival = arrival.map { max($0, time) }
      } else {
        arrival = nil
      }
      // The last fragment to arrive decides, or the first that is lost.
      if case .delivered = outcome { outcome = fate }
    }
    if hops[hop].observations != nil {
      let message = record(request, status: status, hop: hop, received: now, written: now)
      hops[hop].observations!.append(.datagramSent(message, outcome, isScripted: loses))
    }
    guard let arrival else { return }
    let event = SignallingEvent.datagramArrival(
      hop: UInt8(hop), request: Int32(request), status: status.map { Int16($0) })
    actions.append(.schedule(event, at: arrival))
  }

  /// A copy of a message has arrived; the first completes its record.
  mutating func datagramArrived(
    _ request: Int, status: Int?, hop: Int, now: SimTime, into actions: inout [Action]
  ) {
    if var record = takeUnderWay(request, status: status, hop: hop) {
      record.delivered = now
      actions.append(.hopDelivered(record))
    }
    arrived(request, status: status, hop: hop, now: now, into: &actions)
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
