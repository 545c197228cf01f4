import NetworkModels
import SimulationKernel

/// The SIP path of one call: the receiver's user agent, proxies that are transaction-stateful, the
/// sender's user agent, and between neighbours a TCP connection, with TLS or without, or UDP alone,
/// over links that lose both ways.
///
/// It has neither queue nor clock: what will happen later leaves as `Action.schedule` and comes
/// back as `Input.event`. One switch, in `handle`, leads each event to its machine.
public struct SignallingPath: Sendable {
  public enum Input: Sendable {
    /// The receiver has noticed damage, or still has it; saying it again changes nothing.
    case repairWanted
    /// Nothing is wanted any more.
    case repairDone(byKeyFrame: Bool)
    /// A scheduled event, at its time.
    case event(SignallingEvent)
  }

  public enum Action: Sendable {
    /// To be handed back as `Input.event` at that time.
    case schedule(SignallingEvent, at: SimTime)
    /// An INFO was handed to the first hop's transport. Requests count from 0.
    case requestSent(request: Int)
    /// The INFO is complete at the sender's user agent, which answers 200 at once.
    case requestReceived(request: Int)
    /// The INFO is complete at the sender's user agent, which answers with this status and does not
    /// do what it asks for.
    case requestRefused(request: Int, status: Int)
    /// The transaction ended at the receiver's user agent: a final response, or 408 by Timer F.
    case requestFinished(request: Int, status: Int)
    /// A message is complete at the other end of a hop.
    case hopDelivered(SignallingHopRecord)
  }

  let hopCount: Int
  let settings: SignallingSettings
  let hops: [HopLinks]
  let sizes: SIPMessageSizes
  let tcp: TCPProfile
  let tls: TLSProfile?

  var userAgent: InfoUserAgent
  /// Proxy k stands between hop k and hop k + 1.
  var proxies: [ProxyQueue]
  /// A table a hop each.
  var clients: [TransactionTable<NonInviteClientTransaction>]
  var servers: [TransactionTable<NonInviteServerTransaction>]
  /// Datagrams that no copy brought over before their transaction ended.
  var undelivered: [SignallingHopRecord] = []
  /// Two a hop, the end nearer the receiver first; empty over UDP, `sessions` without TLS.
  var ends: [TCPConnectionEnd]
  var sessions: [TLSSession]
  /// Two a hop, towards the sender first.
  var links: [Link]
  var streams: [MessageStream]
  var slots = SegmentSlots()
  var timers: [WakeUp]
  var userAgentTimer = WakeUp()
  let script: [ScriptedSegmentLoss]
  /// Segments sent so far, by link and kind; kept only where there is a script.
  var sentByKind: [Int]
  var transportBuffers: [[TCPConnectionEnd.Action]] = []
  var sessionBuffers: [[TLSSession.Action]] = []
  var userAgentBuffer: [InfoUserAgent.Action] = []
  var clientBuffers: [[NonInviteClientTransaction.Action]] = []
  var serverBuffers: [[NonInviteServerTransaction.Action]] = []
  /// What is seen of the connections since this was last emptied; nil, as it starts, where nobody
  /// watches.
  public var observations: [SignallingObservation]?

  /// - Parameters:
  ///   - settings: 0...8 proxies, a positive minimum request interval and at least one answer
  ///     (checked).
  ///   - hops: one more than there are proxies (checked), as `hopLinks` makes them.
  ///   - seed: the call's; the links' chance is "sip.hop<k>.forward" towards the sender and
  ///     "sip.hop<k>.reverse", k from 0 at the receiver; that of a retry is "sip.retry".
  ///   - tcp: the constants of every connection.
  ///   - script: segments to lose on purpose.
  public init(
    settings: SignallingSettings, hops: [HopLinks], seed: UInt64, tcp: TCPProfile = .linux,
    script: [ScriptedSegmentLoss] = []
  ) {
    precondition((0...8).contains(settings.proxies), "0...8 proxies, not \(settings.proxies)")
    precondition(!settings.answers.isEmpty, "the sender's user agent has no answer")
    precondition(hops.count == settings.proxies + 1, "n proxies make n + 1 hops")
    self.settings = settings
    self.hops = hops
    self.tcp = tcp
    self.script = script
    hopCount = hops.count
    let tls = settings.transport.tlsProfile
    self.tls = tls
    sizes = SIPMessageSizes(settings)
    userAgent = InfoUserAgent(
      settings, retryChance: StreamKey(seed: seed, name: "sip.retry"))
    proxies = Array(
      repeating: ProxyQueue(processing: settings.proxyProcessing), count: settings.proxies)
    clients = Array(repeating: TransactionTable(), count: hops.count)
    servers = Array(repeating: TransactionTable(), count: hops.count)
    ends = []
    sessions = []
    links = []
    for (k, hop) in hops.enumerated() {
      links.append(Link(hop.towardsSender, seed: seed, name: "sip.hop\(k).forward"))
      links.append(Link(hop.towardsReceiver, seed: seed, name: "sip.hop\(k).reverse"))
      guard settings.transport != .udp else { continue }
      for end in 0..<2 {
        if settings.isWarm {
          let message = sizes.request(0, hop: k)
          let octets = tls?.wireOctets(message) ?? message
          let roundTrip =
            Self.undisturbed(octets, over: hop.towardsSender, tcp: tcp)
            + Self.undisturbed(0, over: hop.towardsReceiver, tcp: tcp)
          ends.append(TCPConnectionEnd(profile: tcp, establishedWith: roundTrip))
        } else {
          ends.append(TCPConnectionEnd(profile: tcp, listening: end == 1))
        }
        if let tls {
          sessions.append(
            TLSSession(
              tls, isClient: end == 0, isWarm: settings.isWarm,
              processing: settings.tlsProcessing))
        }
      }
    }
    streams = Array(repeating: MessageStream(), count: 2 * hopCount)
    timers = Array(repeating: WakeUp(), count: 2 * hopCount)
    sentByKind = Array(
      repeating: 0, count: 2 * hopCount * ScriptedSegmentLoss.Kind.allCases.count)
  }

  public mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action]) {
    switch input {
    case .repairWanted: ask(.repairWanted, now: now, into: &actions)
    case .repairDone(let byKeyFrame):
      ask(.repairDone(byKeyFrame: byKeyFrame), now: now, into: &actions)
    case .event(.segmentArrival(let hop, let end, let slot)):
      let index = 2 * Int(hop) + Int(end)
      let segment = slots.take(slot)
      observations?.append(.segmentArrived(hop: Int(hop), end: Int(end), segment))
      transport(index, .segment(segment), now: now, into: &actions)
      transport(index, .acknowledge, now: now, into: &actions)
      armTimer(index, into: &actions)
    case .event(.transportDeadline(let hop, let end, let generation)):
      let index = 2 * Int(hop) + Int(end)
      guard timers[index].fire(generation) else { return }
      transport(index, .deadline, now: now, into: &actions)
      armTimer(index, into: &actions)
    case .event(.sessionDeadline(let hop, let end)):
      session(2 * Int(hop) + Int(end), .deadline, now: now, into: &actions)
    case .event(.proxyDone(let proxy)):
      let item = proxies[Int(proxy)].finish()
      forward(item, proxy: Int(proxy), now: now, into: &actions)
    case .event(.datagramArrival(let hop, let request, let status)):
      datagramArrived(
        Int(request), status: status.map { Int($0) }, hop: Int(hop), now: now, into: &actions)
    case .event(.clientDeadline(let hop, let request, let generation)):
      guard let index = clients[Int(hop)].index(of: Int(request)),
        clients[Int(hop)][index].timer.fire(generation)
      else { return }
      client(Int(request), hop: Int(hop), .deadline, now: now, into: &actions)
    case .event(.serverDeadline(let hop, let request, let generation)):
      guard let index = servers[Int(hop)].index(of: Int(request)),
        servers[Int(hop)][index].timer.fire(generation)
      else { return }
      server(Int(request), hop: Int(hop), .deadline, now: now, into: &actions)
    case .event(.userAgentDeadline(let generation)):
      guard userAgentTimer.fire(generation) else { return }
      ask(.deadline, now: now, into: &actions)
    }
  }

  /// What is held for messages under way, in items: bounded, and next to none on an idle path.
  var heldCount: Int {
    ends.reduce(0) { $0 + $1.heldCount } + streams.reduce(0) { $0 + $1.count }
      + proxies.reduce(0) { $0 + $1.count } + slots.usedCount
      + clients.reduce(0) { $0 + $1.count } + servers.reduce(0) { $0 + $1.count }
  }
}
