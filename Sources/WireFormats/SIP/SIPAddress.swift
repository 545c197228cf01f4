/// A party or a hop as From, To, Contact, Route and Record-Route name it (RFC 3261 section 20.10):
/// a display name, a URI, and the header's own parameters.
public struct SIPAddress: Hashable, Sendable {
  /// Without quotes and escapes; empty where there is none.
  public var displayName: String
  /// Of any scheme, as written.
  public var uri: String
  /// Those of the header, not those of the URI.
  public var parameters: [SIPParameter]

  /// - Parameter uri: without angle brackets and blanks (checked when written).
  public init(displayName: String = "", uri: String, tag: String? = nil) {
    self.displayName = displayName
    self.uri = uri
    parameters = tag.map { [SIPParameter(name: "tag", value: $0)] } ?? []
  }

  /// Reads one element of a header's value; nil where it is malformed.
  public init?(_ text: String) {
    var rest = SIPText.trimmed(text)[...]
    if rest.utf8.first == UInt8(ascii: "\"") {
      guard let name = SIPText.takeQuoted(&rest) else { return nil }
      displayName = name
      guard rest.first(where: { $0 != " " && $0 != "\t" }) == "<" else { return nil }
    } else {
      let name = rest.prefix { $0 != "<" && $0 != ";" }
      if name.endIndex < rest.endIndex, rest[name.endIndex] == "<" {
        displayName = SIPText.trimmed(String(name))
        rest = rest[name.endIndex...]
        guard displayName.utf8.allSatisfy({ SIPText.isToken($0) || SIPText.isBlank($0) }) else {
          return nil
        }
      } else {
        displayName = ""
      }
    }
    let parameterText: Substring
    if let open = rest.firstIndex(of: "<") {
      guard let close = rest[open...].firstIndex(of: ">") else { return nil }
      uri = String(rest[rest.index(after: open)..<close])
      parameterText = rest[rest.index(after: close)...]
    } else {
      // Without brackets all parameters are the header's, and the URI may hold no comma, question
      // mark or semicolon (section 20.10).
      let end = rest.firstIndex(of: ";") ?? rest.endIndex
      uri = SIPText.trimmed(String(rest[..<end]))
      guard !uri.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "?") })
      else { return nil }
      parameterText = rest[end...]
    }
    guard Self.isURI(uri), let parameters = SIPParameter.list(parameterText) else { return nil }
    self.parameters = parameters
  }

  /// The URI's parts; nil where it is no well-formed sip or sips URI.
  public var sipURI: SIPURI? { SIPURI(uri) }

  /// The side's part of a dialog's identifier (section 19.3); nil where there is none.
  public var tag: String? { parameters.first(named: "tag")?.value }

  /// The value as it stands in a header, the URI in brackets.
  public var text: String {
    precondition(Self.isURI(uri), "an address holds a URI")
    let name = displayName.isEmpty ? "" : SIPText.quoted(displayName) + " "
    return parameters.reduce("\(name)<\(uri)>") { $0 + $1.text }
  }

  /// A scheme, a colon and printable ASCII without delimiters; a sip URI by its own rules.
  static func isURI(_ text: String) -> Bool {
    let sides = SIPText.splitOnce(text, at: UInt8(ascii: ":"))
    guard let rest = sides.tail, !rest.isEmpty, let first = sides.head.utf8.first,
      SIPText.isLetter(first), sides.head.utf8.allSatisfy(SIPText.isToken)
    else { return false }
    let scheme = sides.head.lowercased()
    if scheme == "sip" || scheme == "sips" { return SIPURI(text) != nil }
    return rest.utf8.allSatisfy {
      $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">")
        && $0 != UInt8(ascii: "\"")
    }
  }
}
