import SimulationKernel

/// What became of packets in the order in which they were sent.
public struct PacketTrace: Hashable, Sendable {
  /// One packet, in 24 octets, since there may be millions.
  public struct Packet: Hashable, Sendable {
    /// When it was sent.
    public var time: SimTime
    /// -1 where it is not known.
    private var delayNanoseconds: Int64
    /// -1 where it is not known.
    private var octetCount: Int32
    public var isLost: Bool

    /// - Parameters:
    ///   - delay: beyond the fastest transit; nil where it is not known, and for a lost packet
    ///     (checked).
    ///   - octets: nil where they are not known; below 2^31 (checked).
    public init(time: SimTime, isLost: Bool, delay: SimDuration? = nil, octets: Int? = nil) {
      precondition(!isLost || delay == nil, "what is lost has no delay")
      self.time = time
      self.isLost = isLost
      delayNanoseconds = delay?.nanoseconds ?? -1
      octetCount = Int32(octets ?? -1)
    }

    /// What its transit took beyond the fastest one.
    public var delay: SimDuration? {
      delayNanoseconds < 0 ? nil : SimDuration(nanoseconds: delayNanoseconds)
    }
    public var octets: Int? { octetCount < 0 ? nil : Int(octetCount) }
  }

  /// At least one, at times that do not fall, from 0 on.
  public let packets: [Packet]

  /// What separates packets of which only the order is known.
  public static let defaultInterval = SimDuration.milliseconds(10)

  /// - Parameter packets: at least one, at times that do not fall, from 0 on (checked).
  public init(packets: [Packet]) {
    precondition(!packets.isEmpty && packets[0].time >= .zero, "a trace has packets from 0 on")
    precondition(
      zip(packets, packets.dropFirst()).allSatisfy { $0.time <= $1.time },
      "packets stand in the order in which they were sent")
    self.packets = packets
  }

  /// Packets at even intervals.
  ///
  /// - Parameters: at least one packet, and a positive interval (both checked).
  public init(losses: [Bool], interval: SimDuration = defaultInterval) {
    precondition(interval > .zero, "packets are apart")
    self.init(
      packets: losses.enumerated().map { index, isLost in
        Packet(time: .zero + interval * Int64(index), isLost: isLost)
      })
  }

  /// The mean time from a packet to the next one; the default where there is one packet, or all came
  /// at once.
  public var meanInterval: SimDuration {
    let span = packets.last!.time - packets[0].time
    guard packets.count > 1, span.nanoseconds >= Int64(packets.count - 1) else {
      return Self.defaultInterval
    }
    return span / Int64(packets.count - 1)
  }

  /// From 0 to a mean interval behind the last packet: what a repetition takes.
  public var period: SimDuration { packets.last!.time - .zero + meanInterval }

  public var hasDelays: Bool { packets.contains { $0.delay != nil } }
  public var hasOctets: Bool { packets.contains { $0.octets != nil } }
}

/// What a file of measurements or of a model's output tells.
public enum Trace: Hashable, Sendable {
  case packets(PacketTrace)
  case rate(RateTimeline)
}
