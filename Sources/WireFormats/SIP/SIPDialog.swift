/// What a user agent knows of a dialog when it makes a request in it (RFC 3261 section 12.2.1.1).
public struct SIPDialog: Hashable, Sendable {
  public var callIdentifier: String
  /// Own address of record, tag, and host with port.
  public var localURI: String
  public var localTag: String
  public var localHost: String
  /// The other side's address of record and tag; the tag is empty before the other side has given
  /// one, as in the INVITE that makes the dialog.
  public var remoteURI: String
  public var remoteTag: String
  /// The other side's Contact, to which requests in the dialog go.
  public var remoteTarget: String
  /// URIs of the proxies that stayed in the way by Record-Route, nearest first, with their lr.
  public var routeSet: [String] = []
  /// User-Agent; nil leaves the header out.
  public var userAgent: String?
  /// CSeq of the newest own request; nil before the first.
  public var localSequence: UInt32?
  /// CSeq of the newest request of the other side; nil before the first.
  public var remoteSequence: UInt32?

  public init(
    callIdentifier: String, localURI: String, localTag: String, localHost: String,
    remoteURI: String, remoteTag: String, remoteTarget: String, routeSet: [String] = [],
    userAgent: String? = nil
  ) {
    self.callIdentifier = callIdentifier
    self.localURI = localURI
    self.localTag = localTag
    self.localHost = localHost
    self.remoteURI = remoteURI
    self.remoteTag = remoteTag
    self.remoteTarget = remoteTarget
    self.routeSet = routeSet
    self.userAgent = userAgent
  }

  /// A dialog with ordinary values, told apart from others by its number.
  ///
  /// Hosts are from the documentation range (RFC 5737).
  public static func numbered(
    _ number: UInt32, transport: SIPTransport, routeSet: [String] = []
  ) -> SIPDialog {
    let port = transport == .tls ? 5061 : 5060
    return SIPDialog(
      callIdentifier: SIPIdentifier.call(UInt64(number), host: "192.0.2.10"),
      localURI: "sip:receiver@example.com", localTag: SIPIdentifier.tag(2 &* number),
      localHost: "192.0.2.10:\(port)",
      remoteURI: "sip:sender@example.com", remoteTag: SIPIdentifier.tag(2 &* number &+ 1),
      remoteTarget: "sip:sender@192.0.2.20:\(port);transport=\(transport.uriParameter)",
      routeSet: routeSet, userAgent: "avpfsim")
  }
}
