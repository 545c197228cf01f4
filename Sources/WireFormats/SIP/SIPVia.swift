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
  /// One parameter, without value where `value` is nil.
  public struct Parameter: Hashable, Sendable {
    public var name: String
    public var value: String?

    public init(name: String, value: String?) {
      self.name = name
      self.value = value
    }
  }

  public var transport: SIPTransport
  /// Host and, where it is told, port of who sent the message.
  public var sentBy: String
  /// In the order of the header, the branch among them.
  public var parameters: [Parameter]

  /// A hop that asks for the response port (RFC 3581), as user agents and proxies do.
  public init(transport: SIPTransport, sentBy: String, branch: String) {
    self.transport = transport
    self.sentBy = sentBy
    parameters = [
      Parameter(name: "rport", value: nil), Parameter(name: "branch", value: branch),
    ]
  }

  /// Reads one Via value; nil where it is none of SIP/2.0 over a transport known here.
  public init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    let hop = parts[0].split { $0 == 0x20 || $0 == 0x09 }.map { String(Substring($0)) }
    guard hop.count == 2, hop[0].hasPrefix("SIP/2.0/"),
      let transport = SIPTransport(rawValue: hop[0].dropFirst(8).uppercased())
    else { return nil }
    self.transport = transport
    sentBy = hop[1]
    parameters = []
    for part in parts.dropFirst() {
      let sides = part.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false
      ).map { SIPText.trimmed(String(Substring($0))) }
      guard !sides[0].isEmpty else { return nil }
      parameters.append(Parameter(name: sides[0], value: sides.count == 2 ? sides[1] : nil))
    }
  }

  /// The transaction that the hop belongs to; nil where the Via has no branch.
  public var branch: String? {
    parameters.first { SIPText.equalIgnoringCase($0.name, "branch") }?.value
  }

  /// The value as it stands in a header.
  public var text: String {
    parameters.reduce("SIP/2.0/\(transport.rawValue) \(sentBy)") { text, parameter in
      text + ";" + parameter.name + (parameter.value.map { "=" + $0 } ?? "")
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
    via.parameters.append(Parameter(name: "received", value: address))
    return via
  }
}
