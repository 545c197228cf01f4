import WireFormats

/// Octets of the INFO and of its 200 on each hop: those of real messages, which are built once,
/// before the call.
///
/// The requests are in a dialog whose INVITE all proxies record-routed: an INFO starts with a
/// Route for each proxy, and each proxy takes its Route off and puts a Via on. A proxy adds no
/// Record-Route in a dialog: it would change nothing (RFC 3261 section 16.6 step 4). The 200 has
/// the Vias that are still ahead of it.
struct SIPMessageSizes: Sendable {
  /// Without the digits of CSeq, which counts on from the INVITE's 1.
  private var requests: [Int] = []
  private var responses: [Int] = []

  init(_ settings: SignallingSettings) {
    for hop in 0...settings.proxies {
      let request = Self.request(settings, hop: hop, cseq: 1)
      requests.append(request.serializedByteCount - 1)
      responses.append(SIPMessage.response(to: request, .ok).serializedByteCount - 1)
    }
  }

  /// - Parameter request: counts from 0.
  func request(_ request: Int, hop: Int) -> Int { requests[hop] + Self.digits(request + 2) }
  func response(_ request: Int, hop: Int) -> Int { responses[hop] + Self.digits(request + 2) }

  private static func digits(_ number: Int) -> Int {
    var digits = 1
    var rest = number / 10
    while rest > 0 {
      digits += 1
      rest /= 10
    }
    return digits
  }

  /// The INFO, or the 200 to it, as it is on a hop.
  ///
  /// - Parameter request: counts from 0.
  static func message(
    _ settings: SignallingSettings, request: Int, isResponse: Bool, hop: Int
  ) -> SIPMessage {
    let request = Self.request(
      settings, hop: hop, cseq: UInt32(request) + 2, transaction: UInt64(request))
    return isResponse ? SIPMessage.response(to: request, .ok) : request
  }

  /// The INFO as it is on a hop; branches differ by transaction, and not in length.
  static func request(
    _ settings: SignallingSettings, hop: Int, cseq: UInt32, transaction: UInt64 = 0
  ) -> SIPMessage {
    // One for each element that sends on: the user agent and up to eight proxies.
    let firstBranch = transaction * 16
    let transport: SIPTransport = settings.transport == .tcp ? .tcp : .tls
    let port = transport == .tls ? 5061 : 5060
    // Addresses from the documentation range (RFC 5737).
    let hosts = (0..<settings.proxies).map { "198.51.100.\(10 + $0):\(port)" }
    var dialog = SIPDialog.numbered(1, transport: transport)
    dialog.routeSet = hosts.map { "sip:\($0);transport=\(transport.uriParameter);lr" }
    var message = SIPMessage.infoRequest(
      dialog: dialog, cseq: cseq, branch: SIPIdentifier.branch(firstBranch), transport: transport)
    for proxy in 0..<hop {
      guard let forwarded = message.removingTopRoute()?.decrementingMaxForwards() else {
        preconditionFailure("an INFO has a Route for each proxy and leave for 70")
      }
      message = forwarded.addingVia(
        SIPVia(
          transport: transport, sentBy: hosts[proxy],
          branch: SIPIdentifier.branch(firstBranch + UInt64(proxy + 1))))
    }
    return message
  }
}
