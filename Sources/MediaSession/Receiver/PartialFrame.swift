import WireFormats

/// An incomplete frame, rebuilt so that a VP8 decoder accepts it: what is lost of its token partitions
/// is zero, and the table of their sizes stays as it was sent (RFC 6386 section 9.5).
///
/// That needs the first partition with the table, in which everything but the coefficients is coded.
/// A packet has its place behind an unbroken row from the frame's first packet, or in a row in which
/// another begins a partition that it names (RFC 7741 section 4.2); what has none is left out.
public struct PartialFrame: Sendable {
  /// Token partitions that lack octets, as a set of bits, 0 the first token partition; may be empty.
  public private(set) var damagedPartitions: UInt8 = 0
  /// Octets of the rebuilt frame. Of a last partition whose end is lost the length is unknown: it
  /// has what arrived of it, or a single zero.
  public private(set) var octetCount: Int
  private let tokenPartitionCount: Int
  /// Where packets belong, in order and without overlap.
  private var places: [(packet: MediaPacket, offset: Int)] = []

  /// - Parameters:
  ///   - packets: of one frame, in the order of their sequence numbers.
  ///   - tokenPartitionCount: 1, 2, 4 or 8 (checked), as the sender codes.
  ///   - payload: the VP8 octets of a packet.
  /// - Returns: nil where the first partition or the table lacks octets or makes no sense.
  public init?(
    packets: [MediaPacket], tokenPartitionCount: Int,
    payload: (MediaPacket) -> UnsafeRawBufferPointer
  ) {
    precondition(
      VP8Partitions.tokenPartitionCounts.contains(tokenPartitionCount),
      "VP8 has 1, 2, 4 or 8 token partitions, not \(tokenPartitionCount)")
    self.tokenPartitionCount = tokenPartitionCount
    guard let starts = TokenPartitionStarts(packets, tokenPartitionCount, payload) else {
      return nil
    }
    let lastStart = starts.offsets[tokenPartitionCount - 1]
    octetCount = lastStart + 1
    let end = place(packets, starts)
    octetCount = max(octetCount, placedEnd)
    // The end of what is placed is the frame's where its last packet is.
    if let end, end > lastStart { octetCount = end }
    for index in 0..<tokenPartitionCount {
      let isLast = index == tokenPartitionCount - 1
      let range = starts.offsets[index]..<(isLast ? octetCount : starts.offsets[index + 1])
      if isLast && end == nil || !hasArrived(range) { damagedPartitions |= 1 << UInt8(index) }
    }
  }

  /// Writes the frame; `storage` has `octetCount` octets at least (checked).
  public func write(
    into storage: UnsafeMutableRawBufferPointer,
    payload: (MediaPacket) -> UnsafeRawBufferPointer
  ) {
    precondition(storage.count >= octetCount, "\(octetCount) octets into \(storage.count)")
    storage.initializeMemory(as: UInt8.self, repeating: 0)
    for (packet, offset) in places {
      UnsafeMutableRawBufferPointer(rebasing: storage[offset...]).copyMemory(from: payload(packet))
    }
  }

  // MARK: Places

  private var placedEnd: Int { places.last.map { $0.offset + $0.packet.payloadCount } ?? 0 }

  /// Places the packets, row by row; returns the frame's end where its last packet has a place.
  private mutating func place(
    _ packets: [MediaPacket], _ starts: TokenPartitionStarts
  ) -> Int? {
    var rest = packets[...]
    var end: Int?
    while !rest.isEmpty {
      let row = Self.unbrokenPrefix(of: rest)
      rest = rest[row.endIndex...]
      // A row that would overlap the one before contradicts the table: it is not believed.
      guard let start = starts.offset(ofRow: row), start >= placedEnd else { continue }
      var offset = start
      for packet in row {
        places.append((packet, offset))
        offset += packet.payloadCount
      }
      if row.last?.isMarker == true { end = offset }
    }
    return end
  }

  private static func unbrokenPrefix(of packets: ArraySlice<MediaPacket>) -> ArraySlice<MediaPacket>
  {
    let first = packets[packets.startIndex]
    let end = packets.indices.first { index in
      packets[index].sequence != first.sequence + Int64(index - packets.startIndex)
    }
    return packets[..<(end ?? packets.endIndex)]
  }

  private func hasArrived(_ range: Range<Int>) -> Bool {
    var next = range.lowerBound
    for (packet, offset) in places where offset <= next {
      next = max(next, offset + packet.payloadCount)
    }
    return next >= range.upperBound
  }
}

extension PartialFrame {
  /// The macroblocks in doubt when this frame is decoded, from the first one that lacks coefficients
  /// to the picture's end; nil where nothing is damaged.
  ///
  /// Macroblock row r has its coefficients in token partition r mod n (RFC 6386 section 9.5). Where
  /// in its partition the damage begins is not told, since entropy-coded octets name no macroblock:
  /// the partition's first row is taken. Rows below are predicted from rows above, and the loop
  /// filter mixes them: all of them are in doubt, whichever partition they are in.
  ///
  /// - Parameter dimensions: of the picture in macroblocks.
  public func damagedMacroblocks(_ dimensions: MacroblockDimensions) -> MacroblockRun? {
    let row = damagedPartitions.trailingZeroBitCount
    // A small picture has no row in the partitions behind its last one.
    guard row < min(tokenPartitionCount, dimensions.rows) else { return nil }
    return MacroblockRun(
      first: row * dimensions.columns,
      count: (dimensions.rows - row) * dimensions.columns)
  }
}

/// A picture's size in macroblocks of 16x16 samples.
public struct MacroblockDimensions: Hashable, Sendable {
  public var columns: Int
  public var rows: Int

  /// - Parameters:
  ///   - width: in samples, as `height`.
  public init(width: Int, height: Int) {
    columns = (width + 15) / 16
    rows = (height + 15) / 16
  }

  public var count: Int { columns * rows }
}

/// Macroblocks in scan order.
public struct MacroblockRun: Hashable, Sendable {
  public var first: Int
  public var count: Int

  public init(first: Int, count: Int) {
    self.first = first
    self.count = count
  }
}

/// Where the token partitions of a frame begin.
private struct TokenPartitionStarts {
  var offsets: [Int]

  /// nil where the first partition and the table behind it are not all there.
  init?(
    _ packets: [MediaPacket], _ tokenPartitionCount: Int,
    _ payload: (MediaPacket) -> UnsafeRawBufferPointer
  ) {
    guard let first = packets.first, first.startsFrame else { return nil }
    var octets: [UInt8] = []
    for (index, packet) in packets.enumerated() {
      guard packet.sequence == first.sequence + Int64(index) else { break }
      octets += payload(packet)
    }
    let found: [Int]? = octets.withUnsafeBytes { frame in
      var reader = ByteReader(frame)
      guard let header = try? VP8FrameHeader(parsing: &reader),
        (try? reader.skip(header.firstPartitionSize, "VP8 first partition")) != nil,
        var table = try? reader.slice(3 * (tokenPartitionCount - 1), "VP8 partition sizes")
      else { return nil }
      var offsets = [reader.offset]
      while let size = try? table.read24("VP8 partition size") {
        offsets.append(offsets.last! + Int(size.byteSwapped >> 8))
      }
      return offsets
    }
    guard let found else { return nil }
    offsets = found
  }

  /// The offset of an unbroken row of packets; nil where it cannot be told.
  func offset(ofRow row: ArraySlice<MediaPacket>) -> Int? {
    if row.first?.startsFrame == true { return 0 }
    var before = 0
    for packet in row {
      if packet.startsPartition, let index = tokenPartition(begunBy: packet, in: row) {
        return offsets[index] - before
      }
      before += packet.payloadCount
    }
    return nil
  }

  private func tokenPartition(begunBy packet: MediaPacket, in row: ArraySlice<MediaPacket>) -> Int?
  {
    let index = Int(packet.partitionIndex) - 1
    guard offsets.indices.contains(index) else { return nil }
    // With eight token partitions PID 7 is the last one or the one before: that only where the row
    // has two beginnings of this name.
    guard offsets.count == 8, packet.partitionIndex == VP8Packetizer.maximumPartitionIndex else {
      return index
    }
    let namesakes = row.count {
      $0.startsPartition && $0.partitionIndex == packet.partitionIndex
    }
    return namesakes == 2 ? index : nil
  }
}
