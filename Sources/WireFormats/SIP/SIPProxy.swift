/// An element between two user agents: what it does to a message that it passes on (RFC 3261
/// section 16).
public struct SIPProxy: Hashable, Sendable {
  /// What becomes of a request.
  public enum Forwarding: Hashable, Sendable {
    case forwarded(SIPMessage)
    /// It is answered with this status instead.
    case refused(SIPStatus)
  }

  /// Host and port, as others name it in Route and as it names itself in Via.
  public var host: String
  public var transport: SIPTransport
  /// Puts itself on the Record-Route of requests that make a dialog.
  public var staysInDialog: Bool

  public init(host: String, transport: SIPTransport, staysInDialog: Bool = true) {
    self.host = host
    self.transport = transport
    self.staysInDialog = staysInDialog
  }

  /// The URI under which it stays in a dialog's way.
  public var uri: String { "sip:\(host);transport=\(transport.uriParameter);lr" }

  /// The request as it goes on.
  ///
  /// - Parameter branch: of the proxy's own client transaction.
  public func forward(_ request: SIPMessage, branch: String) -> Forwarding {
    guard request.method != nil else { preconditionFailure("a response is not a request") }
    // Section 16.3 step 3, then the copy with one hop less (section 16.6 steps 1 and 3).
    guard var message = request.decrementingMaxForwards() else {
      return .refused(.tooManyHops)
    }
    guard let routes = message.routes else { return .refused(.badRequest) }
    if let first = routes.first, names(first), let rest = message.removingTopRoute() {
      // Section 16.4.
      message = rest
    }
    // Section 16.6 step 4: in a dialog it would change nothing.
    if staysInDialog, message.method == "INVITE", message.to?.tag == nil {
      message = message.addingRecordRoute(uri)
    }
    return .forwarded(
      message.routedForStrictProxy().addingVia(
        SIPVia(transport: transport, sentBy: host, branch: branch)))
  }

  /// The response as it goes on, without the own Via (section 16.7 step 3); nil where the top one is
  /// another's, or where it was the last, so that the response is for the proxy itself.
  public func forward(_ response: SIPMessage) -> SIPMessage? {
    guard response.status != nil, let via = response.topVia,
      SIPText.equalIgnoringCase(via.sentBy, host), let rest = response.removingTopVia(),
      rest.topVia != nil
    else { return nil }
    return rest
  }

  private func names(_ route: SIPAddress) -> Bool {
    guard let uri = route.sipURI else { return false }
    return SIPText.equalIgnoringCase(SIPHostPort(host: uri.host, port: uri.port).text, host)
  }
}

// The single steps.
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

  /// The request with where it came from noted at its topmost hop, as every element that receives it
  /// does first (section 18.2.1, RFC 3581 section 4).
  ///
  /// A hop that asks by `rport` gets port and address, also where the address is the one it named;
  /// another gets the address, where it named another host. The same where the top Via is not
  /// readable.
  public func notingSource(_ address: String, port: Int) -> SIPMessage {
    guard let via = topVia else { return self }
    let host = SIPHostPort(via.sentBy)?.host
    guard via.asksForResponsePort || host != address else { return self }
    return replacingTopVia(via.received(from: address, port: port)) ?? self
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

  /// The request for a next hop that routes strictly, as RFC 2543 had it: that hop becomes the
  /// Request-URI, and the target the last Route (sections 12.2.1.1 and 16.6 step 6). The same where
  /// the next hop routes loosely or there is none.
  func routedForStrictProxy() -> SIPMessage {
    guard case .request(let method, let target) = startLine,
      let next = elements(of: SIPHeaderName.route).first.flatMap({ SIPAddress($0) }),
      let hop = next.sipURI, !hop.isLooseRouter, let rest = removingTopRoute()
    else { return self }
    var headers = rest.headers
    let index =
      headers.lastIndex { $0.isNamed(SIPHeaderName.route) }
      ?? headers.lastIndex { $0.isNamed(SIPHeaderName.maxForwards) }
      ?? headers.lastIndex { $0.isNamed(SIPHeaderName.via) } ?? -1
    headers.insert(Header(name: SIPHeaderName.route, value: "<\(target)>"), at: index + 1)
    return SIPMessage(
      startLine: .request(method: method, uri: next.uri), headers: headers, body: body)
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
