// How a dialog comes about, and which requests belong to it.
extension SIPDialog {
  /// The caller's dialog, from its INVITE and a response to it (RFC 3261 section 12.1.2).
  ///
  /// nil where the response belongs to another INVITE or makes no dialog: it has no tag, no Contact,
  /// or is neither 2xx nor a provisional one after the 100.
  public init?(callerOf invite: SIPMessage, response: SIPMessage) {
    guard let status = response.status, (101...299).contains(status),
      let key = SIPTransactionKey.Client(invite), key == SIPTransactionKey.Client(response),
      invite.callIdentifier == response.callIdentifier,
      let from = invite.from, from.tag == response.from?.tag, let tag = response.to?.tag,
      let target = response.contact?.uri, let proxies = response.recordRoutes,
      let host = invite.topVia?.sentBy
    else { return nil }
    self.init(
      invite, local: from, localTag: from.tag, localHost: host, remote: invite.to, remoteTag: tag,
      remoteTarget: target,
      // Section 12.1.2: in reverse order, since the last proxy is the caller's farthest.
      routeSet: proxies.reversed().map(\.uri))
    localSequence = invite.sequence?.number
  }

  /// The callee's dialog, from the INVITE it received and the tag it answers with (section 12.1.1).
  ///
  /// nil where the INVITE lacks what a dialog takes.
  ///
  /// - Parameter localHost: own host with port.
  public init?(calleeOf invite: SIPMessage, localTag: String, localHost: String) {
    guard invite.method == "INVITE", let from = invite.from, let tag = from.tag,
      let target = invite.contact?.uri, let proxies = invite.recordRoutes
    else { return nil }
    self.init(
      invite, local: invite.to, localTag: localTag, localHost: localHost, remote: from,
      remoteTag: tag, remoteTarget: target, routeSet: proxies.map(\.uri))
    remoteSequence = invite.sequence?.number
  }

  private init?(
    _ invite: SIPMessage, local: SIPAddress?, localTag: String?, localHost: String,
    remote: SIPAddress?, remoteTag: String, remoteTarget: String, routeSet: [String]
  ) {
    guard let call = invite.callIdentifier, invite.sequence?.method == "INVITE", let local,
      let localTag, let remote
    else { return nil }
    self.init(
      callIdentifier: call, localURI: local.uri, localTag: localTag, localHost: localHost,
      remoteURI: remote.uri, remoteTag: remoteTag, remoteTarget: remoteTarget, routeSet: routeSet)
  }

  /// Own Contact: the user of the address of record at the own host.
  public func localContact(_ transport: SIPTransport) -> String {
    let user = SIPURI(localURI)?.user.map { $0 + "@" } ?? ""
    return "sip:\(user)\(localHost);transport=\(transport.uriParameter)"
  }

  /// The number of the next own request, counted up (section 12.2.1.1). An ACK and a CANCEL have
  /// their INVITE's instead.
  public mutating func nextSequence() -> UInt32 {
    let next = (localSequence ?? 0) + 1
    localSequence = next
    return next
  }

  /// Whether the request is of the other side and in this dialog (section 12.2.2).
  public func contains(_ request: SIPMessage) -> Bool {
    request.callIdentifier == callIdentifier && request.to?.tag == localTag
      && request.from?.tag == remoteTag
  }

  /// Takes a request of the other side in order.
  ///
  /// - Returns: nil where it may be answered; 481 where it is of another dialog, 500 where an older
  ///   request comes after a newer one (section 12.2.2). An ACK is never answered.
  public mutating func accept(_ request: SIPMessage) -> SIPStatus? {
    guard contains(request), let number = request.sequence?.number else {
      return .callDoesNotExist
    }
    if request.method == "ACK" || request.method == "CANCEL" { return nil }
    if let remoteSequence, number <= remoteSequence { return .serverInternalError }
    remoteSequence = number
    return nil
  }
}
