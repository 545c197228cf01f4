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
    /// The call begins: once, before anything else, where something happens by itself.
    case begin
    /// The receiver has noticed damage. Said once for each loss: where it still waits for a repair
    /// this makes another request only if the user agent asks once for each.
    case repairWanted
    /// Sends a request whatever the user agent's rules say; numbers count on from 0, and the user
    /// agent itself must not be asked for any then.
    case send(request: Int)
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
    /// An INFO is lost for good, with its connection or broken by a router: no copy brings it.
    case requestLost(request: Int)
    /// The transaction ended at the receiver's user agent: a final response, 408 by Timer F, or 503
    /// where its connection was lost.
    case requestFinished(request: Int, status: Int)
    /// A message is complete at the other end of a hop.
    case hopDelivered(SignallingHopRecord)
  }

  let settings: SignallingSettings
  let sizes: SIPMessageSizes

  var userAgent: InfoUserAgent
  /// Proxy k stands between hop k and hop k + 1.
  var proxies: [ProxyQueue]
  /// A table a hop each.
  var clients: [TransactionTable<NonInviteClientTransaction>]
  var servers: [TransactionTable<NonInviteServerTransaction>]
  /// Datagrams that no copy brought over before their transaction ended.
  var undelivered: [SignallingHopRecord] = []
  /// From the receiver's side.
  var hops: [SignallingHop]
  var userAgentTimer = WakeUp()
  /// Of other signalling, by hop; empty where there is none.
  var generators: [LoadGenerator]
  /// The media sender's user agent where it sleeps.
  var sleeper: SleepingUserAgent?
  let gatewayChance: StreamKey
  /// What the sender's user agent asks for itself.
  let crossing: CrossingRequests
  /// What routers do to fragments, by hop and the end that sends.
  var fragmentLosses: [IndependentLoss]
  /// When the receiver's user agent last got a message.
  var lastHeard: SimTime?
  var hopBuffers: [[SignallingHop.Action]] = []
  var userAgentBuffer: [InfoUserAgent.Action] = []
  var clientBuffers: [[NonInviteClientTransaction.Action]] = []
  var serverBuffers: [[NonInviteServerTransaction.Action]] = []
  /// What is seen of the hops since this was last set, hop by hop; nil, as it starts, where nobody
  /// watches.
  public var observations: [SignallingObservation]? {
    get {
      guard hops[0].observations != nil else { return nil }
      return hops.flatMap { $0.observations ?? [] }
    }
    set {
      for k in hops.indices { hops[k].observations = newValue.map { k == 0 ? $0 : [] } }
    }
  }

  /// - Parameters:
  ///   - settings: 0...8 proxies, a positive minimum request interval and at least one answer
  ///     (checked).
  ///   - hops: one more than there are proxies (checked), as `hopLinks` makes them.
  ///   - seed: the call's; the links' chance is "sip.hop<k>.forward" towards the sender and
  ///     "sip.hop<k>.reverse", k from 0 at the receiver, with ".fragments" that of the routers there;
  ///     that of a retry is "sip.retry", that of the sender's own requests "sip.opposite".
  ///   - script: segments to lose on purpose.
  ///   - accessLinks: where signalling queues together with what else its ends send.
  public init(
    settings: SignallingSettings, hops: [HopLinks], seed: UInt64,
    script: [ScriptedSegmentLoss] = [], accessLinks: AccessLinks? = nil
  ) {
    precondition((0...8).contains(settings.proxies), "0...8 proxies, not \(settings.proxies)")
    precondition(!settings.answers.isEmpty, "the sender's user agent has no answer")
    precondition(hops.count == settings.proxies + 1, "n proxies make n + 1 hops")
    self.settings = settings
    let sizes = SIPMessageSizes(settings)
    self.sizes = sizes
    userAgent = InfoUserAgent(
      settings, retryChance: StreamKey(seed: seed, name: "sip.retry"))
    proxies = (0..<settings.proxies).map {
      ProxyQueue(
        processing: settings.proxyProcessing, settings.proxyProcessingDistribution,
        chance: StreamKey(seed: seed, name: "sip.proxy\($0)"))
    }
    generators =
      settings.load.map { load in
        hops.indices.map { LoadGenerator(load, hop: $0, seed: seed) }
      } ?? []
    sleeper = settings.mobile.map { SleepingUserAgent($0, seed: seed) }
    gatewayChance = StreamKey(seed: seed, name: "sip.alg")
    crossing = CrossingRequests(
      interval: settings.oppositeRequests,
      roundTrip: hops.reduce(settings.proxyProcessing * Int64(2 * settings.proxies)) {
        $0 + $1.towardsSender.oneWayDelay + $1.towardsReceiver.oneWayDelay
      },
      chance: StreamKey(seed: seed, name: "sip.opposite"))
    fragmentLosses = hops.indices.flatMap { hop in
      ["forward", "reverse"].map {
        IndependentLoss(
          rate: Probability(settings.fragmentLoss),
          key: StreamKey(seed: seed, name: "sip.hop\(hop).\($0).fragments"))
      }
    }
    clients = Array(repeating: TransactionTable(), count: hops.count)
    servers = Array(repeating: TransactionTable(), count: hops.count)
    self.hops = hops.enumerated().map { k, links in
      let tls = settings.tlsProfile
      var hop = HopSettings(
        transport: settings.transport, links: links, tcp: settings.tcp, tls: tls,
        nameLookUp: settings.nameLookUp)
      if k == 0, settings.connection == .halfDead { hop.bindingEnds = .zero + settings.natDrop }
      if settings.connection != .cold {
        let message = sizes.request(0, hop: k)
        hop.warmedBy = tls?.wireOctets(message) ?? message
      }
      return SignallingHop(
        hop, index: k, seed: seed, script: script,
        towardsSender: k == 0 ? accessLinks?.ofReceiver : nil,
        towardsReceiver: k == settings.proxies ? accessLinks?.ofSender : nil)
    }
  }

  public mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action]) {
    switch input {
    case .begin: begin(into: &actions)
    case .repairWanted: ask(.repairWanted, now: now, into: &actions)
    case .send(let request):
      begin(request, hop: 0, received: now, heldFrom: nil, now: now, into: &actions)
    case .repairDone(let byKeyFrame):
      ask(.repairDone(byKeyFrame: byKeyFrame), now: now, into: &actions)
    case .event(.hop(let hop, let event)):
      self.hop(Int(hop), .event(event), now: now, into: &actions)
      // The application's turn is over once all that was delivered has been routed.
      if case .segmentArrival(let end, _, _) = event {
        self.hop(Int(hop), .read(end: Int(end)), now: now, into: &actions)
      }
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
    case .event(.answerOverdue(let request)):
      answerOverdue(Int(request), now: now, into: &actions)
    case .event(.networkSwitch): switchNetwork(now: now, into: &actions)
    case .event(.load(let hop, let isBurst)):
      loadComes(hop: Int(hop), isBurst: isBurst, now: now, into: &actions)
    case .event(.loadArrival(let hop, let end)):
      loadArrived(hop: Int(hop), end: Int(end), now: now, into: &actions)
    case .event(.userAgentAwake): userAgentAwoke(now: now, into: &actions)
    }
  }

  /// How often the media sender's device has been woken up.
  public var wakeUps: Int { sleeper?.wakeUps ?? 0 }

  /// What is held for messages under way, in items: bounded, and next to none on an idle path.
  var heldCount: Int {
    hops.reduce(0) { $0 + $1.connection.heldCount } + proxies.reduce(0) { $0 + $1.count }
      + clients.reduce(0) { $0 + $1.count } + servers.reduce(0) { $0 + $1.count }
  }

  // MARK: Hops

  mutating func hop(
    _ index: Int, _ input: SignallingHop.Input, now: SimTime, into actions: inout [Action]
  ) {
    var produced = hopBuffers.popLast() ?? []
    hops[index].handle(input, now: now, into: &produced)
    for action in produced {
      switch action {
      case .schedule(let event, let time):
        actions.append(.schedule(.hop(UInt8(index), event), at: time))
      case .delivered(let message, let end):
        if index == 0, end == 0 { lastHeard = now }
        guard !message.isLoad else {
          loadArrived(hop: index, end: end, now: now, into: &actions)
          continue
        }
        note(delivered: message, now: now, into: &actions)
        arrived(message.request, status: message.status, hop: index, now: now, into: &actions)
      case .aborted: loseConnection(hop: index, now: now, into: &actions)
      case .connected, .ready: break
      }
    }
    produced.removeAll(keepingCapacity: true)
    hopBuffers.append(produced)
  }
}
