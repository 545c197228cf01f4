import NetworkModels
import SimulationKernel

/// Connections that are lost: to a NAT that has forgotten them, to a change of network, or to a
/// kernel that gives up.
extension SignallingPath {
  /// Schedules what happens by itself.
  mutating func begin(into actions: inout [Action]) {
    beginLoad(into: &actions)
    if let change = settings.networkSwitch {
      actions.append(.schedule(.networkSwitch, at: .zero + change.time))
    }
  }

  /// Whether the receiver's user agent has got nothing since then.
  private func isSilent(since time: SimTime) -> Bool {
    lastHeard.map { $0 < time } ?? true
  }

  /// Has the user agent look whether the connection is still alive when it has waited long enough.
  func watchAnswer(to request: Int, now: SimTime, into actions: inout [Action]) {
    guard settings.transport != .udp, settings.giveUp < TransactionTimers.standard.timeout else {
      return  // Timer F comes first.
    }
    actions.append(
      .schedule(.answerOverdue(request: Int32(request)), at: now + settings.giveUp))
  }

  /// A request may have waited long enough: the connection is closed where all was silent for as
  /// long, else the user agent looks again when that will have been so.
  mutating func answerOverdue(_ request: Int, now: SimTime, into actions: inout [Action]) {
    guard let place = clients[0].index(of: request) else { return }
    let sent = clients[0][place].received
    let due = max(sent, lastHeard ?? sent) + settings.giveUp
    guard due <= now else {
      actions.append(.schedule(.answerOverdue(request: Int32(request)), at: due))
      return
    }
    loseConnection(hop: 0, now: now, into: &actions)
  }

  /// Timer F of the receiver's user agent: it closes a connection on which nothing comes.
  mutating func timedOut(_ request: Int, now: SimTime, into actions: inout [Action]) {
    guard settings.transport != .udp, let place = clients[0].index(of: request),
      isSilent(since: clients[0][place].received)
    else { return }
    loseConnection(hop: 0, now: now, into: &actions)
  }

  /// A hop's connection is no more: what it carried is lost, and who waits for an answer on it is
  /// told (RFC 3261 section 17.1.4). The next message opens another one.
  mutating func loseConnection(hop: Int, now: SimTime, into actions: inout [Action]) {
    for var message in hops[hop].replaceConnection() where !message.isLoad {
      message.lost = now
      undelivered.append(message)
      if !message.isResponse { actions.append(.requestLost(request: message.request)) }
    }
    for request in clients[hop].entries.map(\.request) {
      client(request, hop: hop, .transportFailed, now: now, into: &actions)
    }
  }

  /// The receiver has another address: its connection is dead, and it knows. The dialog's requests
  /// still go to where the first proxy's Record-Route says.
  mutating func switchNetwork(now: SimTime, into actions: inout [Action]) {
    hops[0].isCutOff = settings.networkSwitch?.recordRoute == .address
    guard settings.transport != .udp else { return }
    loseConnection(hop: 0, now: now, into: &actions)
  }
}
