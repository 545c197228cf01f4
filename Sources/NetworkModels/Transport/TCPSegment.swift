import SimulationKernel

/// A half-open range of octets of a TCP stream.
public struct TCPRange: Hashable, Sendable {
  public var start: Int64
  public var end: Int64

  public init(start: Int64, end: Int64) {
    self.start = start
    self.end = end
  }
}

/// The header of a TCP segment; of its payload only the length exists.
///
/// Sequence numbers are 64 bits wide and begin at 0 with the SYN, so that they never wrap: stream
/// octet n has the number n + 1.
public struct TCPSegment: Hashable, Sendable {
  public struct Flags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let syn = Flags(rawValue: 1)
    public static let ack = Flags(rawValue: 2)
    /// RFC 2883: the receiver had the segment that it acknowledges already.
    public static let duplicate = Flags(rawValue: 4)
    /// The sender knows no such connection.
    public static let reset = Flags(rawValue: 8)
  }

  public var sequence: Int64
  /// Payload octets.
  public var length: Int
  /// The next octet expected; of meaning with `.ack`.
  public var acknowledgement: Int64
  public var flags: Flags
  /// RFC 7323: the sender's clock, and the echo of the other end's; nil before there is one.
  public var timestamp: SimTime
  public var echo: SimTime?
  /// RFC 2018: up to three ranges received beyond `acknowledgement`, the latest first; empty
  /// ranges are unused.
  public var selective: (TCPRange, TCPRange, TCPRange) {
    get { (first, second, third) }
    set { (first, second, third) = newValue }
  }
  private var first = TCPRange(start: 0, end: 0)
  private var second = TCPRange(start: 0, end: 0)
  private var third = TCPRange(start: 0, end: 0)

  public init(
    sequence: Int64, length: Int = 0, acknowledgement: Int64 = 0, flags: Flags,
    timestamp: SimTime, echo: SimTime? = nil
  ) {
    self.sequence = sequence
    self.length = length
    self.acknowledgement = acknowledgement
    self.flags = flags
    self.timestamp = timestamp
    self.echo = echo
  }

  /// The number after the last that the segment occupies; a SYN occupies one.
  public var end: Int64 { sequence + Int64(length) + (flags.contains(.syn) ? 1 : 0) }

  /// Octets on the wire: IPv4 and TCP headers with their options, and the payload.
  public var octetsOnWire: Int {
    // A SYN carries MSS, SACK permitted, timestamps and window scale: 20 octets of options.
    if flags.contains(.syn) { return 60 }
    var blocks = flags.contains(.duplicate) ? 1 : 0
    if first.end > first.start { blocks += 1 }
    if second.end > second.start { blocks += 1 }
    if third.end > third.start { blocks += 1 }
    // Timestamps take 12 octets, selective acknowledgements 4 and 8 a block (at most three fit).
    return length + 52 + (blocks == 0 ? 0 : 4 + 8 * min(blocks, 3))
  }
}
