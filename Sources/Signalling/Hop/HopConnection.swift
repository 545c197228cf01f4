import NetworkModels
import SimulationKernel

/// A hop's TCP connection, with TLS or without: its two ends, and the messages on it.
struct HopConnection: Sendable {
  /// The end nearer the receiver, which opens, first.
  var ends: [TCPConnectionEnd] = []
  /// Empty without TLS.
  var sessions: [TLSSession] = []
  /// What each end writes.
  var streams = [MessageStream(), MessageStream()]
  var timers = [WakeUp(), WakeUp()]
  var slots = SegmentSlots()
  /// The DNS has been asked where to connect to.
  var isResolving = false

  /// - Parameter key: the chance of an end's host.
  init(_ settings: HopSettings, isWarm: Bool, key: (_ end: Int) -> StreamKey) {
    for end in 0..<2 {
      if isWarm, let octets = settings.warmedBy {
        ends.append(
          TCPConnectionEnd(
            profile: settings.tcp, establishedWith: settings.roundTrip(of: octets), key: key(end)))
      } else {
        ends.append(
          TCPConnectionEnd(profile: settings.tcp, listening: end == 1, key: key(end)))
      }
      guard let tls = settings.tls else { continue }
      sessions.append(TLSSession(tls, isClient: end == 0, isWarm: isWarm))
    }
  }

  /// Whether an end may send messages.
  func isReady(_ end: Int) -> Bool {
    sessions.isEmpty ? ends[end].isEstablished : sessions[end].isEstablished
  }

  /// What is held for messages under way, in items.
  var heldCount: Int {
    ends.reduce(0) { $0 + $1.heldCount } + streams.reduce(0) { $0 + $1.count } + slots.usedCount
  }
}
