import WireFormats

/// Cuts a VP8 frame into RTP payloads (RFC 7741 section 4).
public struct VP8Packetizer: Sendable {
  /// One packet's part of the frame.
  public struct Piece: Equatable, Sendable {
    /// Octets of the frame.
    public var range: Range<Int>
    /// S: the piece begins a VP8 partition.
    public var startsPartition: Bool
    /// PID: the partition of the piece's first octet.
    public var partitionIndex: UInt8
    /// The frame's last piece, whose packet has the marker.
    public var isLast: Bool
  }

  /// PID has three bits (RFC 7741 section 4.2), and a frame up to nine partitions: the last two share
  /// a number.
  static let maximumPartitionIndex = 7

  private let mode: VP8Packetization
  /// Octets of the frame that fit into a packet.
  private let room: Int

  /// - Parameters:
  ///   - mode: where frames are cut.
  ///   - maximumPayload: octets of an RTP payload, descriptor included.
  ///   - descriptorByteCount: octets of the descriptor of every packet; leaves at least 24 of
  ///     `maximumPayload` (checked).
  public init(mode: VP8Packetization = .fill, maximumPayload: Int, descriptorByteCount: Int) {
    precondition(maximumPayload >= descriptorByteCount + 24, "a payload holds more than headers")
    self.mode = mode
    room = maximumPayload - descriptorByteCount
  }

  /// Appends the pieces of a frame of `count` octets in order to `pieces`.
  ///
  /// The table of token partition sizes (RFC 6386 section 9.5) counts as part of the first
  /// partition.
  public func cut(_ partitions: VP8Partitions, count: Int, into pieces: inout [Piece]) {
    switch mode {
    case .fill: append(0..<count, of: partitions, size: room, count: count, into: &pieces)
    case .balanced:
      let packets = max(1, (count + room - 1) / room)
      append(
        0..<count, of: partitions, size: (count + packets - 1) / packets, count: count,
        into: &pieces)
    case .partitions:
      for index in 0...partitions.tokenPartitionCount {
        let start = partitions.start(ofPartition: index)
        let end =
          index < partitions.tokenPartitionCount ? partitions.start(ofPartition: index + 1) : count
        append(start..<end, of: partitions, size: room, count: count, into: &pieces)
      }
    }
  }

  /// Cuts a part of the frame into pieces of one size; the last may be smaller.
  private func append(
    _ part: Range<Int>, of partitions: VP8Partitions, size: Int, count: Int,
    into pieces: inout [Piece]
  ) {
    var offset = part.lowerBound
    var partition = 0
    while offset < part.upperBound {
      let end = min(offset + size, part.upperBound)
      while partition < partitions.tokenPartitionCount,
        partitions.start(ofPartition: partition + 1) <= offset
      {
        partition += 1
      }
      pieces.append(
        Piece(
          range: offset..<end, startsPartition: partitions.start(ofPartition: partition) == offset,
          partitionIndex: UInt8(min(partition, Self.maximumPartitionIndex)),
          isLast: end == count))
      offset = end
    }
  }
}

/// Where a VP8 frame is cut into RTP packets (RFC 7741 section 4.4 leaves it to the sender).
public enum VP8Packetization: String, CaseIterable, Sendable {
  /// Packets are filled up to the largest payload.
  case fill
  /// Each partition begins a new packet, so that a loss hits as few partitions as it can.
  case partitions
  /// As many packets as `fill` makes, of equal size.
  case balanced
}
