/// How a trace is written. The documentation's page on traces describes each.
public enum TraceFormat: String, CaseIterable, Hashable, Sendable {
  /// A 0 for each packet received, a 1 for each lost.
  case pattern
  /// Counts of packets received and lost in turns.
  case runs
  /// A column of the sequence numbers that were lost.
  case lostSequence = "lost-sequence"
  /// A row for each packet.
  case packets
  /// A row for each change of rate.
  case rate
  /// A line for each opportunity to send 1500 octets.
  case mahimahi

  /// The line that begins it; nil where its lines are numbers alone.
  public var header: String? {
    switch self {
    case .lostSequence: "lost_sequence"
    case .packets: "time_ms,lost,delay_ms,octets"
    case .rate: "time_ms,kbps"
    case .pattern, .runs, .mahimahi: nil
    }
  }

  /// Whether it tells of packets rather than of a rate.
  public var hasPackets: Bool { self != .rate && self != .mahimahi }
}

/// Bounds that keep any file within memory.
public enum TraceLimits {
  /// Packets in a trace: four hours at 100 packets a second.
  public static let packets = 1_500_000
  /// Rows of a rate.
  public static let rateRows = 1_000_000
  /// Opportunities to send 1500 octets.
  public static let opportunities = 4_000_000
  /// Octets of a line; as many packets as may be fit in a line of 0 and 1 with spaces between.
  public static let lineOctets = 4_194_304
  /// The latest time, in milliseconds: some eleven days.
  public static let milliseconds: Int64 = 1_000_000_000
  /// The highest rate: 100 Gbit/s.
  public static let kilobitsPerSecond: Int64 = 100_000_000
}
