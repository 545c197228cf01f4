import Testing
import WireFormats

@testable import MediaSession

@Suite("VP8 packetizer, RFC 7741 section 4")
struct VP8PacketizerTests {
  /// Of a descriptor with a PictureID of 15 bits.
  private static let descriptor = 4

  /// A frame header with a first partition of this size, then zeros.
  private func frame(count: Int, firstPartition: Int, isKey: Bool = false) -> [UInt8] {
    var octets = [UInt8](repeating: 0, count: count)
    // RFC 6386 section 9.1: size in the 19 high bits, P in bit 0.
    let tag = UInt32(firstPartition) << 5 | 1 << 4 | (isKey ? 0 : 1)
    octets[0] = UInt8(tag & 0xFF)
    octets[1] = UInt8(tag >> 8 & 0xFF)
    octets[2] = UInt8(tag >> 16)
    if isKey { octets.replaceSubrange(3..<6, with: [0x9D, 0x01, 0x2A]) }
    return octets
  }

  private func cut(
    _ frame: [UInt8], maximum: Int, partitions: Int = 1, mode: VP8Packetization = .fill
  ) throws -> [VP8Packetizer.Piece] {
    var pieces: [VP8Packetizer.Piece] = []
    let packetizer = VP8Packetizer(
      mode: mode, maximumPayload: maximum, descriptorByteCount: Self.descriptor)
    try frame.withUnsafeBytes {
      let layout = try VP8Partitions(of: ByteReader($0), tokenPartitionCount: partitions)
      packetizer.cut(layout, count: frame.count, into: &pieces)
    }
    return pieces
  }

  @Test("a small frame is one packet that starts partition 0")
  func onePacket() throws {
    #expect(
      try cut(frame(count: 500, firstPartition: 100), maximum: 1200) == [
        .init(range: 0..<500, startsPartition: true, partitionIndex: 0, isLast: true)
      ])
  }

  @Test("a large frame fills packets up to the largest payload, descriptor included")
  func fullPackets() throws {
    let pieces = try cut(frame(count: 3000, firstPartition: 1500), maximum: 1004)
    #expect(pieces.map(\.range) == [0..<1000, 1000..<2000, 2000..<3000])
    // The first partition ends at 3 + 1500: the third packet lies in partition 1.
    #expect(pieces.map(\.partitionIndex) == [0, 0, 1])
    #expect(pieces.map(\.startsPartition) == [true, false, false])
    #expect(pieces.map(\.isLast) == [false, false, true])
  }

  @Test("S is set where a packet happens to begin with a partition")
  func partitionBoundary() throws {
    let pieces = try cut(frame(count: 2000, firstPartition: 997), maximum: 1004)
    #expect(pieces.map(\.startsPartition) == [true, true])
    #expect(pieces.map(\.partitionIndex) == [0, 1])
  }

  @Test("token partitions are found by their size table")
  func tokenPartitions() throws {
    var octets = frame(count: 4000, firstPartition: 990, isKey: true)
    // Ten octets of key-frame header, 990 of first partition, three sizes of three octets.
    for (index, size) in [1000, 500, 500].enumerated() {
      octets[1000 + 3 * index] = UInt8(size & 0xFF)
      octets[1001 + 3 * index] = UInt8(size >> 8)
    }
    let pieces = try cut(octets, maximum: 504, partitions: 4)
    // Partitions begin at 0, 1009, 2009, 2509 and 3009.
    #expect(pieces.map(\.partitionIndex) == [0, 0, 0, 1, 1, 2, 3, 4].map { UInt8($0) })
  }

  @Test("the ninth partition has the eighth's index, since PID has three bits")
  func ninePartitions() throws {
    var octets = frame(count: 2021 + 8 * 100, firstPartition: 1990, isKey: true)
    for index in 0..<7 { octets[2000 + 3 * index] = 100 }
    let pieces = try cut(octets, maximum: 104, partitions: 8)
    #expect(pieces.map(\.partitionIndex).max() == 7)
  }

  @Test("balanced packets are as many as filled ones, and differ by what does not divide")
  func balanced() throws {
    let pieces = try cut(frame(count: 2500, firstPartition: 100), maximum: 1004, mode: .balanced)
    #expect(pieces.map(\.range.count) == [834, 834, 832])
    #expect(pieces.map(\.isLast) == [false, false, true])
  }

  @Test("with partitions apart each begins a packet and none shares one")
  func partitionsApart() throws {
    var octets = frame(count: 4000, firstPartition: 990, isKey: true)
    for (index, size) in [1000, 0, 500].enumerated() {
      octets[1000 + 3 * index] = UInt8(size & 0xFF)
      octets[1001 + 3 * index] = UInt8(size >> 8)
    }
    let pieces = try cut(octets, maximum: 704, partitions: 4, mode: .partitions)
    // Partitions begin at 0, 1009, 2009 (empty), 2009 and 2509.
    #expect(
      pieces.map(\.range) == [
        0..<700, 700..<1009, 1009..<1709, 1709..<2009, 2009..<2509, 2509..<3209, 3209..<3909,
        3909..<4000,
      ])
    #expect(pieces.map(\.startsPartition) == [true, false, true, false, true, true, false, false])
    #expect(pieces.map(\.partitionIndex) == [0, 0, 1, 1, 3, 4, 4, 4])
    #expect(pieces.map(\.isLast) == Array(repeating: false, count: 7) + [true])
  }

  @Test(
    "the pieces cover the frame without gap or overlap", arguments: 3..<60,
    VP8Packetization.allCases)
  func coverage(seed: Int, mode: VP8Packetization) throws {
    let count = seed * 131 + 7
    let pieces = try cut(
      frame(count: count, firstPartition: count / 3), maximum: 32 + seed * 11, mode: mode)
    var next = 0
    for piece in pieces {
      #expect(piece.range.lowerBound == next)
      #expect(piece.range.count + Self.descriptor <= 32 + seed * 11)
      next = piece.range.upperBound
    }
    #expect(next == count)
    #expect(pieces.filter(\.isLast).count == 1)
  }
}
