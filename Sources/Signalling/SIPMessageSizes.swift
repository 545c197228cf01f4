import WireFormats

/// Octets of the INFO and of its response on each hop: those of real messages, which are built once,
/// before the call.
///
/// The requests are in a dialog whose INVITE all proxies record-routed: an INFO starts with a
/// Route for each proxy, and each proxy takes its Route off and puts a Via on. A proxy adds no
/// Record-Route in a dialog: it would change nothing (RFC 3261 section 16.6 step 4). The response
/// has the Vias that are still ahead of it.
struct SIPMessageSizes: Sendable {
  /// Without the digits of CSeq, which counts on from the INVITE's 1.
  private var requests: [Int] = []
  /// Without those of the reason phrase too.
  private var responses: [Int] = []

  init(_ settings: SignallingSettings) {
    for hop in 0...settings.proxies {
      let request = Self.request(settings, hop: hop, cseq: 1)
      requests.append(request.serializedByteCount - 1)
      let bare = SIPMessage.response(to: request, status: 200, reason: "")
      responses.append(bare.serializedByteCount - 1)
    }
  }

  /// - Parameter request: counts from 0.
  func request(_ request: Int, hop: Int) -> Int { requests[hop] + Self.digits(request + 2) }
  func response(_ request: Int, status: Int, hop: Int) -> Int {
    responses[hop] + Self.digits(request + 2)
      + (SIPStatus(rawValue: status)?.reason.utf8.count ?? 0)
  }

  private static func digits(_ number: Int) -> Int {
    var digits = 1
    var rest = number / 10
    while rest > 0 {
      digits += 1
      rest /= 10
    }
    return digits
  }

  /// The INFO, or the response to it, as it is on a hop.
  ///
  /// - Parameters:
  ///   - request: counts from 0.
  ///   - status: nil for the INFO.
  static func message(
    _ settings: SignallingSettings, request: Int, status: Int?, hop: Int
  ) -> SIPMessage {
    let request = Self.request(
      settings, hop: hop, cseq: UInt32(request) + 2, transaction: UInt64(request))
    guard let status else { return request }
    return SIPMessage.response(
      to: request, status: status, reason: SIPStatus(rawValue: status)?.reason ?? "")
  }

  /// The INFO as it is on a hop; branches differ by transaction, and not in length.
  static func request(
    _ settings: SignallingSettings, hop: Int, cseq: UInt32, transaction: UInt64 = 0
  ) -> SIPMessage {
    // One for each element that sends on: the user agent and up to eight proxies.
    let firstBranch = transaction * 16
    let transport = settings.transport.name
    let port = transport == .tls ? 5061 : 5060
    // Addresses from the documentation range (RFC 5737).
    let proxies = (0..<settings.proxies).map {
      SIPProxy(host: "198.51.100.\(10 + $0):\(port)", transport: transport)
    }
    var dialog = SIPDialog.numbered(1, transport: transport)
    dialog.routeSet = proxies.map(\.uri)
    var message = SIPMessage.infoRequest(
      dialog: dialog, cseq: cseq, branch: SIPIdentifier.branch(firstBranch), transport: transport)
    for proxy in 0..<hop {
      let branch = SIPIdentifier.branch(firstBranch + UInt64(proxy + 1))
      guard case .forwarded(let onward) = proxies[proxy].forward(message, branch: branch) else {
        preconditionFailure("an INFO has a Route for each proxy and leave for 70")
      }
      message = onward
    }
    return message
  }
}
