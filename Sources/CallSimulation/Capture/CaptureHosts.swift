import Signalling
import WireFormats

/// A call's hosts, under the addresses that its SIP messages name, and their ports beside SIP's.
struct CaptureHosts {
  static let receiver = SignallingElements.receiver
  static let sender = SignallingElements.sender
  /// RTP ports; RTCP has the next one (RFC 3550 section 11).
  static let receiverPort: UInt16 = 40_010
  static let senderPort: UInt16 = 40_020
  static let clearPort: UInt16 = 5_060

  let settings: SignallingSettings
  let elements: SignallingElements

  init(settings: SignallingSettings) {
    self.settings = settings
    elements = SignallingElements(settings)
  }

  /// "receiver 192.0.2.10".
  func name(hop: Int, end: Int) -> String {
    let address = elements.address(hop: hop, end: end)
    switch hop + end {
    case 0: return "receiver \(address)"
    case settings.proxies + 1: return "sender \(address)"
    case let place: return "proxy \(place) \(address)"
    }
  }
}
