/// What a packet trace shows in figures.
public struct PacketTraceSummary: Sendable, Equatable {
  /// Lost ones included, duplicates not.
  public internal(set) var packets = 0
  public internal(set) var lost = 0
  /// Runs of lost packets.
  public internal(set) var bursts = 0
  public internal(set) var longestBurst = 0
  /// Packets that came after one that was sent later.
  public internal(set) var reordered = 0
  public internal(set) var duplicates = 0
  /// Octets of the IP packets that arrived.
  public internal(set) var octets = 0
  /// From the first packet's sending to the last one's, in nanoseconds.
  public internal(set) var duration: Int64 = 0
  /// RFC 3550 section 6.4.1, in nanoseconds: its mean over the packets, and the highest.
  public internal(set) var meanJitter = 0.0
  public internal(set) var highestJitter = 0.0
  /// Above the fastest transit, in nanoseconds.
  public internal(set) var meanDelay = 0.0
  public internal(set) var longestDelay: Int64 = 0

  public var lossShare: Double { packets > 0 ? Double(lost) / Double(packets) : 0 }
  public var meanBurst: Double { bursts > 0 ? Double(lost) / Double(bursts) : 0 }
  /// Of what arrived, in bits per second.
  public var bitrate: Double { duration > 0 ? Double(octets) * 8e9 / Double(duration) : 0 }
}

/// The interarrival jitter of RFC 3550 section 6.4.1.
struct InterarrivalJitter {
  private var previous: (transit: Int64, segment: Int)?
  private var jitter = 0.0
  private var sum = 0.0
  private var count = 0
  private(set) var highest = 0.0

  var mean: Double { count > 0 ? sum / Double(count) : 0 }

  /// - Parameter segment: transits of different ones are not compared.
  mutating func add(transit: Int64, segment: Int) {
    defer { previous = (transit, segment) }
    guard let previous, previous.segment == segment else { return }
    jitter += (Double(abs(transit - previous.transit)) - jitter) / 16
    sum += jitter
    count += 1
    highest = max(highest, jitter)
  }
}
