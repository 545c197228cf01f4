import NetworkModels
import SimulationKernel

/// Messages over a chain of connections and nothing else: relays hand on each message once it is
/// complete, and take no time for it. What a user agent and transactions add is left out.
///
/// It is how the transport's model is asked, and judged, by itself. All hosts read one clock, as those
/// did that it is judged by.
public struct SignallingLine: Sendable {
  public enum Input: Sendable {
    /// The near end writes messages of so many octets, numbered from here on; at least one octet.
    case write(message: Int, octets: Int)
    /// A scheduled event, at its time.
    case event(hop: UInt8, HopEvent)
  }

  public enum Action: Sendable {
    /// To be handed back as `Input.event` at that time.
    case schedule(hop: UInt8, HopEvent, at: SimTime)
    /// A message is complete at the far end.
    case delivered(message: Int)
    /// The answer to a message is complete at the near end.
    case answered(message: Int)
    /// TCP's handshake is complete at the near end of the first hop.
    case connected
    /// The near end may send from now on: its first hop is set up.
    case ready
  }

  /// The status that marks an answer.
  private static let answerStatus = 200

  private var hops: [SignallingHop]
  private let answerOctets: Int?
  private var hopBuffers: [[SignallingHop.Action]] = []
  /// Losses on the links and by the script take place. False while a connection is brought to the
  /// state of one that has long been used.
  public var isLossy = true {
    didSet { for k in hops.indices { hops[k].isLossy = isLossy } }
  }

  /// - Parameters:
  ///   - links: a hop each, at least one (checked), the near end's first.
  ///   - transport: TCP or TLS (checked); `tls` is what its handshake is made of (checked).
  ///   - answerOctets: of the answer that the far end writes at once to each message; nil for none.
  ///   - seed: of the links' and hosts' chance, as in `SignallingPath`.
  public init(
    links: [HopLinks], transport: SignallingSettings.Transport, tcp: TCPProfile = .linux,
    tls: TLSProfile? = nil,
    answerOctets: Int? = nil, seed: UInt64, script: [ScriptedSegmentLoss] = []
  ) {
    precondition(!links.isEmpty && links.count <= 255, "a line has 1...255 hops")
    precondition(transport != .udp, "a line has connections")
    precondition((tls != nil) == (transport.tlsVersion != nil), "TLS has a profile, and TCP none")
    self.answerOctets = answerOctets
    hops = links.enumerated().map { k, links in
      SignallingHop(
        HopSettings(
          transport: transport, links: links, tcp: tcp, tls: tls, sharesClock: true),
        index: k, seed: seed, script: script)
    }
  }

  public mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action]) {
    switch input {
    case .write(let message, let octets):
      send(message, octets: octets, status: nil, hop: 0, now: now, into: &actions)
    case .event(let hop, let event):
      self.hop(Int(hop), .event(event), now: now, into: &actions)
      if case .segmentArrival(let end, _, _) = event {
        self.hop(Int(hop), .read(end: Int(end)), now: now, into: &actions)
      }
    }
  }

  /// Octets and acknowledgements that are not where they should be yet, in items.
  public var heldCount: Int { hops.reduce(0) { $0 + $1.connection.heldCount } }

  private mutating func send(
    _ message: Int, octets: Int, status: Int?, hop: Int, now: SimTime,
    into actions: inout [Action]
  ) {
    let record = SignallingHopRecord(
      request: message, status: status, hop: hop, octets: octets, received: now, written: now,
      delivered: nil, undisturbed: .zero)
    // Who hands on or answers has just been woken; who begins has been silent.
    let isAwake = hop > 0 || status != nil
    self.hop(
      hop, .write(record, end: status == nil ? 0 : 1, isAwake: isAwake), now: now, into: &actions)
  }

  private mutating func hop(
    _ index: Int, _ input: SignallingHop.Input, now: SimTime, into actions: inout [Action]
  ) {
    var produced = hopBuffers.popLast() ?? []
    hops[index].handle(input, now: now, into: &produced)
    for action in produced {
      switch action {
      case .schedule(let event, let time):
        actions.append(.schedule(hop: UInt8(index), event, at: time))
      case .delivered(let record, let end):
        delivered(record, hop: index, end: end, now: now, into: &actions)
      case .connected(let end):
        if index == 0, end == 0 { actions.append(.connected) }
      case .ready(let end):
        if index == 0, end == 0 { actions.append(.ready) }
      case .aborted: break
      }
    }
    produced.removeAll(keepingCapacity: true)
    hopBuffers.append(produced)
  }

  private mutating func delivered(
    _ record: SignallingHopRecord, hop: Int, end: Int, now: SimTime, into actions: inout [Action]
  ) {
    let next = end == 1 ? hop + 1 : hop - 1
    if hops.indices.contains(next) {
      send(
        record.request, octets: record.octets, status: record.status, hop: next, now: now,
        into: &actions)
    } else if end == 0 {
      actions.append(.answered(message: record.request))
    } else {
      actions.append(.delivered(message: record.request))
      guard let answerOctets else { return }
      send(
        record.request, octets: answerOctets, status: Self.answerStatus, hop: hop, now: now,
        into: &actions)
    }
  }
}
