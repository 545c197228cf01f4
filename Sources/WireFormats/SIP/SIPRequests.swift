/// Statuses that the simulation sends (RFC 3261 section 21).
public enum SIPStatus: Int, CaseIterable, Sendable {
  case ok = 200
  case requestTimeout = 408
  case callDoesNotExist = 481
  case tooManyHops = 483
  case requestPending = 491
  case serviceUnavailable = 503

  /// The reason phrase that the standard gives.
  public var reason: String {
    switch self {
    case .ok: "OK"
    case .requestTimeout: "Request Timeout"
    case .callDoesNotExist: "Call/Transaction Does Not Exist"
    case .tooManyHops: "Too Many Hops"
    case .requestPending: "Request Pending"
    case .serviceUnavailable: "Service Unavailable"
    }
  }
}

// What user agents do with messages.
extension SIPMessage {
  /// An INFO in the dialog that asks for a video fast update (RFC 5168, RFC 6086 appendix A).
  ///
  /// - Parameters:
  ///   - cseq: the request's number, higher by one each time.
  ///   - branch: the transaction's identifier; see `SIPIdentifier.branch(_:)`.
  public static func infoRequest(
    dialog: SIPDialog, cseq: UInt32, branch: String, transport: SIPTransport
  ) -> SIPMessage {
    let via = SIPVia(transport: transport, sentBy: dialog.localHost, branch: branch)
    var headers = [
      Header(name: SIPHeaderName.via, value: via.text),
      // RFC 3261 section 8.1.1.6.
      Header(name: SIPHeaderName.maxForwards, value: "70"),
    ]
    for uri in dialog.routeSet {
      headers.append(Header(name: SIPHeaderName.route, value: "<\(uri)>"))
    }
    headers += [
      Header(
        name: SIPHeaderName.from, value: "<\(dialog.localURI)>;tag=\(dialog.localTag)"),
      Header(name: SIPHeaderName.to, value: "<\(dialog.remoteURI)>;tag=\(dialog.remoteTag)"),
      Header(name: SIPHeaderName.callID, value: dialog.callIdentifier),
      Header(name: SIPHeaderName.cseq, value: "\(cseq) INFO"),
    ]
    if let userAgent = dialog.userAgent {
      headers.append(Header(name: SIPHeaderName.userAgent, value: userAgent))
    }
    headers.append(Header(name: SIPHeaderName.contentType, value: MediaControl.contentType))
    return SIPMessage(
      startLine: .request(method: "INFO", uri: dialog.remoteTarget), headers: headers,
      body: MediaControl().octets())
  }

  /// The response to a request: its Vias, From, To, Call-ID and CSeq (RFC 3261 section 8.2.6.2).
  ///
  /// A To without a tag stays without: in a dialog it always has one.
  public static func response(
    to request: SIPMessage, status: Int, reason: String
  ) -> SIPMessage {
    let copied = [
      SIPHeaderName.via, SIPHeaderName.from, SIPHeaderName.to, SIPHeaderName.callID,
      SIPHeaderName.cseq,
    ]
    return SIPMessage(
      startLine: .response(status: status, reason: reason),
      headers: request.headers.filter { header in copied.contains { header.isNamed($0) } })
  }

  /// The response with the standard's own reason phrase.
  public static func response(to request: SIPMessage, _ status: SIPStatus) -> SIPMessage {
    response(to: request, status: status.rawValue, reason: status.reason)
  }

  /// Whether the request asks for a picture by a body that `MediaControl` recognizes.
  public var isPictureFastUpdate: Bool {
    guard method == "INFO", let type = value(of: SIPHeaderName.contentType) else { return false }
    let mediaType = type.utf8.split(
      separator: UInt8(ascii: ";"), maxSplits: 1, omittingEmptySubsequences: false)[0]
    return SIPText.equalIgnoringCase(
      SIPText.trimmed(String(Substring(mediaType))), MediaControl.contentType)
      && (try? MediaControl(octets: body)) != nil
  }
}

// What proxies do with messages (RFC 3261 section 16).
extension SIPMessage {
  /// The message with another hop on top of its way back (section 16.6 step 8).
  public func addingVia(_ via: SIPVia) -> SIPMessage {
    adding(Header(name: SIPHeaderName.via, value: via.text), before: SIPHeaderName.via)
  }

  /// The message without its topmost hop (section 16.7 step 3); nil where it has none.
  public func removingTopVia() -> SIPMessage? {
    removingTop(of: SIPHeaderName.via)
  }

  /// The message with its topmost hop written anew, as its receiver does before it forwards it;
  /// nil where it has none.
  public func replacingTopVia(_ via: SIPVia) -> SIPMessage? {
    removingTopVia()?.addingVia(via)
  }

  /// The message with one hop less to live; nil where it has none left, which makes a 483
  /// (section 16.3 step 3). A message without the header gets 70 (section 16.6 step 3).
  public func decrementingMaxForwards() -> SIPMessage? {
    var message = self
    guard let index = headers.firstIndex(where: { $0.isNamed(SIPHeaderName.maxForwards) }) else {
      message.headers.insert(Header(name: SIPHeaderName.maxForwards, value: "70"), at: 0)
      return message
    }
    guard let left = Int(headers[index].value), left > 0 else { return nil }
    message.headers[index].value = String(left - 1)
    return message
  }

  /// The request with a proxy that wants to stay in the dialog's way (section 16.6 step 4).
  ///
  /// - Parameter uri: the proxy's own, with its lr parameter.
  public func addingRecordRoute(_ uri: String) -> SIPMessage {
    adding(
      Header(name: SIPHeaderName.recordRoute, value: "<\(uri)>"),
      before: SIPHeaderName.recordRoute)
  }

  /// The request without its first Route, as the proxy that it names forwards it (section 16.4);
  /// nil where it has none.
  public func removingTopRoute() -> SIPMessage? {
    removingTop(of: SIPHeaderName.route)
  }

  // Before the first header of that name; without one, after the Vias, as most stacks write.
  private func adding(_ header: Header, before fullName: String) -> SIPMessage {
    var message = self
    let index =
      headers.firstIndex { $0.isNamed(fullName) }
      ?? headers.lastIndex { $0.isNamed(SIPHeaderName.via) }.map { $0 + 1 } ?? 0
    message.headers.insert(header, at: index)
    return message
  }

  private func removingTop(of fullName: String) -> SIPMessage? {
    guard let index = headers.firstIndex(where: { $0.isNamed(fullName) }) else { return nil }
    var message = self
    if let rest = SIPText.splitFirst(headers[index].value).rest {
      message.headers[index].value = rest
    } else {
      message.headers.remove(at: index)
    }
    return message
  }
}
