import Testing
import WireFormats

@testable import Signalling

@Suite("SIP message sizes")
struct SIPMessageSizesTests {
  @Test(
    "the size told is that of the message itself, whatever its number",
    arguments: [(0, .tls13), (3, .tls13), (8, .udp)] as [(Int, SignallingSettings.Transport)],
    [0, 7, 8, 97, 98, 12_000])
  func real(road: (Int, SignallingSettings.Transport), request: Int) {
    let (proxies, transport) = road
    let settings = SignallingSettings.test(transport, proxies: proxies)
    let sizes = SIPMessageSizes(settings)
    for hop in 0...proxies {
      let message = SIPMessageSizes.request(settings, hop: hop, cseq: UInt32(request + 2))
      #expect(message.isPictureFastUpdate)
      #expect(message.elements(of: SIPHeaderName.via).count == hop + 1)
      #expect(message.elements(of: SIPHeaderName.route).count == proxies - hop)
      #expect(sizes.request(request, hop: hop) == message.serializedByteCount)
      for status in [SIPStatus.ok, .callDoesNotExist, .requestPending] {
        let response = SIPMessage.response(to: message, status)
        #expect(
          sizes.response(request, status: status.rawValue, hop: hop)
            == response.serializedByteCount)
      }
    }
  }

  // A real INFO with one Via and no Route was 529 octets long; names and hosts vary.
  @Test("a direct INFO has the size of a real one, and a proxy's Via 60 to 110 octets more")
  func plausible() {
    let direct = SIPMessageSizes(.test(.tcp)).request(0, hop: 0)
    #expect((450...650).contains(direct))
    let sizes = SIPMessageSizes(.test(.tcp, proxies: 1))
    let via = sizes.response(0, status: 200, hop: 1) - sizes.response(0, status: 200, hop: 0)
    #expect((60...110).contains(via))
  }
}
