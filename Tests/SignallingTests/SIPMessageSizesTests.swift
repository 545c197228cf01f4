import Testing
import WireFormats

@testable import Signalling

@Suite("SIP message sizes")
struct SIPMessageSizesTests {
  @Test(
    "the size told is that of the message itself, whatever its number",
    arguments: [0, 3], [0, 7, 8, 97, 98, 12_000])
  func real(proxies: Int, request: Int) {
    let settings = SignallingSettings.test(.tls13, proxies: proxies)
    let sizes = SIPMessageSizes(settings)
    for hop in 0...proxies {
      let message = SIPMessageSizes.request(settings, hop: hop, cseq: UInt32(request + 2))
      #expect(message.isPictureFastUpdate)
      #expect(message.elements(of: SIPHeaderName.via).count == hop + 1)
      #expect(message.elements(of: SIPHeaderName.route).count == proxies - hop)
      #expect(sizes.request(request, hop: hop) == message.serializedByteCount)
      let response = SIPMessage.response(to: message, .ok)
      #expect(sizes.response(request, hop: hop) == response.serializedByteCount)
    }
  }

  // A real INFO with one Via and no Route was 529 octets long; names and hosts vary.
  @Test("a direct INFO has the size of a real one, and a proxy's Via 60 to 110 octets more")
  func plausible() {
    let direct = SIPMessageSizes(.test(.tcp)).request(0, hop: 0)
    #expect((450...650).contains(direct))
    let sizes = SIPMessageSizes(.test(.tcp, proxies: 1))
    let via = sizes.response(0, hop: 1) - sizes.response(0, hop: 0)
    #expect((60...110).contains(via))
  }
}
