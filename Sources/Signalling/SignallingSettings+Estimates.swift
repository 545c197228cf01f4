import NetworkModels
import SimulationKernel

/// What can be said of a road before a call.
extension SignallingSettings {
  /// The least time from an INFO to its response where the receiver's connection must be set up first,
  /// and all others where they are cold: propagation and computing alone, without losses, queues and
  /// serialization.
  ///
  /// - Parameter hops: as `SignallingPath.hopLinks` makes them, at least one (checked).
  public func leastAnswerTime(over hops: [HopLinks]) -> SimDuration {
    precondition(!hops.isEmpty, "n proxies make n + 1 hops")
    let roundTrips = hops.map { $0.towardsSender.oneWayDelay + $0.towardsReceiver.oneWayDelay }
    var time = roundTrips.reduce(proxyProcessing * Int64(2 * proxies), +)
    guard transport != .udp else { return time }
    time += nameLookUp
    for roundTrip in connection == .cold ? roundTrips : [roundTrips[0]] {
      time += roundTrip
      guard let tls = tlsProfile else { continue }
      // The client may write behind its last flight.
      time += roundTrip * Int64(tls.flights.count / 2)
      time += tls.processing.client + tls.processing.server
    }
    return time
  }

  /// Whether anything on the first or the last hop is above the MTU, so that routers there may drop
  /// a fragment of it: an INFO, its response, or other signalling.
  public var sendsFragments: Bool {
    guard transport == .udp else { return false }
    let sizes = SIPMessageSizes(self)
    // As long as the CSeq numbers of any call.
    let request = 99_999
    var octets = load.map { $0.sizes + [$0.burstMessage] } ?? []
    for hop in [0, proxies] {
      octets.append(sizes.request(request, hop: hop))
      octets += answers.map { sizes.response(request, status: $0.status.rawValue, hop: hop) }
    }
    return octets.contains { octets in
      DatagramFragments(payload: octets).contains { $0.isFragment }
    }
  }
}
