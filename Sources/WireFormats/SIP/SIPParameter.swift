/// One parameter of a header or of a URI, `;name=value`, or `;name` alone where `value` is nil.
public struct SIPParameter: Hashable, Sendable {
  public var name: String
  /// As written: a quoted value keeps its quotes, an escaped one its escapes.
  public var value: String?

  public init(name: String, value: String? = nil) {
    self.name = name
    self.value = value
  }

  /// The parameters of a text that is empty or begins with a semicolon; nil where it is neither, or
  /// where a name is missing or no token, or where a quote does not end. Semicolons within quotes part
  /// nothing.
  static func list(_ text: some StringProtocol) -> [SIPParameter]? {
    let rest = SIPText.trimmed(String(text))
    if rest.isEmpty { return [] }
    guard rest.utf8.first == UInt8(ascii: ";"),
      let parts = SIPText.split(String(rest.dropFirst()), at: UInt8(ascii: ";"))
    else { return nil }
    var parameters: [SIPParameter] = []
    for part in parts {
      let sides = SIPText.splitOnce(part, at: UInt8(ascii: "="))
      let name = SIPText.trimmed(sides.head)
      guard !name.isEmpty, name.utf8.allSatisfy(SIPText.isToken) else { return nil }
      parameters.append(SIPParameter(name: name, value: sides.tail.map(SIPText.trimmed)))
    }
    return parameters
  }

  /// As it stands in a header.
  var text: String { ";" + name + (value.map { "=" + $0 } ?? "") }
}

extension [SIPParameter] {
  /// The first parameter of that name, in any case.
  public func first(named name: String) -> SIPParameter? {
    first { SIPText.equalIgnoringCase($0.name, name) }
  }
}
