import WireFormats

/// Octets of the INFO and of its response on each hop: those of real messages, which are built once,
/// before the call.
///
/// The requests are in a dialog whose INVITE all proxies record-routed: an INFO starts with a
/// Route for each proxy, and each proxy takes its Route off and puts a Via on. A proxy adds no
/// Record-Route in a dialog: it would change nothing (RFC 3261 section 16.6 step 4). The response
/// has the Vias that are still ahead of it. Whoever receives the INFO notes at its top Via where it
/// came from, so that every Via but that of the hop itself has `rport` and `received`.
struct SIPMessageSizes: Sendable {
  /// Without the digits of CSeq, which counts on from the INVITE's 1.
  private var requests: [Int] = []
  /// Without those of the reason phrase too.
  private var responses: [Int] = []

  init(_ settings: SignallingSettings) {
    for hop in 0...settings.proxies {
      let request = Self.request(settings, hop: hop, cseq: 1)
      requests.append(request.serializedByteCount - 1)
      let bare = Self.response(settings, to: request, hop: hop, status: 200, reason: "")
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
    return response(
      settings, to: request, hop: hop, status: status,
      reason: SIPStatus(rawValue: status)?.reason ?? "")
  }

  /// The response to the INFO of a hop, on that hop.
  private static func response(
    _ settings: SignallingSettings, to request: SIPMessage, hop: Int, status: Int, reason: String
  ) -> SIPMessage {
    SIPMessage.response(
      to: SignallingElements(settings).received(request, overHop: hop), status: status,
      reason: reason)
  }

  /// The INFO as it is on a hop; branches differ by transaction, and not in length.
  static func request(
    _ settings: SignallingSettings, hop: Int, cseq: UInt32, transaction: UInt64 = 0
  ) -> SIPMessage {
    // One for each element that sends on: the user agent and up to eight proxies.
    let firstBranch = transaction * 16
    let elements = SignallingElements(settings)
    let transport = elements.transport
    let dialog = SIPDialog.numbered(1, transport: transport, routeSet: elements.proxies.map(\.uri))
    var info = SIPMessage.infoRequest(
      dialog: dialog, cseq: cseq, branch: SIPIdentifier.branch(firstBranch), transport: transport)
    if settings.extraOctets > 0 {
      info = SIPMessage(
        startLine: info.startLine,
        headers: info.headers + [SIPMessage.filler(octets: settings.extraOctets)], body: info.body)
    }
    return elements.request(info, onHop: hop) { proxy in
      SIPIdentifier.branch(firstBranch + UInt64(proxy + 1))
    }
  }
}
