import WireFormats

/// Cuts a VP8 frame into RTP payloads (RFC 7741 section 4): pieces filled up to the largest payload.
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

  /// Descriptor of every packet: one octet, the extension octet and a PictureID of 15 bits
  /// (RFC 7741 section 4.2).
  public static let descriptorByteCount = 4

  /// PID has three bits (RFC 7741 section 4.2), and a frame up to nine partitions: the last two share
  /// a number.
  static let maximumPartitionIndex = 7

  private let maximumPayload: Int

  /// - Parameter maximumPayload: octets of an RTP payload, descriptor included; 32... (checked).
  public init(maximumPayload: Int) {
    precondition(maximumPayload >= 32, "a payload holds more than its descriptor")
    self.maximumPayload = maximumPayload
  }

  /// Appends the pieces of a frame of `count` octets in order to `pieces`.
  ///
  /// The table of token partition sizes (RFC 6386 section 9.5) counts as part of the first
  /// partition.
  public func cut(_ partitions: VP8Partitions, count: Int, into pieces: inout [Piece]) {
    let room = maximumPayload - Self.descriptorByteCount
    var offset = 0
    var partition = 0
    while offset < count {
      let end = min(offset + room, count)
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
