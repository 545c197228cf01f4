/// How a SIP hop is carried, as a Via names it (RFC 3261 section 20.42).
public enum SIPTransport: String, CaseIterable, Sendable {
  case udp = "UDP"
  case tcp = "TCP"
  case tls = "TLS"

  /// The value of a URI's transport parameter.
  public var uriParameter: String {
    switch self {
    case .udp: "udp"
    case .tcp: "tcp"
    case .tls: "tls"
    }
  }
}

/// One hop of a message's way back (RFC 3261 section 20.42).
public struct SIPVia: Hashable, Sendable {
  public var transport: SIPTransport
  /// Host and, where it is told, port of who sent the message.
  public var sentBy: String
  /// In the order of the header, the branch among them.
  public var parameters: [SIPParameter]

  /// A hop that asks for the response port (RFC 3581), as user agents and proxies do.
  public init(transport: SIPTransport, sentBy: String, branch: String) {
    self.transport = transport
    self.sentBy = sentBy
    parameters = [
      SIPParameter(name: "rport"), SIPParameter(name: "branch", value: branch),
    ]
  }

  /// Reads one Via value; nil where it is none of SIP/2.0 over a transport known here.
  public init?(_ text: String) {
    let sides = SIPText.splitOnce(text, at: UInt8(ascii: ";"))
    // Blanks may stand around the slashes (section 25.1).
    let protocolParts = sides.head.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 2)
      .map { SIPText.trimmed(String(Substring($0))) }
    guard protocolParts.count == 3, SIPText.equalIgnoringCase(protocolParts[0], "SIP"),
      protocolParts[1] == "2.0"
    else { return nil }
    let hop = protocolParts[2].utf8.split(whereSeparator: SIPText.isBlank)
      .map { String(Substring($0)) }
    guard hop.count == 2, let transport = SIPTransport(rawValue: hop[0].uppercased()),
      let parameters = SIPParameter.list(sides.tail.map { ";" + $0 } ?? "")
    else { return nil }
    self.transport = transport
    sentBy = hop[1]
    self.parameters = parameters
  }

  /// The transaction that the hop belongs to; nil where the Via has no branch.
  public var branch: String? {
    parameters.first(named: "branch")?.value
  }

  /// The address that the receiver saw, where it noted one (section 18.2.1).
  public var received: String? { parameters.first(named: "received")?.value }

  /// Whether the hop wants its response where its request came from (RFC 3581 section 3).
  public var asksForResponsePort: Bool { parameters.first(named: "rport") != nil }

  /// The port that the receiver saw (RFC 3581); nil where it noted none.
  public var responsePort: Int? {
    parameters.first(named: "rport")?.value.flatMap { Int($0) }
      .flatMap { (1...65_535).contains($0) ? $0 : nil }
  }

  /// The value as it stands in a header.
  public var text: String {
    parameters.reduce("SIP/2.0/\(transport.rawValue) \(sentBy)") { text, parameter in
      text + parameter.text
    }
  }

  /// The Via after its receiver noted where it came from (RFC 3261 section 18.2.1, RFC 3581
  /// section 4): `rport` gets its value and `received` is added.
  public func received(from address: String, port: Int) -> SIPVia {
    var via = self
    via.parameters.removeAll { SIPText.equalIgnoringCase($0.name, "received") }
    if let index = via.parameters.firstIndex(where: { SIPText.equalIgnoringCase($0.name, "rport") })
    {
      via.parameters[index].value = String(port)
    }
    via.parameters.append(SIPParameter(name: "received", value: address))
    return via
  }
}
