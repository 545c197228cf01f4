import SimulationKernel
import Testing
import WireFormats

@testable import MediaSession

/// A frame of a first partition of 90 octets (with its header, and a table for 4 token partitions
/// of 9) and token partitions of 100, 50, 70 and 40 octets.
@Suite("Frame damage")
struct FrameDamageTests {
  private static let frame: [UInt8] = {
    var octets = [UInt8](repeating: 0, count: 99 + 260)
    let tag = UInt32(87) << 5 | 1 << 4 | 1  // an interframe's 3 octets, then 87
    octets[0] = UInt8(tag & 0xFF)
    octets[1] = UInt8(tag >> 8 & 0xFF)
    octets[2] = UInt8(tag >> 16)
    for (index, size) in [100, 50, 70].enumerated() { octets[90 + 3 * index] = UInt8(size) }
    return octets
  }()

  /// Its packets, each partition beginning a new one, at most 60 octets each: two of partition 0,
  /// two of 1, one of 2, two of 3, one of 4.
  private static let packets: [MediaPacket] = {
    var pieces: [VP8Packetizer.Piece] = []
    frame.withUnsafeBytes {
      let partitions = try! VP8Partitions(of: ByteReader($0), tokenPartitionCount: 4)
      VP8Packetizer(mode: .partitions, maximumPayload: 64, descriptorByteCount: 4)
        .cut(partitions, count: frame.count, into: &pieces)
    }
    var pool = PacketPool()
    return pieces.enumerated().map { index, piece in
      MediaPacket(
        sequence: 10 + Int64(index), picture: 1, timestamp: 0, isMarker: piece.isLast,
        startsPartition: piece.startsPartition, partitionIndex: piece.partitionIndex,
        slot: pool.allocate(), payloadOffset: piece.range.lowerBound,
        payloadCount: piece.range.count)
    }
  }()

  private func damage(
    without lost: Set<Int>, of frame: [UInt8] = FrameDamageTests.frame
  ) -> FrameDamage {
    let left = Self.packets.indices.filter { !lost.contains($0) }.map { Self.packets[$0] }
    return frame.withUnsafeBytes { octets in
      FrameDamage(packets: left, tokenPartitionCount: 4) { packet in
        UnsafeRawBufferPointer(
          rebasing: octets[packet.payloadOffset..<packet.payloadOffset + packet.payloadCount])
      }
    }
  }

  @Test("a whole frame lacks nothing")
  func whole() {
    let damage = damage(without: [])
    #expect(damage.gaps.isEmpty && damage.missingPartitions == 0)
    #expect(damage.receivedOctets == Self.frame.count)
    #expect(Self.packets.count == 8)
  }

  @Test("a lost partition is known to the octet where the table of sizes is there")
  func wholePartition() {
    // Packet 4 is token partition 2 whole: octets 199 to 248.
    let damage = damage(without: [4])
    #expect(damage.gaps == [.init(packets: 1, partitions: 2...2, start: 199, end: 249)])
    #expect(damage.receivedOctets == Self.frame.count - 50)
  }

  @Test("a loss inside a partition has no known end before the next partition begins")
  func insidePartition() {
    // Packet 3 is the second part of partition 1: octets 159 to 198.
    #expect(
      damage(without: [3]).gaps == [.init(packets: 1, partitions: 1...1, start: 159, end: 199)])
    // Packets 5 and 6 are partition 3.
    #expect(
      damage(without: [5, 6]).gaps == [.init(packets: 2, partitions: 3...3, start: 249, end: 319)])
  }

  @Test("the partition before a hole is whole where the table of sizes says so, and only there")
  func wholeBefore() {
    // Packet 7 is partition 4 whole.
    #expect(damage(without: [7]).gaps.map(\.partitions) == [4...4])
    #expect(damage(without: [4, 5]).gaps.map(\.partitions) == [2...3])
    // Packet 1 holds the table: nobody knows whether packet 3 was partition 1's last.
    #expect(damage(without: [1, 4]).gaps.map(\.partitions) == [0...0, 1...2])
  }

  @Test("a hole's end is found from a later packet that begins a partition")
  func placedLater() {
    // Packets 2 and 5 begin partitions 1 and 3; what is behind them does not.
    #expect(
      damage(without: [2]).gaps == [.init(packets: 1, partitions: 1...1, start: 99, end: 159)])
    #expect(
      damage(without: [5]).gaps == [.init(packets: 1, partitions: 3...3, start: 249, end: 309)])
  }

  @Test("a wrong table of sizes names no other partitions than the packets do")
  func contradiction() {
    var octets = Self.frame
    // Partition 1 would reach beyond the frame, or be empty: the hole would end before its start.
    for (size, gaps) in [
      (255, [FrameDamage.Gap(packets: 1, partitions: 1...2, start: 199, end: 404)]),
      (0, [FrameDamage.Gap(packets: 1, partitions: 1...2, start: 199, end: nil)]),
    ] {
      octets[90] = UInt8(size)
      #expect(damage(without: [4], of: octets).gaps == gaps)
    }
  }

  @Test("without the frame's beginning no offset is known")
  func lostBeginning() {
    let damage = damage(without: [0])
    #expect(damage.gaps == [.init(packets: nil, partitions: 0...0, start: 0, end: nil)])
    #expect(damage.missingPartitions == 1)
  }

  @Test("without the frame's end all partitions behind may lack octets")
  func lostEnd() {
    #expect(
      damage(without: [5, 6, 7]).gaps == [
        .init(packets: nil, partitions: 3...4, start: 249, end: nil)
      ]
    )
  }

  @Test("of a frame that is missing whole everything may be missing")
  func nothing() {
    let damage = damage(without: Set(0..<8))
    #expect(damage.gaps == [.init(packets: nil, partitions: 0...4, start: 0, end: nil)])
    #expect(damage.missingPartitions == 0b11111 && damage.receivedOctets == 0)
  }

  @Test("two gaps are told apart, and the offset is found again at a partition's beginning")
  func twoGaps() {
    #expect(
      damage(without: [1, 3]).gaps == [
        // The first gap hides the table of sizes, so nothing behind it can be placed.
        .init(packets: 1, partitions: 0...0, start: 60, end: nil),
        .init(packets: 1, partitions: 1...1, start: nil, end: nil),
      ])
    #expect(
      damage(without: [3, 6]).gaps == [
        .init(packets: 1, partitions: 1...1, start: 159, end: 199),
        .init(packets: 1, partitions: 3...3, start: 309, end: 319),
      ])
  }
}
