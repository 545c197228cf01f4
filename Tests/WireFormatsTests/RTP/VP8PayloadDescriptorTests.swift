import Testing
import WireFormats

@Suite("VP8 payload descriptor")
struct VP8PayloadDescriptorTests {
  @Test("each field stands where RFC 7741 section 4.2 puts it")
  func vectors() {
    expect(VP8PayloadDescriptor(startsPartition: true, partitionIndex: 0), is: hex("10"))
    expect(VP8PayloadDescriptor(startsPartition: false, partitionIndex: 7), is: hex("07"))
    expect(
      VP8PayloadDescriptor(isNonReference: true, startsPartition: true, partitionIndex: 3),
      is: hex("33"))
    expect(
      VP8PayloadDescriptor(
        startsPartition: true, partitionIndex: 0, pictureID: PictureID(0x11, width: .sevenBits)),
      is: hex("90 80 11"))
    // RFC 7741 section 4.5.1: a key frame's first packet with a 15-bit PictureID.
    expect(
      VP8PayloadDescriptor(
        startsPartition: true, partitionIndex: 0, pictureID: PictureID(0x1234)),
      is: hex("90 80 92 34"))
    expect(
      VP8PayloadDescriptor(
        startsPartition: true, partitionIndex: 0, temporalLevelZeroIndex: 0xAB,
        temporalLayer: .init(index: 1, isLayerSync: false)),
      is: hex("90 60 AB 40"))
    expect(
      VP8PayloadDescriptor(
        startsPartition: true, partitionIndex: 0,
        temporalLayer: .init(index: 2, isLayerSync: true)),
      is: hex("90 20 A0"))
    expect(
      VP8PayloadDescriptor(startsPartition: true, partitionIndex: 0, keyIndex: 31),
      is: hex("90 10 1F"))
    expect(
      VP8PayloadDescriptor(
        isNonReference: true, startsPartition: true, partitionIndex: 1,
        pictureID: PictureID(1), temporalLevelZeroIndex: 2,
        temporalLayer: .init(index: 3, isLayerSync: false), keyIndex: 5),
      is: hex("B1 F0 8001 02 C5"))
  }

  @Test("reserved bits and parts that are not announced are ignored")
  func ignored() throws {
    #expect(
      try VP8PayloadDescriptor(octets: hex("58"))
        == VP8PayloadDescriptor(startsPartition: true, partitionIndex: 0))
    #expect(
      try VP8PayloadDescriptor(octets: hex("D8 1F FF"))
        == VP8PayloadDescriptor(startsPartition: true, partitionIndex: 0, keyIndex: 31))
    #expect(
      try VP8PayloadDescriptor(octets: hex("90 20 DF"))
        == VP8PayloadDescriptor(
          startsPartition: true, partitionIndex: 0,
          temporalLayer: .init(index: 3, isLayerSync: false)))
    #expect(
      try VP8PayloadDescriptor(octets: hex("90 00"))
        == VP8PayloadDescriptor(startsPartition: true, partitionIndex: 0))
  }

  @Test("a frame starts where partition 0 does", arguments: [(true, 0), (false, 0), (true, 1)])
  func startsFrame(start: Bool, partition: Int) {
    let descriptor = VP8PayloadDescriptor(
      startsPartition: start, partitionIndex: UInt8(partition))
    #expect(descriptor.startsFrame == (start && partition == 0))
  }

  static let malformed = [
    Malformed("nothing", "", "VP8 payload descriptor", 0, .truncated(needed: 1, available: 0)),
    Malformed(
      "no extension octet", "80", "VP8 payload descriptor extension", 1,
      .truncated(needed: 1, available: 0)),
    Malformed("no PictureID", "80 80", "VP8 PictureID", 2, .truncated(needed: 1, available: 0)),
    Malformed(
      "half a PictureID", "80 80 80", "VP8 PictureID", 2, .truncated(needed: 2, available: 1)),
    Malformed("no TL0PICIDX", "80 60", "VP8 TL0PICIDX", 2, .truncated(needed: 1, available: 0)),
    Malformed(
      "TL0PICIDX without a layer", "80 40 AB", "VP8 T bit", 1, .badValue(found: 0)),
    Malformed(
      "TL0PICIDX without a layer, though with a key index", "80 50 AB 01", "VP8 T bit", 1,
      .badValue(found: 0)),
    Malformed("no TID", "80 20", "VP8 TID and KEYIDX", 2, .truncated(needed: 1, available: 0)),
    Malformed(
      "no KEYIDX behind the rest", "80 F0 11 22", "VP8 TID and KEYIDX", 4,
      .truncated(needed: 1, available: 0)),
  ]

  @Test("malformed descriptors are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(VP8PayloadDescriptor.self)
  }

  @Test("any descriptor survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 4)
    for _ in 0..<2000 {
      var descriptor = VP8PayloadDescriptor(
        isNonReference: random.flag(), startsPartition: random.flag(),
        partitionIndex: random.octet() & 7,
        pictureID: random.flag()
          ? PictureID(random.word16(), width: random.flag() ? .sevenBits : .fifteenBits) : nil,
        temporalLayer: random.flag()
          ? .init(index: random.octet() & 3, isLayerSync: random.flag()) : nil,
        keyIndex: random.flag() ? random.octet() & 31 : nil)
      if descriptor.temporalLayer != nil, random.flag() {
        descriptor.temporalLevelZeroIndex = random.octet()
      }
      expectRoundTrip(descriptor)
    }
  }
}
