import SimulationKernel

/// How the transit times of a trace's packets vary.
public struct DelayStatistics: Hashable, Sendable {
  /// Packets whose delay is known.
  public let packets: Int
  /// Ascending, above the least.
  private let delays: [SimDuration]
  /// RFC 3550 section 6.4.1's estimate, its mean over the packets and its last value.
  public let meanJitter: SimDuration
  public let lastJitter: SimDuration

  /// Nil where no delay is known.
  public init?(_ trace: PacketTrace) {
    var delays = trace.packets.compactMap(\.delay)
    guard !delays.isEmpty else { return nil }
    packets = delays.count
    var jitter = 0.0
    var sum = 0.0
    for (before, now) in zip(delays, delays.dropFirst()) {
      // RFC 3550 section 6.4.1: J(i) = J(i-1) + (|D(i-1,i)| - J(i-1)) / 16.
      jitter += (Double((now - before).nanoseconds.magnitude) - jitter) / 16
      sum += jitter
    }
    lastJitter = SimDuration(nanoseconds: Int64(jitter.rounded()))
    meanJitter = SimDuration(nanoseconds: Int64((sum / Double(max(1, packets - 1))).rounded()))
    delays.sort()
    let least = delays[0]
    for index in delays.indices { delays[index] -= least }
    self.delays = delays
  }

  /// The delay above the least that this share of packets does not exceed (nearest rank).
  ///
  /// - Parameter share: within 0...1.
  public func percentile(_ share: Double) -> SimDuration {
    let rank = Int((share * Double(delays.count)).rounded(.up))
    return delays[min(max(rank - 1, 0), delays.count - 1)]
  }

  public var largest: SimDuration { delays.last! }
}
