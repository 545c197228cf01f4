import Testing
import WireFormats

@Suite("RTP header")
struct RTPHeaderTests {
  private let header = RTPHeader(
    marker: true, payloadType: 96, sequenceNumber: 0x1234, timestamp: 0x89AB_CDEF,
    synchronizationSource: 0x0102_0304)

  @Test("the fixed header is as RFC 3550 section 5.1 draws it")
  func vector() {
    expect(header, is: hex("80 E0 1234 89ABCDEF 01020304"))
    var plain = header
    plain.marker = false
    expect(plain, is: hex("80 60 1234 89ABCDEF 01020304"))
  }

  @Test("contributing sources follow the fixed header")
  func contributingSources() {
    var mixed = header
    mixed.contributingSources = [0xAABB_CCDD, 1]
    expect(mixed, is: hex("82 E0 1234 89ABCDEF 01020304 AABBCCDD 00000001"))
  }

  @Test("a header extension stands behind the contributing sources, by its own length")
  func headerExtension() throws {
    var extended = header
    extended.contributingSources = [1]
    extended.headerExtension = .init(
      profile: 0xBEDE, content: ShortOctets(hex("11111111 22222222")))
    let octets = hex("91 E0 1234 89ABCDEF 01020304 00000001 BEDE0002 11111111 22222222")
    expect(extended, is: octets)
    try withReader(over: octets + [0x51]) { (reader: inout ByteReader) throws(WireError) in
      #expect(try RTPHeader(parsing: &reader) == extended)
      #expect(Array(reader.unread) == [0x51])
    }
  }

  @Test("an extension of no words is another header than one without")
  func emptyExtension() {
    var extended = header
    extended.headerExtension = .init(profile: 0xBEDE, content: ShortOctets())
    expect(extended, is: hex("90 E0 1234 89ABCDEF 01020304 BEDE0000"))
    #expect(extended != header)
  }

  @Test("padding is kept from the payload, its count told")
  func padding() throws {
    let octets = hex("A0 E0 1234 89ABCDEF 01020304 5152 00 00 03")
    try withReader(over: octets) { (reader: inout ByteReader) throws(WireError) in
      let parsed = try RTPHeader(parsing: &reader)
      #expect(parsed.paddingByteCount == 3)
      #expect(Array(reader.unread) == [0x51, 0x52])
    }
    var padded = header
    padded.paddingByteCount = 3
    var written = [UInt8](repeating: 0xFF, count: octets.count)
    written.withUnsafeMutableBytes { buffer in
      var writer = ByteWriter(buffer)
      padded.serialize(into: &writer)
      writer.write([0x51, 0x52])
      padded.serializePadding(into: &writer)
    }
    #expect(written == octets)
  }

  static let malformed = [
    Malformed("nothing", "", "RTP header", 0, .truncated(needed: 12, available: 0)),
    Malformed(
      "11 octets", "80 60 0001 00000002 000003", "RTP header", 0,
      .truncated(needed: 12, available: 11)),
    Malformed(
      "version 1", "40 60 0001 00000002 00000003", "RTP version", 0, .wrongVersion(found: 1)),
    Malformed(
      "version 3", "C0 60 0001 00000002 00000003", "RTP version", 0, .wrongVersion(found: 3)),
    Malformed(
      "one CSRC of two", "82 60 0001 00000002 00000003 00000004", "RTP CSRC list", 12,
      .truncated(needed: 8, available: 4)),
    Malformed(
      "no extension header", "90 60 0001 00000002 00000003 BE", "RTP header extension profile", 12,
      .truncated(needed: 2, available: 1)),
    Malformed(
      "half an extension header", "90 60 0001 00000002 00000003 BEDE",
      "RTP header extension length",
      14, .truncated(needed: 2, available: 0)),
    Malformed(
      "an extension past the end", "90 60 0001 00000002 00000003 BEDE0002 00000000",
      "RTP header extension", 16, .truncated(needed: 8, available: 4)),
    Malformed(
      "padding without a count", "A0 60 0001 00000002 00000003", "RTP padding count", 12,
      .truncated(needed: 1, available: 0)),
    Malformed(
      "a padding count of zero", "A0 60 0001 00000002 00000003 00", "RTP padding count", 12,
      .badLength(found: 0)),
    Malformed(
      "more padding than octets", "A0 60 0001 00000002 00000003 0003", "RTP padding count", 13,
      .badLength(found: 3)),
  ]

  @Test("malformed headers are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(RTPHeader.self)
  }

  @Test("any header survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 1)
    for _ in 0..<500 {
      var header = RTPHeader(
        marker: random.flag(), payloadType: random.octet() & 0x7F, sequenceNumber: random.word16(),
        timestamp: random.word32(), synchronizationSource: random.word32())
      for _ in 0..<random.below(16) { header.contributingSources.append(random.word32()) }
      if random.flag() {
        header.headerExtension = .init(
          profile: random.word16(), content: ShortOctets(random.octets(4 * random.below(12))))
      }
      expectRoundTrip(header)
    }
  }
}
