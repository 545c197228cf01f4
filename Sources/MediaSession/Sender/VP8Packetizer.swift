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
  private let tokenPartitions: Int

  /// - Parameters:
  ///   - maximumPayload: octets of an RTP payload, descriptor included; 32... (checked).
  ///   - tokenPartitions: 1, 2, 4 or 8, as the encoder is set.
  public init(maximumPayload: Int, tokenPartitions: Int) {
    precondition(maximumPayload >= 32, "a payload holds more than its descriptor")
    self.maximumPayload = maximumPayload
    self.tokenPartitions = tokenPartitions
  }

  /// Appends the frame's pieces in order to `pieces`.
  ///
  /// - Throws: where the octets do not begin as a VP8 frame does.
  public func cut(
    _ frame: UnsafeRawBufferPointer, into pieces: inout [Piece]
  ) throws(WireError) {
    let starts = try partitionStarts(frame)
    let room = maximumPayload - Self.descriptorByteCount
    var offset = 0
    var partition = 0
    while offset < frame.count {
      let end = min(offset + room, frame.count)
      while partition + 1 < starts.count, starts[partition + 1] <= offset { partition += 1 }
      pieces.append(
        Piece(
          range: offset..<end, startsPartition: starts[partition] == offset,
          partitionIndex: UInt8(min(partition, Self.maximumPartitionIndex)),
          isLast: end == frame.count))
      offset = end
    }
  }

  /// Where each partition begins. The table of token partition sizes (RFC 6386 section 9.5) counts
  /// as part of the first partition.
  private func partitionStarts(_ frame: UnsafeRawBufferPointer) throws(WireError) -> InlineStarts {
    var starts = InlineStarts()
    var reader = ByteReader(frame)
    let header = try VP8PayloadHeader(parsing: &reader)
    // RFC 6386 section 9.1: a key frame has a start code and its size before the first partition.
    let table = (header.isKeyFrame ? 10 : 3) + header.firstPartitionSize
    var start = table + 3 * (tokenPartitions - 1)
    guard start <= frame.count else { return starts }
    for index in 0..<tokenPartitions {
      starts.append(start)
      guard index < tokenPartitions - 1 else { break }
      let entry = table + 3 * index
      start += Int(frame[entry]) | Int(frame[entry + 1]) << 8 | Int(frame[entry + 2]) << 16
    }
    return starts
  }
}

/// Up to nine partition starts without an allocation; the first is always 0.
private struct InlineStarts {
  private var storage: (Int, Int, Int, Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0, 0, 0, 0)
  private(set) var count = 1

  mutating func append(_ start: Int) {
    precondition(count < 9, "VP8 has at most eight token partitions")
    let index = count
    withUnsafeMutableBytes(of: &storage) { $0.bindMemory(to: Int.self)[index] = start }
    count += 1
  }

  subscript(index: Int) -> Int {
    withUnsafeBytes(of: storage) { $0.bindMemory(to: Int.self)[index] }
  }
}
