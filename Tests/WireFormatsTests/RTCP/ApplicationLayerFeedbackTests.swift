import Testing
import WireFormats

@Suite("Application-layer feedback")
struct ApplicationLayerFeedbackTests {
  @Test("the message is kept as it is")
  func vectors() {
    expect(
      ApplicationLayerFeedback(packetSender: 1, mediaSource: 2, content: ShortOctets()),
      is: hex("8F CE 0002 00000001 00000002"))
    expect(
      ApplicationLayerFeedback(
        packetSender: 1, mediaSource: 2, content: ShortOctets(hex("01020304 05060708"))),
      is: hex("8F CE 0004 00000001 00000002 01020304 05060708"))
  }

  static let malformed = [
    Malformed("nothing", "", "RTCP header", 0, .truncated(needed: 4, available: 0)),
    Malformed(
      "no packet sender", "8F CE 0000", "AFB SSRC of packet sender", 4,
      .truncated(needed: 4, available: 0)),
    Malformed(
      "no media source", "8F CE 0001 00000001", "AFB SSRC of media source", 8,
      .truncated(needed: 4, available: 0)),
    Malformed(
      "format 14", "8E CE 0002 00000001 00000002", "RTCP feedback message type", 0,
      .wrongType(found: 14)),
    Malformed(
      "type 205", "8F CD 0002 00000001 00000002", "RTCP packet type", 1, .wrongType(found: 205)),
    Malformed(
      "version 1", "4F CE 0002 00000001 00000002", "RTCP version", 0, .wrongVersion(found: 1)),
  ]

  @Test("malformed packets are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(ApplicationLayerFeedback.self)
  }

  @Test("any message survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 28)
    for _ in 0..<300 {
      expectRoundTrip(
        ApplicationLayerFeedback(
          packetSender: random.word32(), mediaSource: random.word32(),
          content: ShortOctets(random.octets(4 * random.below(20)))))
    }
  }
}
