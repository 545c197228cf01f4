import NetworkModels
import SimulationKernel

/// Other signalling on the path's hops.
extension SignallingPath {
  /// Schedules each hop's first message and first burst.
  mutating func beginLoad(into actions: inout [Action]) {
    for hop in generators.indices {
      let first = SimTime.zero + generators[hop].gap()
      actions.append(.schedule(.load(hop: UInt8(hop), isBurst: false), at: first))
      if let burst = generators[hop].firstBurstTime {
        actions.append(.schedule(.load(hop: UInt8(hop), isBurst: true), at: burst))
      }
    }
  }

  /// A message of a hop's other signalling comes, or a burst; the next one is scheduled.
  mutating func loadComes(
    hop: Int, isBurst: Bool, now: SimTime, into actions: inout [Action]
  ) {
    let event = SignallingEvent.load(hop: UInt8(hop), isBurst: isBurst)
    if isBurst {
      for octets in generators[hop].burst {
        for end in 0..<2 { sendLoad(octets, hop: hop, end: end, now: now, into: &actions) }
      }
      actions.append(.schedule(event, at: now + generators[hop].burstInterval))
    } else {
      let (octets, end) = generators[hop].message()
      sendLoad(octets, hop: hop, end: end, now: now, into: &actions)
      actions.append(.schedule(event, at: now + generators[hop].gap()))
    }
  }

  private mutating func sendLoad(
    _ octets: Int, hop: Int, end: Int, now: SimTime, into actions: inout [Action]
  ) {
    let message = SignallingHopRecord(load: octets, hop: hop, end: end, now: now)
    guard settings.transport == .udp else {
      return self.hop(hop, .write(message, end: end), now: now, into: &actions)
    }
    let (outcome, isScripted) = putDatagram(message, end: end, now: now)
    guard case .delivered(let arrival) = outcome, !isScripted else { return }
    actions.append(
      .schedule(.loadArrival(hop: UInt8(hop), end: UInt8(end ^ 1)), at: arrival))
  }

  /// A message of other signalling has crossed its hop: a proxy there has work.
  mutating func loadArrived(hop: Int, end: Int, now: SimTime, into actions: inout [Action]) {
    let proxy = hop - 1 + end
    if hop == hops.count - 1 { sleeper?.noteSignalling(now: now) }
    guard proxies.indices.contains(proxy) else { return }
    let item = ProxyQueue.Item(
      request: SignallingHopRecord.loadNumber, status: end == 1 ? nil : 0, received: now)
    let done = proxies[proxy].accept(item)
    actions.append(.schedule(.proxyDone(proxy: UInt8(proxy)), at: done))
  }
}

extension SignallingHopRecord {
  static let loadNumber = -1

  /// A message of other signalling, which is no request of the call.
  init(load octets: Int, hop: Int, end: Int, now: SimTime) {
    self.init(
      request: Self.loadNumber, status: end == 0 ? nil : 0, hop: hop, octets: octets,
      received: now, written: now, undisturbed: .zero)
  }

  /// Whether this is other signalling than the call's.
  public var isLoad: Bool { request == Self.loadNumber }
}
