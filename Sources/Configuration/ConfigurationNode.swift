/// A value from a file, with the place where it stands.
public struct ConfigurationNode: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    case scalar(String)
    case list([ConfigurationNode])
    /// In the file's order; no key occurs twice.
    case mapping([Entry])
  }

  /// A key of a mapping and its value.
  public struct Entry: Hashable, Sendable {
    public var key: String
    /// Where the key stands; the value's own place may be a line below.
    public var place: ConfigurationPlace
    public var value: ConfigurationNode

    public init(key: String, place: ConfigurationPlace, value: ConfigurationNode) {
      self.key = key
      self.place = place
      self.value = value
    }
  }

  public var content: Content
  public var place: ConfigurationPlace

  public init(_ content: Content, place: ConfigurationPlace) {
    self.content = content
    self.place = place
  }

  /// The value of a key, where this is a mapping that has it.
  public subscript(key: String) -> ConfigurationNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// This mapping with another laid over it: the other's values win, key by key and at every
  /// depth; anything that is not a mapping on both sides is replaced whole.
  public func overlaid(with other: ConfigurationNode) -> ConfigurationNode {
    guard case .mapping(var entries) = content, case .mapping(let above) = other.content else {
      return other
    }
    for entry in above {
      if let index = entries.firstIndex(where: { $0.key == entry.key }) {
        let value = entries[index].value.overlaid(with: entry.value)
        entries[index] = Entry(key: entry.key, place: entry.place, value: value)
      } else {
        entries.append(entry)
      }
    }
    return ConfigurationNode(.mapping(entries), place: place)
  }

  /// This mapping with `value` at a path of keys; mappings on the way are made where missing.
  public func setting(_ path: [String], to value: ConfigurationNode) -> ConfigurationNode {
    var nested = value
    for key in path.reversed() {
      let entry = Entry(key: key, place: value.place, value: nested)
      nested = ConfigurationNode(.mapping([entry]), place: value.place)
    }
    return overlaid(with: nested)
  }

  /// What kind of value this is, in words for an error.
  var finding: String {
    switch content {
    case .scalar(""): "nothing"
    case .scalar(let text): quoted(text)
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }
}
