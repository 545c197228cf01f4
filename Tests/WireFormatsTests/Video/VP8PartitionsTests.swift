import Testing
import WireFormats

@Suite("VP8 partitions")
struct VP8PartitionsTests {
  private func partitions(
    _ octets: [UInt8], count: Int
  ) throws(WireError) -> VP8Partitions {
    try withReader(over: octets) { (reader: inout ByteReader) throws(WireError) in
      try VP8Partitions(of: reader, tokenPartitionCount: count)
    }
  }

  @Test("one token partition has no table and takes what is left")
  func one() throws {
    // First partition of 2 octets, then 3 of tokens.
    let layout = try partitions(hex("51 00 00 AAAA BBBBBB"), count: 1)
    #expect(layout.first == 0..<5)
    #expect(layout.sizeTable == 5..<5)
    #expect(layout.tokenPartition(0) == 5..<8)
    #expect(layout.tokenPartitionCount == 1)
    #expect(!layout.header.isKeyFrame)
  }

  @Test("four token partitions are told by three sizes, little-endian")
  func four() throws {
    let octets =
      hex("31 00 00 AA 010000 000000 000100 B1") + [UInt8](repeating: 0xB3, count: 256)
      + hex("B4B4")
    let layout = try partitions(octets, count: 4)
    #expect(layout.first == 0..<13)
    #expect(layout.sizeTable == 4..<13)
    #expect((0..<4).map { layout.tokenPartition($0) } == [13..<14, 14..<14, 14..<270, 270..<272])
  }

  @Test("a key frame's first partition begins behind ten octets")
  func keyFrame() throws {
    let layout = try partitions(hex("30 00 00 9D012A 6001 2001 AA 020000 B1B1 B2"), count: 2)
    #expect(layout.first == 0..<14)
    #expect((0..<2).map { layout.tokenPartition($0) } == [14..<16, 16..<17])
  }

  @Test("a frame behind others in a buffer counts from its own start")
  func offset() throws {
    let layout = try withReader(over: hex("FFFF 51 00 00 AAAA BB")) {
      (reader: inout ByteReader) throws(WireError) in
      try reader.skip(2, "other")
      return try VP8Partitions(of: reader, tokenPartitionCount: 1)
    }
    #expect(layout.first == 0..<5)
    #expect(layout.tokenPartition(0) == 5..<6)
  }

  @Test(
    "sizes that the frame does not hold are refused",
    arguments: [
      ("71 00 00 AAAA", 1, "VP8 first partition", 3),
      ("51 00 00 AAAA 0100", 2, "VP8 partition sizes", 5),
      ("51 00 00 AAAA 020000 BB", 2, "VP8 token partition", 8),
      ("51 00 00 AAAA FFFFFF BB", 2, "VP8 token partition", 8),
      ("51 00", 1, "VP8 payload header", 0),
    ])
  func refuses(digits: String, count: Int, field: String, offset: Int) {
    do throws(WireError) {
      _ = try partitions(hex(digits), count: count)
      Issue.record("accepted")
    } catch {
      #expect(error.field.description == field)
      #expect(error.offset == offset)
    }
  }

  @Test("partitions tile any frame that is taken")
  func tiles() {
    var random = SplitMix(seed: 32)
    var taken = 0
    for _ in 0..<3000 {
      var octets = random.octets(random.below(400))
      // Small sizes, so that many are taken.
      if octets.count > 3 {
        octets[0] = octets[0] & 0xE0 | 0x11
        octets[1] &= 3
        octets[2] = 0
      }
      for count in VP8Partitions.tokenPartitionCounts {
        guard let layout = try? partitions(octets, count: count) else { continue }
        taken += 1
        var end = layout.first.upperBound
        #expect(layout.first.lowerBound == 0 && layout.sizeTable.upperBound == end)
        for index in 0..<count {
          #expect(layout.tokenPartition(index).lowerBound == end)
          end = layout.tokenPartition(index).upperBound
        }
        #expect(end == octets.count)
      }
    }
    #expect(taken > 1000)
  }
}
