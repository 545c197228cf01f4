/// A body with its media type, as the message's maker has it.
public struct SIPBody: Hashable, Sendable {
  public var mediaType: String
  public var octets: [UInt8]

  public init(mediaType: String, octets: [UInt8]) {
    self.mediaType = mediaType
    self.octets = octets
  }

  /// A session description, as octets that nobody here looks into.
  public static func sessionDescription(_ octets: [UInt8]) -> SIPBody {
    SIPBody(mediaType: "application/sdp", octets: octets)
  }
}

// The requests that a user agent makes.
extension SIPMessage {
  /// A request in a dialog (RFC 3261 section 12.2.1.1), or the INVITE that is to make one, where the
  /// dialog has no remote tag yet.
  ///
  /// - Parameters:
  ///   - cseq: higher by one each time; an ACK's is its INVITE's.
  ///   - branch: the transaction's identifier; see `SIPIdentifier.branch(_:)`.
  ///   - extra: headers before User-Agent.
  public static func request(
    _ method: String, in dialog: SIPDialog, cseq: UInt32, branch: String,
    transport: SIPTransport, extra: [Header] = [], body: SIPBody? = nil
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
    let remoteTag = dialog.remoteTag.isEmpty ? "" : ";tag=\(dialog.remoteTag)"
    headers += [
      Header(
        name: SIPHeaderName.from, value: "<\(dialog.localURI)>;tag=\(dialog.localTag)"),
      Header(name: SIPHeaderName.to, value: "<\(dialog.remoteURI)>\(remoteTag)"),
      Header(name: SIPHeaderName.callID, value: dialog.callIdentifier),
      Header(name: SIPHeaderName.cseq, value: "\(cseq) \(method)"),
    ]
    headers += extra
    if let userAgent = dialog.userAgent {
      headers.append(Header(name: SIPHeaderName.userAgent, value: userAgent))
    }
    if let body {
      headers.append(Header(name: SIPHeaderName.contentType, value: body.mediaType))
    }
    return SIPMessage(
      startLine: .request(method: method, uri: dialog.remoteTarget), headers: headers,
      body: body?.octets ?? []
    ).routedForStrictProxy()
  }

  /// An INVITE with its offer (section 13.2.1); in a dialog that is up, a re-INVITE.
  public static func inviteRequest(
    dialog: SIPDialog, cseq: UInt32, branch: String, transport: SIPTransport, offer: SIPBody?
  ) -> SIPMessage {
    request(
      "INVITE", in: dialog, cseq: cseq, branch: branch, transport: transport,
      extra: [contact(dialog, transport)], body: offer)
  }

  /// An INFO in the dialog that asks for a video fast update (RFC 5168, RFC 6086 appendix A).
  ///
  /// - Parameters:
  ///   - cseq: the request's number, higher by one each time.
  ///   - branch: the transaction's identifier; see `SIPIdentifier.branch(_:)`.
  public static func infoRequest(
    dialog: SIPDialog, cseq: UInt32, branch: String, transport: SIPTransport
  ) -> SIPMessage {
    infoRequest(
      dialog: dialog, cseq: cseq, branch: branch, transport: transport, package: nil,
      body: SIPBody(mediaType: MediaControl.contentType, octets: MediaControl().octets()))
  }

  /// An INFO of a package (RFC 6086 section 4.2.1), or of a legacy use where the package is nil.
  public static func infoRequest(
    dialog: SIPDialog, cseq: UInt32, branch: String, transport: SIPTransport, package: String?,
    body: SIPBody?
  ) -> SIPMessage {
    var extra: [Header] = []
    if let package {
      extra.append(Header(name: SIPHeaderName.infoPackage, value: package))
      if body != nil {
        extra.append(Header(name: SIPHeaderName.contentDisposition, value: "Info-Package"))
      }
    }
    return request(
      "INFO", in: dialog, cseq: cseq, branch: branch, transport: transport, extra: extra,
      body: body)
  }

  public static func byeRequest(
    dialog: SIPDialog, cseq: UInt32, branch: String, transport: SIPTransport
  ) -> SIPMessage {
    request("BYE", in: dialog, cseq: cseq, branch: branch, transport: transport)
  }

  /// The ACK of a 2xx, a transaction of its own (section 13.2.2.4).
  ///
  /// - Parameters:
  ///   - cseq: the INVITE's.
  ///   - answer: where the 2xx held the offer.
  public static func acknowledgement(
    dialog: SIPDialog, cseq: UInt32, branch: String, transport: SIPTransport,
    answer: SIPBody? = nil
  ) -> SIPMessage {
    request(
      "ACK", in: dialog, cseq: cseq, branch: branch, transport: transport, body: answer)
  }

  /// The ACK of a final response that is no 2xx, part of the INVITE's transaction (section 17.1.1.3);
  /// nil where the response has no To.
  public static func acknowledgement(
    of response: SIPMessage, to invite: SIPMessage
  ) -> SIPMessage? {
    guard let to = response.value(of: SIPHeaderName.to) else { return nil }
    var request = invite.sameTransaction("ACK")
    guard let index = request.headers.firstIndex(where: { $0.isNamed(SIPHeaderName.to) }) else {
      return nil
    }
    request.headers[index].value = to
    return request
  }

  /// The CANCEL of an INVITE that has had a provisional response (section 9.1).
  public static func cancelRequest(of invite: SIPMessage) -> SIPMessage {
    invite.sameTransaction("CANCEL")
  }

  // The top Via alone, so that the branch is the same, and what names the dialog and the way.
  private func sameTransaction(_ method: String) -> SIPMessage {
    guard case .request(_, let uri) = startLine, let sequence else {
      preconditionFailure("only a request with its CSeq is followed by a \(method)")
    }
    var kept: [Header] = []
    if let via = topVia { kept.append(Header(name: SIPHeaderName.via, value: via.text)) }
    kept.append(Header(name: SIPHeaderName.maxForwards, value: "70"))
    let names = [
      SIPHeaderName.route, SIPHeaderName.from, SIPHeaderName.to, SIPHeaderName.callID,
    ]
    kept += headers.filter { header in names.contains { header.isNamed($0) } }
    kept.append(Header(name: SIPHeaderName.cseq, value: "\(sequence.number) \(method)"))
    return SIPMessage(startLine: .request(method: method, uri: uri), headers: kept)
  }

  static func contact(_ dialog: SIPDialog, _ transport: SIPTransport) -> Header {
    Header(name: SIPHeaderName.contact, value: "<\(dialog.localContact(transport))>")
  }

  /// Whether the request asks for a picture by a body that `MediaControl` recognizes.
  public var isPictureFastUpdate: Bool {
    method == "INFO" && mediaType == MediaControl.contentType
      && (try? MediaControl(octets: body)) != nil
  }
}
