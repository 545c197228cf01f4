import NetworkModels
import Signalling
import SimulationKernel

/// Messages over a signalling path by itself, without a call: how long each takes to arrive.
public struct SignallingSampleSettings: Sendable {
  /// The hops' links, the near end's first; at least one.
  public var hops = [HopLinks(towardsSender: LinkSettings(), towardsReceiver: LinkSettings())]
  public var transport = SignallingSettings.Transport.tls13
  /// What TLS's handshakes are made of; nil without TLS.
  public var tls: TLSProfile? = .tls13
  public var tcp = TCPProfile.linux
  /// Every message opens the connections anew, and its delay counts from the start of connecting.
  public var isCold = false
  /// Between two messages of a connection, uniformly drawn.
  public var spacing = SimDuration.seconds(2)...SimDuration.seconds(3)
  public var connections = 10
  /// On each connection.
  public var messages = 300
  /// Of each message.
  public var octets = 600
  /// Octets of other signalling that are written just before each message; 0 for none.
  public var burstOctets = 0
  /// Over UDP: the share of fragments that routers drop on the first and the last hop, 0...1.
  public var fragmentLoss = 0.0
  /// Octets of the far end's answer; nil for none. Over UDP there is always one.
  public var answerOctets: Int?
  /// What the hosts at the ends of a hop take for a message themselves.
  public var hostDelay = HostDelay()
  public var script: [ScriptedSegmentLoss] = []
  public var seed: UInt64 = 1

  public init() {}

  /// The requests that go over UDP: INFOs of as many octets as the messages are to have, or of what
  /// an INFO has at the least.
  public var requests: SignallingSettings {
    var requests = SignallingSettings()
    requests.transport = .udp
    requests.proxies = hops.count - 1
    requests.proxyProcessing = .zero
    requests.fragmentLoss = fragmentLoss
    let missing = octets - requests.requestOctets
    if missing > 0 { requests.extraOctets = max(missing, SignallingSettings.leastExtraOctets) }
    return requests
  }
}

/// What two hosts take for a message beside all that is modelled, from the write to the wire and from
/// the wire to the reader: a constant, and a wait for the processor of exponential length.
public struct HostDelay: Hashable, Sendable {
  public var least = SimDuration.zero
  public var meanWait = SimDuration.zero

  public init(least: SimDuration = .zero, meanWait: SimDuration = .zero) {
    self.least = least
    self.meanWait = meanWait
  }

  /// The delay of so many hops.
  func draw(hops: Int, _ stream: inout RandomStream) -> SimDuration {
    guard meanWait > .zero else { return least * Int64(hops) }
    return (0..<hops).reduce(SimDuration.zero) { sum, _ in
      sum + least + stream.nextExponential(mean: meanWait)
    }
  }
}

/// What became of one message.
public struct SampledMessage: Hashable, Sendable {
  /// From 0.
  public var connection: Int
  /// Within its connection, from 0.
  public var message: Int
  /// Since the connection's first message.
  public var sent: SimDuration
  /// Until it was complete at the far end; nil where it never was.
  public var delay: SimDuration?
  /// Where it opened the connections: until the first hop's TCP was up, and until TLS was; the latter
  /// the same without TLS. nil where they never were, or were up already.
  public var connected: SimDuration?
  public var ready: SimDuration?
}

/// Sends the messages, one connection after the other.
///
/// - Parameter finished: called for each connection with its messages in the order of sending.
public func sampleSignalling(
  _ settings: SignallingSampleSettings, finished: (ArraySlice<SampledMessage>) throws -> Void
) rethrows {
  var sampler = SignallingSampler(settings)
  for connection in 0..<settings.connections {
    try finished(sampler.sample(connection: connection))
  }
}

/// The event loop of a sample.
struct SignallingSampler: ~Copyable {
  private enum Event {
    case write(message: Int)
    case line(hop: UInt8, HopEvent)
    case path(SignallingEvent)
  }

  /// Messages that bring a connection to the state of one that has long been used, and their
  /// distance.
  private static let settling = 16
  private static let settlingDistance = SimDuration.seconds(2)
  /// The number of other signalling's messages.
  private static let other = -1

  private let settings: SignallingSampleSettings
  private var queue = EventQueue<Event>()
  private var actions: [SignallingLine.Action] = []
  private var sample: [SampledMessage] = []
  /// The message that opens the connections.
  private var opening = 0
  private var hostChance: RandomStream
  /// The hosts' part in the first hop's hand-shake, which ended last.
  private var hostsInHandshake = SimDuration.zero

  init(_ settings: SignallingSampleSettings) {
    self.settings = settings
    hostChance = RandomStream(seed: settings.seed, name: "signalling.host")
    sample.reserveCapacity(settings.messages)
  }

  mutating func sample(connection: Int) -> ArraySlice<SampledMessage> {
    sample.removeAll(keepingCapacity: true)
    var stream = RandomStream(seed: settings.seed, name: "signalling.spacing.\(connection)")
    var sent = SimDuration.zero
    for message in 0..<settings.messages {
      sample.append(
        SampledMessage(connection: connection, message: message, sent: sent, delay: nil))
      let spread = settings.spacing.upperBound - settings.spacing.lowerBound
      sent =
        sent + settings.spacing.lowerBound
        + SimDuration(nanoseconds: Int64(stream.next(below: UInt64(spread.nanoseconds) + 1)))
    }
    if settings.transport == .udp {
      sendDatagrams(connection)
    } else if settings.isCold {
      for message in 0..<settings.messages { openAndSend(message, connection: connection) }
    } else {
      sendOnOne(connection)
    }
    return sample[...]
  }

  private func line(_ name: String) -> SignallingLine {
    SignallingLine(
      links: settings.hops, transport: settings.transport, tcp: settings.tcp,
      tls: settings.tls, answerOctets: settings.answerOctets,
      seed: StreamKey(seed: settings.seed, name: name).value, script: settings.script)
  }

  // MARK: Cold

  private mutating func openAndSend(_ message: Int, connection: Int) {
    var line = line("signalling.connection\(connection).\(message)")
    queue = EventQueue()
    queue.schedule(.write(message: message), at: .zero)
    opening = message
    run(&line, from: .zero)
  }

  // MARK: Warm

  private mutating func sendOnOne(_ connection: Int) {
    var line = line("signalling.connection\(connection)")
    queue = EventQueue()
    line.isLossy = false
    var start = SimTime.zero
    for message in 0..<Self.settling {
      queue.schedule(.write(message: -2 - message), at: start)
      // Each once all that the one before it set going has come to rest.
      start = max(run(&line, from: .zero), start) + Self.settlingDistance
    }
    // The last thing to happen was a timer's: no first message is to stand in a fixed relation to the
    // hosts' clocks.
    var chance = RandomStream(seed: settings.seed, name: "signalling.start.\(connection)")
    start += SimDuration(nanoseconds: Int64(chance.next(below: 1_000_000_000)))
    line.isLossy = true
    for message in 0..<settings.messages {
      queue.schedule(.write(message: message), at: start + sample[message].sent)
    }
    run(&line, from: start)
  }

  // MARK: UDP

  /// Over UDP SIP's transactions send again what is not answered, at every element.
  private mutating func sendDatagrams(_ connection: Int) {
    var path = SignallingPath(
      settings: settings.requests, hops: settings.hops,
      seed: StreamKey(seed: settings.seed, name: "signalling.connection\(connection)").value,
      script: settings.script)
    queue = EventQueue()
    for message in sample {
      queue.schedule(.write(message: message.message), at: .zero + message.sent)
    }
    var actions: [SignallingPath.Action] = []
    while let (now, event) = queue.popNext() {
      switch event {
      case .write(let message): path.handle(.send(request: message), now: now, into: &actions)
      case .path(let event): path.handle(.event(event), now: now, into: &actions)
      case .line: preconditionFailure("datagrams travel on no line")
      }
      for action in actions {
        switch action {
        case .schedule(let event, let time): queue.schedule(.path(event), at: time)
        case .requestReceived(let request):
          sample[request].delay = now - (.zero + sample[request].sent) + hostDelay()
        case .requestSent, .requestRefused, .requestLost, .requestFinished, .hopDelivered: break
        }
      }
      actions.removeAll(keepingCapacity: true)
    }
  }

  // MARK: The loop

  /// Runs until nothing is left to happen.
  ///
  /// - Parameter start: when the first message would be sent.
  /// - Returns: when the last thing happened.
  @discardableResult
  private mutating func run(_ line: inout SignallingLine, from start: SimTime) -> SimTime {
    var latest = start
    while let (now, event) = queue.popNext() {
      switch event {
      case .write(let message):
        if settings.burstOctets > 0, message >= 0 {
          line.handle(
            .write(message: Self.other, octets: settings.burstOctets), now: now, into: &actions)
        }
        line.handle(
          .write(message: message, octets: settings.octets), now: now, into: &actions)
      case .line(let hop, let event):
        line.handle(.event(hop: hop, event), now: now, into: &actions)
      case .path: preconditionFailure("a line has no transactions")
      }
      take(now: now, start: start)
      latest = now
    }
    return latest
  }

  private mutating func hostDelay() -> SimDuration {
    settings.hostDelay.draw(hops: settings.hops.count, &hostChance)
  }

  private mutating func take(now: SimTime, start: SimTime) {
    for action in actions {
      switch action {
      case .schedule(let hop, let event, let time):
        queue.schedule(.line(hop: hop, event), at: time)
      case .delivered(let message):
        guard message >= 0 else { continue }
        let sent = settings.isCold ? start : start + sample[message].sent
        sample[message].delay =
          now - sent + (settings.isCold ? hostsInHandshake : .zero) + hostDelay()
      case .connected:
        // Both hosts' part in the SYN and in its answer.
        hostsInHandshake = settings.hostDelay.draw(hops: 2, &hostChance)
        if settings.isCold { sample[opening].connected = now - start + hostsInHandshake }
      case .ready: if settings.isCold { sample[opening].ready = now - start + hostsInHandshake }
      case .answered: break
      }
    }
    actions.removeAll(keepingCapacity: true)
  }
}
