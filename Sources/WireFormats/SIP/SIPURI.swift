/// A sip or sips URI taken apart (RFC 3261 section 19.1).
public struct SIPURI: Hashable, Sendable {
  /// A sips URI, which asks for TLS on every hop.
  public var isSecure: Bool
  /// With the password where there is one, escapes kept as they are.
  public var user: String?
  /// A name or an address; one of IPv6 stands in brackets.
  public var host: String
  /// 1...65535; nil stands for the transport's own.
  public var port: Int?
  public var parameters: [SIPParameter]
  /// What stands behind the question mark.
  public var headers: String?

  public init(
    user: String? = nil, host: String, port: Int? = nil, parameters: [SIPParameter] = [],
    isSecure: Bool = false
  ) {
    self.isSecure = isSecure
    self.user = user
    self.host = host
    self.port = port
    self.parameters = parameters
  }

  /// Reads a URI without angle brackets; nil where it is of another scheme or malformed.
  public init?(_ text: String) {
    let scheme = SIPText.splitOnce(text, at: UInt8(ascii: ":"))
    guard let rest = scheme.tail, rest.utf8.allSatisfy(Self.isAllowed), Self.hasGoodEscapes(rest)
    else { return nil }
    switch scheme.head.lowercased() {
    case "sip": isSecure = false
    case "sips": isSecure = true
    default: return nil
    }
    // A user may hold semicolons and question marks, so it is cut off first.
    let sides = SIPText.splitOnce(rest, at: UInt8(ascii: "@"))
    user = sides.tail == nil ? nil : sides.head
    let place = SIPText.splitOnce(sides.tail ?? rest, at: UInt8(ascii: "?"))
    headers = place.tail
    let target = SIPText.splitOnce(place.head, at: UInt8(ascii: ";"))
    guard user != "", !place.head.utf8.contains(UInt8(ascii: "@")),
      let address = SIPHostPort(target.head),
      let parameters = SIPParameter.list(target.tail.map { ";" + $0 } ?? "")
    else { return nil }
    host = address.host
    port = address.port
    self.parameters = parameters
  }

  public var text: String {
    var text = isSecure ? "sips:" : "sip:"
    if let user { text += user + "@" }
    text += SIPHostPort(host: host, port: port).text
    for parameter in parameters { text += parameter.text }
    if let headers { text += "?" + headers }
    return text
  }

  /// The lr parameter: the element routes loosely (section 19.1.1).
  public var isLooseRouter: Bool { parameters.first(named: "lr") != nil }

  // Printable ASCII other than what delimits a URI in a header.
  private static func isAllowed(_ octet: UInt8) -> Bool {
    octet > 0x20 && octet < 0x7F && octet != UInt8(ascii: "<") && octet != UInt8(ascii: ">")
      && octet != UInt8(ascii: "\"")
  }

  private static func hasGoodEscapes(_ text: String) -> Bool {
    let octets = Array(text.utf8)
    return octets.indices.allSatisfy { index in
      octets[index] != UInt8(ascii: "%")
        || index + 2 < octets.count
          && octets[index + 1...index + 2].allSatisfy(SIPText.isHexadecimal)
    }
  }
}

/// Host and port as they stand in a URI or a Via.
struct SIPHostPort: Hashable {
  var host: String
  var port: Int?

  init(host: String, port: Int?) {
    self.host = host
    self.port = port
  }

  /// nil where the host is empty or has characters of no name and no address, or the port is none.
  init?(_ text: String) {
    var digits: String?
    if text.utf8.first == UInt8(ascii: "[") {
      let sides = SIPText.splitOnce(text, at: UInt8(ascii: "]"))
      guard let rest = sides.tail, rest.isEmpty || rest.utf8.first == UInt8(ascii: ":") else {
        return nil
      }
      let address = sides.head.dropFirst()
      guard !address.isEmpty,
        address.utf8.allSatisfy({
          SIPText.isHexadecimal($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
        })
      else { return nil }
      host = "[" + address + "]"
      digits = rest.isEmpty ? nil : String(rest.dropFirst())
    } else {
      let sides = SIPText.splitOnce(text, at: UInt8(ascii: ":"))
      guard !sides.head.isEmpty, sides.head.utf8.allSatisfy(Self.isName) else { return nil }
      host = sides.head
      digits = sides.tail
    }
    guard let digits else { return }
    guard !digits.isEmpty, digits.utf8.count <= 5, digits.utf8.allSatisfy(SIPText.isDigit),
      let port = Int(digits), (1...65_535).contains(port)
    else { return nil }
    self.port = port
  }

  var text: String { host + (port.map { ":\($0)" } ?? "") }

  private static func isName(_ octet: UInt8) -> Bool {
    SIPText.isAlphanumeric(octet) || octet == UInt8(ascii: "-") || octet == UInt8(ascii: ".")
  }
}
