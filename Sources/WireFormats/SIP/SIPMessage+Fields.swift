// Headers taken apart. Each is nil where the header is absent or malformed; `checkComposition`
// tells the two apart.
extension SIPMessage {
  public var from: SIPAddress? { value(of: SIPHeaderName.from).flatMap { SIPAddress($0) } }
  public var to: SIPAddress? { value(of: SIPHeaderName.to).flatMap { SIPAddress($0) } }

  /// The first Contact.
  public var contact: SIPAddress? {
    elements(of: SIPHeaderName.contact).first.flatMap { SIPAddress($0) }
  }

  /// Every hop of the way back, the last one first; nil where one is not readable.
  public var vias: [SIPVia]? { all(of: SIPHeaderName.via) { SIPVia($0) } }

  /// The hops that are still ahead (RFC 3261 section 20.34); empty where there are none.
  public var routes: [SIPAddress]? { all(of: SIPHeaderName.route) { SIPAddress($0) } }

  /// The proxies that stay in the dialog's way, in the header's order (section 20.30).
  public var recordRoutes: [SIPAddress]? {
    all(of: SIPHeaderName.recordRoute) { SIPAddress($0) }
  }

  /// 0...255 (section 20.22).
  public var maxForwards: Int? {
    guard let value = value(of: SIPHeaderName.maxForwards), !value.isEmpty,
      value.utf8.allSatisfy(SIPText.isDigit), let hops = Int(value), hops <= 255
    else { return nil }
    return hops
  }

  /// Type and subtype of the body in lower case, without parameters.
  public var mediaType: String? {
    value(of: SIPHeaderName.contentType).map { type in
      SIPText.trimmed(SIPText.splitOnce(type, at: UInt8(ascii: ";")).head).lowercased()
    }
  }

  /// The package that an INFO belongs to (RFC 6086 section 7.2), without parameters; nil for a legacy
  /// use, as the video fast update is.
  public var infoPackage: String? {
    value(of: SIPHeaderName.infoPackage).map {
      SIPText.trimmed(SIPText.splitOnce($0, at: UInt8(ascii: ";")).head)
    }
  }

  private func all<Element>(of fullName: String, _ parse: (String) -> Element?) -> [Element]? {
    var list: [Element] = []
    for text in elements(of: fullName) {
      guard let element = parse(text) else { return nil }
      list.append(element)
    }
    return list
  }
}

extension SIPMessage {
  /// Checks what holds of every message (RFC 3261 sections 8.1.1 and 20), beyond its grammar: a
  /// request that fails is answered by 400, a response is dropped.
  ///
  /// - Throws: `WireError` with the header's name; the place is not told any more.
  public func checkComposition() throws(WireError) {
    try require("Via", topVia != nil, expected: "SIP/2.0/UDP, TCP or TLS")
    try checkIdentity()
    if case .request(let method, let uri) = startLine {
      guard SIPAddress.isURI(uri) else {
        throw WireError("SIP request URI", at: 0, .badSyntax, expected: "a URI with its scheme")
      }
      // Section 8.2.
      guard let sequence, sequence.method == method else {
        throw WireError("CSeq", at: 0, .badSyntax, expected: "the request's own method")
      }
    }
    if value(of: SIPHeaderName.maxForwards) != nil {
      try require(
        "Max-Forwards", maxForwards != nil, expected: "0...255")
    }
    for (name, field, isReadable) in [
      (SIPHeaderName.recordRoute, "Record-Route" as StaticString, recordRoutes != nil),
      (SIPHeaderName.route, "Route", routes != nil),
    ] where value(of: name) != nil && !isReadable {
      throw WireError(field, at: 0, .badSyntax, expected: "addresses in angle brackets")
    }
    // A Contact of REGISTER may be a star, which no dialog has.
    if let contact = value(of: SIPHeaderName.contact), contact != "*", self.contact == nil {
      throw WireError("Contact", at: 0, .badSyntax, expected: "an address")
    }
    // Section 7.4.1.
    guard body.isEmpty || mediaType?.utf8.contains(UInt8(ascii: "/")) == true else {
      throw WireError("Content-Type", at: 0, .badSyntax, expected: "the body's media type")
    }
  }

  /// What ties a message to its dialog and transaction, once each.
  private func checkIdentity() throws(WireError) {
    try requireOnce(
      SIPHeaderName.from, "From", from?.tag?.isEmpty == false, expected: "an address with a tag")
    try requireOnce(SIPHeaderName.to, "To", to != nil, expected: "an address")
    try requireOnce(
      SIPHeaderName.callID, "Call-ID", callIdentifier?.isEmpty == false, expected: "a text")
    // Section 8.1.1.5: below 2^31.
    try requireOnce(
      SIPHeaderName.cseq, "CSeq", sequence.map { $0.number < 1 << 31 } ?? false,
      expected: "a number below 2^31 and a method")
  }

  private func require(
    _ field: StaticString, _ isGood: Bool, expected: StaticString
  ) throws(WireError) {
    guard isGood else { throw WireError(field, at: 0, .badSyntax, expected: expected) }
  }

  private func requireOnce(
    _ name: String, _ field: StaticString, _ isGood: Bool, expected: StaticString
  ) throws(WireError) {
    let count = headers.count { $0.isNamed(name) }
    guard count == 1 else {
      throw WireError(field, at: 0, .badValue(found: count), expected: "one such header")
    }
    try require(field, isGood, expected: expected)
  }
}
