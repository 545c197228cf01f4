import Signalling
import WireFormats

/// Addresses and ports of a call's hosts: those that its SIP messages name, from the documentation
/// ranges (RFC 5737).
struct CaptureHosts {
  static let receiver = IPv4Address(192, 0, 2, 10)
  static let sender = IPv4Address(192, 0, 2, 20)
  /// RTP ports; RTCP has the next one (RFC 3550 section 11).
  static let receiverPort: UInt16 = 40_010
  static let senderPort: UInt16 = 40_020
  static let clearPort: UInt16 = 5_060

  let settings: SignallingSettings

  static func proxy(_ index: Int) -> IPv4Address { IPv4Address(198, 51, 100, UInt8(10 + index)) }

  /// The host at an end of a hop; end 0 is nearer the receiver.
  func address(hop: Int, end: Int) -> IPv4Address {
    switch hop + end {
    case 0: Self.receiver
    case settings.proxies + 1: Self.sender
    case let place: Self.proxy(place - 1)
    }
  }

  /// The end that opens the connection has a port of its own for each hop.
  func endpoint(hop: Int, end: Int) -> InternetEndpoint {
    let serverPort: UInt16 = settings.transport.name == .tls ? 5_061 : 5_060
    // Over UDP requests leave the port on which responses are awaited (RFC 3261 section 18.1.1).
    let clientPort = settings.transport == .udp ? serverPort : 50_000 + UInt16(hop)
    return InternetEndpoint(
      address(hop: hop, end: end), port: end == 0 ? clientPort : serverPort)
  }

  /// "receiver 192.0.2.10".
  func name(hop: Int, end: Int) -> String {
    let address = address(hop: hop, end: end)
    switch hop + end {
    case 0: return "receiver \(address)"
    case settings.proxies + 1: return "sender \(address)"
    case let place: return "proxy \(place) \(address)"
    }
  }
}
