/// Where a VP8 frame's partitions lie in its octets (RFC 6386 section 9.5); held without allocation.
public struct VP8Partitions: Equatable, Sendable {
  /// Token partitions that a frame may have.
  public static let tokenPartitionCounts = [1, 2, 4, 8]

  public let header: VP8FrameHeader
  /// The header, the first partition and the table of sizes behind it: all that must arrive before
  /// any token partition is of use. RTP sends it as partition 0.
  public let first: Range<Int>
  /// Of these, the table of token partition sizes: 3 octets for each but the last.
  public let sizeTable: Range<Int>
  /// 1, 2, 4 or 8.
  public let tokenPartitionCount: Int
  // The ends of the token partitions, each behind the one before.
  private var ends: (Int, Int, Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0, 0, 0)

  /// Finds the partitions of a whole frame.
  ///
  /// - Parameters:
  ///   - reader: from the frame's first octet to its last; ranges count from there.
  ///   - tokenPartitionCount: 1, 2, 4 or 8 (checked), as the encoder is set; the frame tells it only
  ///     in its entropy-coded part.
  public init(
    of reader: ByteReader, tokenPartitionCount: Int
  ) throws(WireError) {
    precondition(
      Self.tokenPartitionCounts.contains(tokenPartitionCount),
      "VP8 has 1, 2, 4 or 8 token partitions, not \(tokenPartitionCount)")
    var reader = reader
    let start = reader.offset
    self.tokenPartitionCount = tokenPartitionCount
    header = try VP8FrameHeader(parsing: &reader)
    try reader.skip(header.firstPartitionSize, "VP8 first partition")
    let tableStart = reader.offset - start
    var sizes = try reader.slice(3 * (tokenPartitionCount - 1), "VP8 partition sizes")
    sizeTable = tableStart..<reader.offset - start
    first = 0..<reader.offset - start
    for index in 0..<tokenPartitionCount - 1 {
      let bigEndian = try sizes.read24("VP8 partition size")
      try reader.skip(Int(bigEndian.byteSwapped >> 8), "VP8 token partition")
      setEnd(reader.offset - start, of: index)
    }
    // The last takes what is left.
    setEnd(reader.offset - start + reader.remaining, of: tokenPartitionCount - 1)
  }

  /// The partitions of a frame whose encoder told their sizes.
  ///
  /// - Parameters:
  ///   - frame: the whole frame.
  ///   - sizes: of the first partition, header and size table included, then of each token
  ///     partition; 2, 3, 5 or 9 sizes that add up to the frame (checked).
  public init(
    of frame: UnsafeRawBufferPointer, sizes: some RandomAccessCollection<Int>
  ) throws(WireError) {
    tokenPartitionCount = sizes.count - 1
    precondition(
      Self.tokenPartitionCounts.contains(tokenPartitionCount),
      "VP8 has 1, 2, 4 or 8 token partitions, not \(sizes.count - 1)")
    var reader = ByteReader(frame)
    header = try VP8FrameHeader(parsing: &reader)
    first = 0..<sizes.first!
    sizeTable = first.upperBound - 3 * (tokenPartitionCount - 1)..<first.upperBound
    var end = first.upperBound
    for (index, size) in sizes.dropFirst().enumerated() {
      end += size
      setEnd(end, of: index)
    }
    precondition(end == frame.count, "partitions of \(end) octets in a frame of \(frame.count)")
  }

  /// Where partition `index` begins: 0 is the first partition, the token partitions follow;
  /// 0...`tokenPartitionCount` (checked).
  public func start(ofPartition index: Int) -> Int {
    index == 0 ? 0 : tokenPartition(index - 1).lowerBound
  }

  /// The octets of a token partition, 0 ..< `tokenPartitionCount` (checked); may be empty.
  public func tokenPartition(_ index: Int) -> Range<Int> {
    precondition((0..<tokenPartitionCount).contains(index), "no token partition \(index)")
    return (index == 0 ? first.upperBound : end(of: index - 1))..<end(of: index)
  }

  private func end(of index: Int) -> Int {
    withUnsafeBytes(of: ends) { $0.load(fromByteOffset: 8 * index, as: Int.self) }
  }

  private mutating func setEnd(_ end: Int, of index: Int) {
    withUnsafeMutableBytes(of: &ends) {
      $0.storeBytes(of: end, toByteOffset: 8 * index, as: Int.self)
    }
  }

  public static func == (left: VP8Partitions, right: VP8Partitions) -> Bool {
    left.header == right.header && left.first == right.first
      && left.tokenPartitionCount == right.tokenPartitionCount
      && (0..<left.tokenPartitionCount).allSatisfy { left.end(of: $0) == right.end(of: $0) }
  }
}
