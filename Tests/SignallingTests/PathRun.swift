import NetworkModels
import Signalling
import SimulationKernel

/// A signalling path with its event queue, and what it did.
struct PathRun: ~Copyable {
  var path: SignallingPath
  var queue = EventQueue<SignallingPath.Input>()
  var sent: [Double] = []
  var received: [Double] = []
  var refused: [(request: Int, status: Int, time: Double)] = []
  var finished: [(request: Int, status: Int, time: Double)] = []
  var lost: [Int] = []
  var hops: [SignallingHopRecord] = []
  /// Popped, but later than the run was to go.
  private var held: (time: SimTime, event: SignallingPath.Input)?
  private var actions: [SignallingPath.Action] = []

  /// Hops of 25 ms each way unless told otherwise.
  init(
    _ settings: SignallingSettings, link: LinkSettings = LinkSettings(), seed: UInt64 = 1,
    tcp: TCPProfile = .exact, script: [ScriptedSegmentLoss] = []
  ) {
    let hop = HopLinks(towardsSender: link, towardsReceiver: link)
    var settings = settings
    settings.tcp = tcp
    path = SignallingPath(
      settings: settings, hops: Array(repeating: hop, count: settings.proxies + 1), seed: seed,
      script: script)
  }

  mutating func at(_ milliseconds: Int64, _ input: SignallingPath.Input) {
    queue.schedule(input, at: .zero + .milliseconds(milliseconds))
  }

  /// Asks once, at this instant.
  mutating func ask(at milliseconds: Int64) {
    at(milliseconds, .repairWanted)
    at(milliseconds, .repairDone(byKeyFrame: true))
  }

  mutating func run(until limit: SimDuration = .seconds(100_000)) {
    while let (now, input) = held ?? queue.popNext() {
      held = nil
      if now > .zero + limit {
        held = (now, input)
        return
      }
      path.handle(input, now: now, into: &actions)
      for action in actions {
        switch action {
        case .schedule(let event, let time): queue.schedule(.event(event), at: time)
        case .requestSent: sent.append(now.inMilliseconds)
        case .requestReceived: received.append(now.inMilliseconds)
        case .requestRefused(let request, let status):
          refused.append((request, status, now.inMilliseconds))
        case .requestLost(let request): lost.append(request)
        case .requestFinished(let request, let status):
          finished.append((request, status, now.inMilliseconds))
        case .hopDelivered(let record): hops.append(record)
        }
      }
      actions.removeAll(keepingCapacity: true)
    }
  }
}

extension SignallingSettings {
  static func test(
    _ transport: Transport, proxies: Int = 0, connection: SignallingSettings.Connection = .warm
  ) -> SignallingSettings {
    var settings = SignallingSettings()
    settings.transport = transport
    settings.proxies = proxies
    settings.connection = connection
    return settings
  }
}

extension TCPProfile {
  /// Linux with timers that fire when they are due.
  static let exact: TCPProfile = {
    var profile = TCPProfile.linux
    profile.usesTimerWheel = false
    return profile
  }()
}
