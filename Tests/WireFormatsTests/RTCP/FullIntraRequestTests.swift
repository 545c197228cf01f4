import Testing
import WireFormats

@Suite("Full Intra Request")
struct FullIntraRequestTests {
  @Test("media source zero, then SSRC, sequence number and zeros an entry")
  func vectors() {
    expect(
      FullIntraRequest(packetSender: 0x902F_9E2E, mediaSource: 0x1234_5678, sequenceNumber: 0x2A),
      is: hex("84 CE 0004 902F9E2E 00000000 12345678 2A000000"))
    expect(
      FullIntraRequest(
        packetSender: 1,
        entries: [
          .init(mediaSource: 2, sequenceNumber: 0), .init(mediaSource: 3, sequenceNumber: 255),
        ]),
      is: hex("84 CE 0006 00000001 00000000 00000002 00000000 00000003 FF000000"))
  }

  @Test("the header's media source and reserved octets are not looked at")
  func ignored() throws {
    #expect(
      try FullIntraRequest(octets: hex("84 CE 0004 00000001 00000009 00000002 03ABCDEF"))
        == FullIntraRequest(packetSender: 1, mediaSource: 2, sequenceNumber: 3))
  }

  static let malformed = [
    Malformed("nothing", "", "RTCP header", 0, .truncated(needed: 4, available: 0)),
    Malformed(
      "no media source", "84 CE 0001 00000001", "FIR SSRC of media source", 8,
      .truncated(needed: 4, available: 0)),
    Malformed(
      "no entry", "84 CE 0002 00000001 00000000", "FIR entry", 12,
      .truncated(needed: 8, available: 0)),
    Malformed(
      "half a second entry", "84 CE 0005 00000001 00000000 00000002 03000000 00000004",
      "FIR entry", 20, .truncated(needed: 8, available: 4)),
    Malformed(
      "format 1", "81 CE 0004 00000001 00000000 00000002 03000000", "RTCP feedback message type", 0,
      .wrongType(found: 1)),
    Malformed(
      "type 205", "84 CD 0004 00000001 00000000 00000002 03000000", "RTCP packet type", 1,
      .wrongType(found: 205)),
    Malformed(
      "version 0", "04 CE 0004 00000001 00000000 00000002 03000000", "RTCP version", 0,
      .wrongVersion(found: 0)),
  ]

  @Test("malformed packets are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(FullIntraRequest.self)
  }

  @Test("any FIR survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 25)
    for _ in 0..<300 {
      var entries = InlineList<FullIntraRequest.Entry>()
      for _ in 0...random.below(5) {
        entries.append(.init(mediaSource: random.word32(), sequenceNumber: random.octet()))
      }
      expectRoundTrip(FullIntraRequest(packetSender: random.word32(), entries: entries))
    }
  }
}
