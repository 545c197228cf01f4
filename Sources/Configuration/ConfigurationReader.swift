/// Reads the keys of one mapping, each with its type.
///
/// Which keys may occur is said when the reader is made, so that a misspelt key is reported before
/// the one it leaves missing.
public struct ConfigurationReader: Sendable {
  /// Path of this mapping from the file's top; empty at the top.
  public let path: String
  public let place: ConfigurationPlace
  private let entries: [ConfigurationNode.Entry]
  private let keys: [String]

  /// - Throws: `ConfigurationError` where `node` is no mapping or has a key that is not in `keys`.
  public init(
    _ node: ConfigurationNode, path: String = "", keys: [String]
  ) throws(ConfigurationError) {
    guard case .mapping(let entries) = node.content else {
      throw ConfigurationError(
        place: node.place, key: path.isEmpty ? nil : path,
        problem: "found \(node.finding), expected a mapping with keys such as "
          + keys.prefix(3).joined(separator: ", "))
    }
    self.path = path
    self.place = node.place
    self.entries = entries
    self.keys = keys
    for entry in entries where !keys.contains(entry.key) {
      throw ConfigurationError(
        place: entry.place, key: path.isEmpty ? nil : path,
        problem: "unknown key \(quoted(entry.key)), \(suggestion(for: entry.key, among: keys))")
    }
  }

  /// Whether the file gives a key.
  public func has(_ key: String) -> Bool { node(key) != nil }

  /// The node of a key; `key` is one of those the reader was made with (checked).
  public func node(_ key: String) -> ConfigurationNode? {
    precondition(keys.contains(key), "\(key) was not announced")
    return entries.first { $0.key == key }?.value
  }

  /// A key's value, or nil where the file does not give it.
  public func value<Value>(
    _ key: String, _ kind: ConfigurationValue<Value>
  ) throws(ConfigurationError) -> Value? {
    guard let node = node(key) else { return nil }
    return try kind.read(node, path: path(to: key))
  }

  /// A key's value, which the file must give.
  public func required<Value>(
    _ key: String, _ kind: ConfigurationValue<Value>
  ) throws(ConfigurationError) -> Value {
    guard let value = try value(key, kind) else { throw missing(key, kind.expectation) }
    return value
  }

  /// A key's mapping, or nil where the file does not give it.
  public func mapping(
    _ key: String, keys: [String]
  ) throws(ConfigurationError) -> ConfigurationReader? {
    guard let node = node(key) else { return nil }
    return try ConfigurationReader(node, path: path(to: key), keys: keys)
  }

  /// The elements of a key's list, or nil where the file does not give it.
  public func list(_ key: String) throws(ConfigurationError) -> [ConfigurationNode]? {
    guard let node = node(key) else { return nil }
    guard case .list(let elements) = node.content else {
      throw error(key, "found \(node.finding), expected a list")
    }
    return elements
  }

  /// Readers for the elements of a key's list of mappings; empty where the file does not give it.
  public func mappings(
    _ key: String, keys: [String]
  ) throws(ConfigurationError) -> [ConfigurationReader] {
    var readers: [ConfigurationReader] = []
    for (index, node) in (try list(key) ?? []).enumerated() {
      let elementPath = "\(path(to: key))[\(index)]"
      readers.append(try ConfigurationReader(node, path: elementPath, keys: keys))
    }
    return readers
  }

  /// An error about a key's value, for rules that no single value's kind can express.
  public func error(_ key: String, _ problem: String) -> ConfigurationError {
    ConfigurationError(place: node(key)?.place ?? place, key: path(to: key), problem: problem)
  }

  /// The error for a key that must be there.
  public func missing(_ key: String, _ expectation: String) -> ConfigurationError {
    ConfigurationError(
      place: place, key: path(to: key), problem: "missing, expected \(expectation)")
  }

  /// A key's path from the file's top.
  public func path(to key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
