// The responses that a user agent or a proxy makes.
extension SIPMessage {
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

  /// A response that makes a dialog (section 12.1.1): the request's Record-Route, the own tag and
  /// Contact, and the answer to the offer.
  ///
  /// - Parameters:
  ///   - dialog: the callee's, made from this request.
  ///   - status: a 2xx, or a provisional one other than 100.
  public static func response(
    to invite: SIPMessage, _ status: SIPStatus, dialog: SIPDialog, transport: SIPTransport,
    answer: SIPBody? = nil
  ) -> SIPMessage {
    precondition((101...299).contains(status.rawValue), "\(status) makes no dialog")
    let plain = response(to: invite, status).addingToTag(dialog.localTag)
    // Without its Content-Length, which goes to the end.
    var headers = plain.headers.dropLast()
    headers += invite.headers.filter { $0.isNamed(SIPHeaderName.recordRoute) }
    headers.append(contact(dialog, transport))
    if let answer {
      headers.append(Header(name: SIPHeaderName.contentType, value: answer.mediaType))
    }
    return SIPMessage(
      startLine: plain.startLine, headers: Array(headers), body: answer?.octets ?? [])
  }

  /// The response with a tag at its To, which every one but the 100 has (section 8.2.6.2); the same
  /// where there is one already.
  public func addingToTag(_ tag: String) -> SIPMessage {
    guard let index = headers.firstIndex(where: { $0.isNamed(SIPHeaderName.to) }),
      to?.tag == nil
    else { return self }
    var message = self
    message.headers[index].value += ";tag=\(tag)"
    return message
  }
}
