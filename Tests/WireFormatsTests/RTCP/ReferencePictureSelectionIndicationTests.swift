import Testing
import WireFormats

@Suite("Reference Picture Selection Indication")
struct ReferencePictureSelectionIndicationTests {
  private typealias Indication = ReferencePictureSelectionIndication

  @Test("a VP8 PictureID is the bit string, 8 or 16 bits as on the wire")
  func vp8Vectors() {
    let wide = Indication(
      packetSender: 1, mediaSource: 2, payloadType: 96, pictureID: PictureID(0x1234))
    expect(wide, is: hex("83 CE 0003 00000001 00000002 00 60 9234"))
    #expect(wide.pictureID == PictureID(0x1234))
    let narrow = Indication(
      packetSender: 1, mediaSource: 2, payloadType: 96,
      pictureID: PictureID(0x11, width: .sevenBits))
    expect(narrow, is: hex("83 CE 0003 00000001 00000002 08 60 11 00"))
    #expect(narrow.pictureID == PictureID(0x11, width: .sevenBits))
  }

  @Test("other bit strings are padded to the next word")
  func bitStrings() {
    func string(_ digits: String, _ bits: Int) -> Indication {
      Indication(
        packetSender: 1, mediaSource: 2, payloadType: 127, bitString: ShortOctets(hex(digits)),
        bitCount: bits)
    }
    expect(string("", 0), is: hex("83 CE 0003 00000001 00000002 10 7F 0000"))
    expect(string("A0", 3), is: hex("83 CE 0003 00000001 00000002 0D 7F A000"))
    expect(string("112233", 24), is: hex("83 CE 0004 00000001 00000002 18 7F 112233 000000"))
    expect(string("11223344 5566", 48), is: hex("83 CE 0004 00000001 00000002 00 7F 112233445566"))
    expect(
      string("11223344 556680", 49),
      is: hex("83 CE 0005 00000001 00000002 1F 7F 112233445566 80000000"))
  }

  @Test("bits behind the string do not count")
  func unusedBits() throws {
    let clean = try Indication(octets: hex("83 CE 0003 00000001 00000002 0D 7F A000"))
    let dirty = try Indication(octets: hex("83 CE 0003 00000001 00000002 0D FF BFFF"))
    #expect(clean == dirty)
    #expect(
      Indication(
        packetSender: 1, mediaSource: 2, payloadType: 127, bitString: ShortOctets([0xBF]),
        bitCount: 3) == clean)
  }

  @Test(
    "a string that is not a PictureID names no picture",
    arguments: [
      "10 60 0000", "08 60 8000", "00 60 1234", "07 60 1100", "01 60 9234", "10 60 92341100 0000",
    ])
  func noPictureID(control: String) throws {
    let words = hex(control).count / 4 + 2
    let octets = hex("83 CE 00 0\(words) 00000001 00000002" + control)
    #expect(try Indication(octets: octets).pictureID == nil)
  }

  static let malformed = [
    Malformed("nothing", "", "RTCP header", 0, .truncated(needed: 4, available: 0)),
    Malformed(
      "no control information", "83 CE 0002 00000001 00000002",
      "RPSI feedback control information", 12, .truncated(needed: 4, available: 0)),
    Malformed(
      "more unused bits than a word", "83 CE 0004 00000001 00000002 20 60 8000 00000000", "RPSI PB",
      12, .badValue(found: 32)),
    Malformed(
      "more unused bits than there are", "83 CE 0003 00000001 00000002 11 60 8000", "RPSI PB", 12,
      .badValue(found: 17)),
    Malformed(
      "octets missing", "83 CE 0003 00000001 00000002 00 60 80", "RTCP packet", 4,
      .truncated(needed: 12, available: 11)),
    Malformed(
      "format 2", "82 CE 0003 00000001 00000002 00 60 8000", "RTCP feedback message type", 0,
      .wrongType(found: 2)),
    Malformed(
      "type 201", "83 C9 0003 00000001 00000002 00 60 8000", "RTCP packet type", 1,
      .wrongType(found: 201)),
    Malformed(
      "version 0", "03 CE 0003 00000001 00000002 00 60 8000", "RTCP version", 0,
      .wrongVersion(found: 0)),
  ]

  @Test("malformed packets are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(Indication.self)
  }

  @Test("any RPSI survives its octets, on both sides of the inline capacity")
  func roundTrip() {
    var random = SplitMix(seed: 13)
    for _ in 0..<500 {
      let bits = random.below(400)
      expectRoundTrip(
        Indication(
          packetSender: random.word32(), mediaSource: random.word32(),
          payloadType: random.octet() & 127, bitString: ShortOctets(random.octets((bits + 7) / 8)),
          bitCount: bits))
    }
  }
}
