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
        let response = SIPMessageSizes.message(
          settings, request: request, status: status.rawValue, hop: hop)
        #expect(response.status == status.rawValue)
        #expect(
          sizes.response(request, status: status.rawValue, hop: hop)
            == response.serializedByteCount)
      }
    }
  }

  @Test("every Via but that of the hop itself says where its receiver saw it come from")
  func sources() {
    let receiver = "SIP/2.0/UDP 192.0.2.10:5060;rport=5060;branch=b;received=192.0.2.10"
    let proxy = "SIP/2.0/UDP 198.51.100.10:5060;rport=5060;branch=b;received=198.51.100.10"
    let bare = "SIP/2.0/UDP 198.51.100.10:5060;rport;branch=b"
    let settings = SignallingSettings.test(.udp, proxies: 1)
    #expect(vias(settings, status: nil, hop: 0) == ["SIP/2.0/UDP 192.0.2.10:5060;rport;branch=b"])
    #expect(vias(settings, status: nil, hop: 1) == [bare, receiver])
    #expect(vias(settings, status: 200, hop: 1) == [proxy, receiver])
    #expect(vias(settings, status: 200, hop: 0) == [receiver])
  }

  @Test("over a connection it is the port of the end that opened it")
  func connectionPorts() {
    #expect(
      vias(.test(.tls13, proxies: 1), status: 491, hop: 1) == [
        "SIP/2.0/TLS 198.51.100.10:5061;rport=50001;branch=b;received=198.51.100.10",
        "SIP/2.0/TLS 192.0.2.10:5061;rport=50000;branch=b;received=192.0.2.10",
      ])
  }

  /// The Vias of a message, each with the branch b.
  private func vias(_ settings: SignallingSettings, status: Int?, hop: Int) -> [String]? {
    SIPMessageSizes.message(settings, request: 0, status: status, hop: hop).vias?.map { via in
      var via = via
      for index in via.parameters.indices where via.parameters[index].name == "branch" {
        via.parameters[index].value = "b"
      }
      return via.text
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
