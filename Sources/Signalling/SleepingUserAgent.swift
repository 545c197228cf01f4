import SimulationKernel

/// How a mobile device that takes the INFO sleeps between signalling, and what wakes it.
public struct MobileSettings: Hashable, Sendable {
  /// Mean time from a proxy's push request until the device has its connection again and takes the
  /// INFO (RFC 8599 section 6); at least zero. Exponentially distributed: a push service is quick
  /// mostly, and slow where the radio has been long asleep.
  public var wakeUp: SimDuration
  /// Without signalling it falls asleep after so long.
  public var awake: SimDuration
  /// Interval of CRLF keep-alives (RFC 5626 section 3.5.1), which keep its connection, so that it can
  /// be reached at any time; at most `binding`. nil where it sends none.
  public var keepAlive: SimDuration?
  /// How long a NAT, or the operator's firewall, keeps an idle connection. RFC 5626 section 4.4.1 has
  /// keep-alives over TCP each 95 to 120 s.
  public var binding: SimDuration

  public init(
    wakeUp: SimDuration = .seconds(2), awake: SimDuration = .seconds(10),
    keepAlive: SimDuration? = nil, binding: SimDuration = .seconds(120)
  ) {
    self.wakeUp = wakeUp
    self.awake = awake
    self.keepAlive = keepAlive
    self.binding = binding
  }
}

/// The media sender's user agent on a device that sleeps, as the last proxy knows it.
struct SleepingUserAgent: Sendable {
  /// A request as the proxy holds it.
  struct Held: Sendable {
    let item: ProxyQueue.Item
    let from: SimTime
  }

  private let settings: MobileSettings
  /// How long a wake-up takes, drawn by its number.
  private let chance: StreamKey
  private var asleepFrom: SimTime
  /// What waits for the device to wake up; not empty while it does.
  private(set) var held: [Held] = []
  /// How often it has been woken up.
  private(set) var wakeUps = 0

  /// The call has just been set up: the device is awake.
  ///
  /// - Parameter settings: keep-alives, where there are any, come in time (checked).
  init(_ settings: MobileSettings, seed: UInt64) {
    precondition(
      settings.keepAlive.map { $0 <= settings.binding } ?? true,
      "a connection is gone before the next keep-alive comes")
    self.settings = settings
    chance = StreamKey(seed: seed, name: "sip.wake-up")
    asleepFrom = .zero + settings.awake
  }

  /// Whether a request can go to it at once.
  func isAwake(at now: SimTime) -> Bool {
    settings.keepAlive != nil || (held.isEmpty && now < asleepFrom)
  }

  /// Holds a request; returns when the device will have woken up, where nothing has woken it yet.
  mutating func hold(_ item: ProxyQueue.Item, now: SimTime) -> SimTime? {
    held.append(Held(item: item, from: now))
    guard held.count == 1 else { return nil }
    var stream = RandomStream(chance, slot: Int64(wakeUps), index: 0)
    wakeUps += 1
    return now + stream.nextExponential(mean: settings.wakeUp)
  }

  /// It has woken up: what was held for it.
  mutating func wake(now: SimTime) -> [Held] {
    defer { held.removeAll(keepingCapacity: true) }
    asleepFrom = now + settings.awake
    return held
  }

  /// Signalling has come or gone, which keeps it awake for a while.
  mutating func noteSignalling(now: SimTime) {
    if isAwake(at: now) { asleepFrom = max(asleepFrom, now + settings.awake) }
  }
}
