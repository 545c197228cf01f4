import Testing
import WireFormats

@Suite("Slice Loss Indication")
struct SliceLossIndicationTests {
  @Test("an entry is 13, 13 and 6 bits")
  func vectors() {
    expect(
      SliceLossIndication(
        packetSender: 1, mediaSource: 2, entries: [.init(first: 1, number: 4, pictureID: 1)]),
      is: hex("82 CE 0003 00000001 00000002 00080101"))
    expect(
      SliceLossIndication(
        packetSender: 1, mediaSource: 2,
        entries: [
          .init(first: 8191, number: 0, pictureID: 0), .init(first: 0, number: 8191, pictureID: 0),
          .init(first: 0, number: 0, pictureID: 63),
        ]),
      is: hex("82 CE 0005 00000001 00000002 FFF80000 0007FFC0 0000003F"))
  }

  @Test("a number that its bits cannot hold is refused when the entry is put into a list")
  func tooLarge() async {
    await #expect(processExitsWith: .failure) {
      _ = SliceLossIndication(
        packetSender: 1, mediaSource: 2, entries: [.init(first: 8192, number: 0, pictureID: 0)])
    }
    await #expect(processExitsWith: .failure) {
      _ = SliceLossIndication(
        packetSender: 1, mediaSource: 2, entries: [.init(first: 0, number: 8192, pictureID: 0)])
    }
    await #expect(processExitsWith: .failure) {
      _ = SliceLossIndication(
        packetSender: 1, mediaSource: 2, entries: [.init(first: 0, number: 0, pictureID: 64)])
    }
  }

  @Test("the whole picture is from 0, over all macroblocks")
  func wholePicture() {
    // 352x288 has 22 x 18 macroblocks.
    #expect(
      SliceLossIndication.Entry(wholePicture: PictureID(100), macroblockCount: 396)
        == .init(first: 0, number: 396, pictureID: 36))
    #expect(
      SliceLossIndication.Entry(wholePicture: PictureID(63), macroblockCount: 8192).number == 8191)
  }

  static let malformed = [
    Malformed("nothing", "", "RTCP header", 0, .truncated(needed: 4, available: 0)),
    Malformed(
      "no entry", "82 CE 0002 00000001 00000002", "SLI entry", 12,
      .truncated(needed: 4, available: 0)),
    Malformed(
      "no media source", "82 CE 0001 00000001", "SLI SSRC of media source", 8,
      .truncated(needed: 4, available: 0)),
    Malformed(
      "octets missing", "82 CE 0003 00000001 00000002 000801", "RTCP packet", 4,
      .truncated(needed: 12, available: 11)),
    Malformed(
      "format 1", "81 CE 0003 00000001 00000002 00080101", "RTCP feedback message type", 0,
      .wrongType(found: 1)),
    Malformed(
      "type 205", "82 CD 0003 00000001 00000002 00080101", "RTCP packet type", 1,
      .wrongType(found: 205)),
    Malformed(
      "version 3", "C2 CE 0003 00000001 00000002 00080101", "RTCP version", 0,
      .wrongVersion(found: 3)),
  ]

  @Test("malformed packets are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(SliceLossIndication.self)
  }

  @Test("any SLI survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 12)
    for _ in 0..<500 {
      var entries = InlineWordList<SliceLossIndication.Entry>()
      for _ in 0...random.below(5) {
        entries.append(
          .init(
            first: random.word16() & 8191, number: random.word16() & 8191,
            pictureID: random.octet() & 63))
      }
      expectRoundTrip(
        SliceLossIndication(
          packetSender: random.word32(), mediaSource: random.word32(), entries: entries))
    }
  }
}
