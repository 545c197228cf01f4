import WireFormats

/// What a damaged frame lacks, as far as its remaining packets tell (RFC 7741 section 4.2: S and PID
/// say which partition a packet's first octet belongs to, nothing says where it ends).
public struct FrameDamage: Hashable, Sendable {
  /// One place where packets are missing.
  public struct Gap: Hashable, Sendable {
    /// Packets that are missing there; nil in front of or behind everything that arrived.
    public var packets: Int?
    /// The partitions that lack octets or may lack some, 0 the first; PID 7 stands for all above.
    public var partitions: ClosedRange<UInt8>
    /// Octets of the frame from which and up to which it lacks them; nil where that cannot be told.
    public var start: Int?
    public var end: Int?
  }

  /// In the frame's order; empty for a whole frame.
  public private(set) var gaps: [Gap] = []
  /// Octets of the frame that arrived.
  public private(set) var receivedOctets = 0

  /// The partitions that lack octets or may lack some, as a set of bits.
  public var missingPartitions: UInt8 {
    gaps.reduce(0) { set, gap in gap.partitions.reduce(set) { $0 | 1 << $1 } }
  }

  /// - Parameters:
  ///   - packets: of one frame, in the order of their sequence numbers.
  ///   - tokenPartitionCount: 1, 2, 4 or 8 (checked), as the sender codes; the frame tells it in its
  ///     entropy-coded part alone.
  ///   - payload: the VP8 octets of a packet.
  public init(
    packets: [MediaPacket], tokenPartitionCount: Int,
    payload: (MediaPacket) -> UnsafeRawBufferPointer
  ) {
    let lastPartition = UInt8(min(tokenPartitionCount, VP8Packetizer.maximumPartitionIndex))
    guard let first = packets.first, let last = packets.last else {
      gaps = [Gap(packets: nil, partitions: 0...lastPartition, start: 0, end: nil)]
      return
    }
    let starts = PartitionStarts(packets, tokenPartitionCount, payload)
    // The offset of the next octet; nil where the octets before it are not all known.
    var offset: Int? = 0
    var octetsSinceGap = 0
    if !first.startsFrame {
      gaps.append(
        Gap(packets: nil, partitions: 0...Self.last(before: first), start: 0, end: nil))
      offset = nil
    }
    var previous: MediaPacket?
    for packet in packets {
      if let before = previous, packet.sequence != before.sequence + 1 {
        gaps.append(Self.gap(between: before, and: packet, start: offset))
        offset = nil
        octetsSinceGap = 0
      }
      if offset == nil, let place = starts.offset(of: packet) {
        offset = closeGap(at: place - octetsSinceGap) ? place : nil
      }
      offset = offset.map { $0 + packet.payloadCount }
      octetsSinceGap += packet.payloadCount
      receivedOctets += packet.payloadCount
      previous = packet
    }
    if !last.isMarker {
      gaps.append(
        Gap(
          packets: nil, partitions: last.partitionIndex...max(last.partitionIndex, lastPartition),
          start: offset, end: nil))
    }
    for index in gaps.indices { gaps[index].partitions = starts.partitions(of: gaps[index]) }
  }

  private static func gap(
    between before: MediaPacket, and behind: MediaPacket, start: Int?
  ) -> Gap {
    let first = before.partitionIndex
    return Gap(
      packets: Int(behind.sequence - before.sequence - 1),
      partitions: first...max(first, last(before: behind)), start: start, end: nil)
  }

  /// Places the end of the newest gap; false where it would lie before its start, because the table
  /// of sizes is not what the packets say.
  private mutating func closeGap(at end: Int) -> Bool {
    guard let gap = gaps.last, end >= gap.start ?? 0 else { return false }
    gaps[gaps.count - 1].end = end
    return true
  }

  /// The last partition that may lack octets in front of a packet.
  private static func last(before packet: MediaPacket) -> UInt8 {
    packet.startsPartition && packet.partitionIndex > 0
      ? packet.partitionIndex - 1 : packet.partitionIndex
  }
}

/// Where the partitions of a frame begin, where the part of it that tells has arrived.
private struct PartitionStarts {
  /// By partition; empty where the table of sizes is not there.
  private var starts: [Int] = []

  init(
    _ packets: [MediaPacket], _ tokenPartitionCount: Int,
    _ payload: (MediaPacket) -> UnsafeRawBufferPointer
  ) {
    guard packets[0].startsFrame else { return }
    var octets: [UInt8] = []
    var next = packets[0].sequence
    for packet in packets {
      guard packet.sequence == next else { break }
      octets += payload(packet)
      next += 1
    }
    octets.withUnsafeBytes { frame in
      var reader = ByteReader(frame)
      guard let header = try? VP8FrameHeader(parsing: &reader),
        (try? reader.skip(header.firstPartitionSize, "VP8 first partition")) != nil
      else { return }
      var start = reader.offset + 3 * (tokenPartitionCount - 1)
      var starts = [0, start]
      for _ in 1..<tokenPartitionCount {
        guard let size = try? reader.read24("VP8 partition size") else { return }
        start += Int(size.byteSwapped >> 8)
        starts.append(start)
      }
      self.starts = starts
    }
  }

  /// The partitions of a gap: out of those that the packets beside it leave open, those that lie in
  /// its octets, where these and the table of sizes are known.
  func partitions(of gap: FrameDamage.Gap) -> ClosedRange<UInt8> {
    let told = gap.partitions
    let first = gap.start.flatMap(partition(holding:)) ?? told.lowerBound
    let last = gap.end.flatMap { partition(holding: $0 - 1) } ?? told.upperBound
    // A table that contradicts the packets is not believed.
    return first <= last && told.contains(first) && told.contains(last) ? first...last : told
  }

  /// The partition that an octet belongs to; nil where it cannot be told.
  private func partition(holding offset: Int) -> UInt8? {
    starts.lastIndex { $0 <= offset }.map { UInt8(min($0, VP8Packetizer.maximumPartitionIndex)) }
  }

  /// The offset of a packet's first octet; nil where it cannot be told.
  func offset(of packet: MediaPacket) -> Int? {
    // PID 7 is the eighth partition or the ninth.
    let partition = Int(packet.partitionIndex)
    guard packet.startsPartition, partition < starts.count,
      partition < VP8Packetizer.maximumPartitionIndex
    else { return nil }
    return starts[partition]
  }
}
