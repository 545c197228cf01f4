import SimulationKernel

/// One direction of a path: a queue, a bottleneck, a lossy channel and a delay, in that order. It tells
/// when, or whether, octets arrive.
public struct Link: Sendable {
  /// What becomes of a packet.
  public enum Outcome: Equatable, Sendable {
    /// Its last bit arrives at this instant.
    case delivered(at: SimTime)
    /// The channel lost it, at the instant its last bit left the bottleneck.
    case lost(at: SimTime)
    /// The queue dropped it at this instant: when it came, or by CoDel at the end of its wait.
    case dropped(at: SimTime)
  }

  private let bottleneck: Bottleneck
  private var channel: LossChannel
  private var outages: ArraySlice<Range<SimTime>>
  private var delay: PathDelay
  /// When a copy of the packet that was sent last arrives; nil where none does.
  public private(set) var copyArrives: SimTime?

  /// - Parameters:
  ///   - settings: a rate above zero, and no negative duration (checked); loss as `LossModel` says.
  ///   - seed: the call's seed.
  ///   - name: the link's role, as "media.forward". Its chance comes from the streams "NAME.loss",
  ///     "NAME.delay" and "NAME.cross".
  ///   - bottleneck: one that is another link's too, in place of the settings'.
  public init(
    _ settings: LinkSettings, seed: UInt64, name: String, sharing bottleneck: Bottleneck? = nil
  ) {
    precondition(settings.oneWayDelay >= .zero, "a propagation delay cannot be negative")
    let settings = settings.startingTraces(seed: seed)
    self.bottleneck = bottleneck ?? Bottleneck(of: settings, seed: seed, name: name)
    channel = LossChannel(settings.loss, key: StreamKey(seed: seed, name: name + ".loss"))
    outages = settings.outages[...]
    delay = PathDelay(
      settings.delay, oneWayDelay: settings.oneWayDelay,
      key: StreamKey(seed: seed, name: name + ".delay"))
  }

  /// Sends a packet, not before any earlier one (checked).
  ///
  /// - Parameters:
  ///   - octets: the packet's size with its IP and UDP or TCP headers.
  ///   - now: the instant at which it comes to the queue.
  ///   - scripted: it is lost whatever the channel does. It still passes the queue and takes its
  ///     place in the channel's order, so that no other packet's fate changes.
  ///   - isSpared: it arrives whatever channel, outages and queue do, as late as they make it. It
  ///     takes its place in the channel's order likewise.
  public mutating func send(
    octets: Int, at now: SimTime, losing scripted: Bool = false, sparing isSpared: Bool = false
  ) -> Outcome {
    copyArrives = nil
    switch bottleneck.enqueue(octets: octets, at: now, sparing: isSpared) {
    case .dropped(let time): return .dropped(at: time)
    case .leaves(let departure):
      let isOut = isOutage(departure)
      let isLost = (channel.loses(at: departure) || scripted || isOut) && !isSpared
      let arrival = delay.arrival(of: departure, isLost: isLost)
      guard !isLost else { return .lost(at: departure) }
      copyArrives = arrival.again
      return .delivered(at: arrival.first)
    }
  }

  private mutating func isOutage(_ time: SimTime) -> Bool {
    while let first = outages.first, first.upperBound <= time { outages.removeFirst() }
    return outages.first?.contains(time) ?? false
  }
}
