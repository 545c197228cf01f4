extension ConfigurationNode {
  /// The node as YAML on one line, in braces, brackets and quotes; parsed again it is the same but for
  /// the places.
  public var flowText: String {
    switch content {
    case .scalar(let text): Self.doubleQuoted(text)
    case .list(let elements): "[" + elements.map(\.flowText).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{"
        + entries.map { "\(Self.doubleQuoted($0.key)): \($0.value.flowText)" }
        .joined(separator: ", ") + "}"
    }
  }

  /// This mapping with a key's value replaced as a whole, or added behind.
  public func replacing(_ key: String, with value: ConfigurationNode) -> ConfigurationNode {
    guard case .mapping(var entries) = content else { return self }
    let entry = Entry(key: key, place: value.place, value: value)
    if let index = entries.firstIndex(where: { $0.key == key }) {
      entries[index] = entry
    } else {
      entries.append(entry)
    }
    return ConfigurationNode(.mapping(entries), place: place)
  }

  /// A mapping of keys that no file has.
  public static func mapping(
    _ entries: [(key: String, value: ConfigurationNode)], place: ConfigurationPlace
  ) -> ConfigurationNode {
    ConfigurationNode(
      .mapping(entries.map { Entry(key: $0.key, place: place, value: $0.value) }), place: place)
  }

  /// YAML 1.2 section 7.3.1.
  private static func doubleQuoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where breaksLine(scalar):
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
