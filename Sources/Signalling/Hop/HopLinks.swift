import NetworkModels
import SimulationKernel

/// Both directions of the way between two neighbours of the signalling path.
public struct HopLinks: Hashable, Sendable {
  /// The way of requests.
  public var towardsSender: LinkSettings
  /// The way of responses.
  public var towardsReceiver: LinkSettings

  public init(towardsSender: LinkSettings, towardsReceiver: LinkSettings) {
    self.towardsSender = towardsSender
    self.towardsReceiver = towardsReceiver
  }
}

extension SignallingPath {
  /// Derives the hops from the media path, the receiver's first.
  ///
  /// - On the media's way the hops share its delay evenly (the first takes what does not divide);
  ///   on a detour each has all of it.
  /// - The first and the last hop are the parties' access links: each has half of the media's loss
  ///   rate, its jitter, outages, rate limit and queue; there is none of these between proxies. A change
  ///   of route is taken over by a detour or a single hop alone.
  ///   Where there is one hop it has the whole.
  ///
  /// - Parameters:
  ///   - mediaForward: sender to receiver, the way of responses.
  ///   - mediaReverse: receiver to sender, the way of requests.
  public static func hopLinks(
    _ settings: SignallingSettings, mediaForward: LinkSettings, mediaReverse: LinkSettings
  ) -> [HopLinks] {
    let count = settings.proxies + 1
    return (0..<count).map { hop in
      var links = HopLinks(
        towardsSender: link(mediaReverse, hop: hop, of: count, placement: settings.placement),
        towardsReceiver: link(mediaForward, hop: hop, of: count, placement: settings.placement))
      if let own = settings.hops.count == 1 ? settings.hops[0] : settings.hops.at(hop) {
        links.apply(own)
      }
      return links
    }
  }

  private static func link(
    _ media: LinkSettings, hop: Int, of count: Int, placement: SignallingSettings.Placement
  ) -> LinkSettings {
    var link = media
    if placement == .onPath {
      let share = media.oneWayDelay / Int64(count)
      link.oneWayDelay = hop == 0 ? media.oneWayDelay - share * Int64(count - 1) : share
    }
    // TCP sorts out by itself what comes twice or out of order; the hop's model delivers in order.
    link.delay.duplicates = 0
    link.delay.reorders = false
    if count > 1 {
      if placement == .onPath { link.delay.routeChanges = [] }
      if hop == 0 || hop == count - 1 {
        link.loss = media.loss.scaled(by: 0.5)
      } else {
        link = LinkSettings(oneWayDelay: link.oneWayDelay)
      }
    }
    return link
  }
}

extension HopLinks {
  /// Takes over what a hop has of its own; a round trip splits evenly.
  fileprivate mutating func apply(_ own: SignallingSettings.HopOverride) {
    if let roundTrip = own.roundTrip {
      towardsReceiver.oneWayDelay = SimDuration(nanoseconds: roundTrip.nanoseconds / 2)
      towardsSender.oneWayDelay = roundTrip - towardsReceiver.oneWayDelay
    }
    if let loss = own.loss { (towardsSender.loss, towardsReceiver.loss) = (loss, loss) }
    if let rate = own.rate { (towardsSender.rate, towardsReceiver.rate) = (rate, rate) }
    if let limit = own.queueLimit {
      (towardsSender.queueLimit, towardsReceiver.queueLimit) = (limit, limit)
    }
  }
}

extension Array {
  fileprivate func at(_ index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
