import SimulationKernel

/// A first-in-first-out queue before a bottleneck of a constant rate, which drops what would wait
/// too long.
///
/// The queue is held as the instant at which the bottleneck becomes idle: no packet is stored.
public struct DropTailQueue: Sendable {
  /// What the bottleneck sends; nil is infinitely fast, and then nothing ever waits.
  public let rate: Bitrate?
  /// The longest wait before a packet's first bit is sent; whoever would wait longer is dropped.
  public let limit: SimDuration
  /// The most octets that the queue holds, with the packet that comes and what is left of the one that
  /// is being sent; nil where only the wait counts.
  public let octetLimit: Int?
  private var idleFrom = SimTime.zero

  /// - Parameters:
  ///   - rate: positive (checked), or nil for an infinitely fast one.
  ///   - limit: not negative (checked).
  ///   - octetLimit: not negative (checked).
  public init(rate: Bitrate?, limit: SimDuration, octetLimit: Int? = nil) {
    precondition(rate.map { $0.bitsPerSecond > 0 } ?? true, "a link's rate is above zero")
    precondition(limit >= .zero, "a queue's longest wait cannot be negative")
    self.rate = rate
    precondition(octetLimit ?? 0 >= 0, "a queue cannot hold less than nothing")
    self.limit = limit
    self.octetLimit = octetLimit
  }

  /// How long a packet that comes at `now` waits for those before it.
  public func wait(at now: SimTime) -> SimDuration {
    idleFrom > now ? idleFrom - now : .zero
  }

  /// Takes a packet, and tells when its last bit leaves the bottleneck: nil where it is dropped.
  public mutating func enqueue(octets: Int, at now: SimTime) -> SimTime? {
    guard let rate else { return now }
    let wait = wait(at: now)
    if wait > limit { return nil }
    let departure = now + wait + rate.duration(ofOctets: octets)
    if let octetLimit, departure - now > rate.duration(ofOctets: octetLimit) { return nil }
    idleFrom = departure
    return idleFrom
  }
}
