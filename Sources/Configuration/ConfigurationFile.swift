import Foundation
import Yams

/// Reads YAML files into nodes.
///
/// The files are short and written by hand, so bounds are tight: hostile or mistaken input ends in
/// a sentence, never in unbounded memory or recursion.
public enum ConfigurationFile {
  /// Largest file in octets.
  public static let maximumOctets = 262_144

  /// Reads and parses a file.
  ///
  /// - Throws: `ConfigurationError` where the file cannot be read or is not the YAML it must be.
  public static func load(_ path: String) throws(ConfigurationError) -> ConfigurationNode {
    try parse(text(of: path), file: path)
  }

  /// A file's text, which is UTF-8 and within `maximumOctets`.
  public static func text(of path: String) throws(ConfigurationError) -> String {
    guard let text = String(validating: try octets(of: path), as: UTF8.self) else {
      throw ConfigurationError(
        place: ConfigurationPlace(file: path),
        problem: "the file is not UTF-8 text, expected YAML in UTF-8")
    }
    return text
  }

  /// A file's octets, within `maximumOctets`.
  ///
  /// - Parameter kind: what the file holds, for the error.
  public static func octets(
    of path: String, kind: String = "YAML"
  ) throws(ConfigurationError) -> [UInt8] {
    let place = ConfigurationPlace(file: path)
    let octets = try contents(of: path, at: place)
    guard octets.count <= maximumOctets else {
      throw ConfigurationError(
        place: place,
        problem:
          "the file is larger than \(maximumOctets / 1_024) KiB, expected a few KiB of \(kind)")
    }
    return octets
  }

  /// Parses text that was read from `file`.
  public static func parse(
    _ text: String, file: String
  ) throws(ConfigurationError) -> ConfigurationNode {
    try checkBounds(of: text, file: file)
    let root: Node?
    let parser: Parser
    do {
      // The encoding is named because the library's default looks into the environment.
      parser = try Parser(yaml: text, encoding: .utf8)
      root = try parser.singleRoot()
    } catch let error as YamlError {
      throw ConfigurationError(error, file: file)
    } catch {
      throw ConfigurationError(
        place: ConfigurationPlace(file: file), problem: "the file is not YAML: \(error)")
    }
    let place = ConfigurationPlace(file: file)
    guard let root, root != Node("", .implicit) else {
      throw ConfigurationError(
        place: place, problem: "the file is empty, expected a mapping of keys and values")
    }
    // The parser owns the anchors, and nodes only refer to them.
    return try withExtendedLifetime(parser) { () throws(ConfigurationError) in
      try ConfigurationNode(root, file: file)
    }
  }

  private static func contents(
    of path: String, at place: ConfigurationPlace
  ) throws(ConfigurationError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw ConfigurationError(
        place: place, problem: "the file cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var octets = [UInt8](repeating: 0, count: maximumOctets + 1)
    var count = 0
    while count < octets.count {
      let got = octets.withUnsafeMutableBytes { buffer in
        read(descriptor, buffer.baseAddress! + count, buffer.count - count)
      }
      if got < 0 {
        if errno == EINTR { continue }
        throw ConfigurationError(
          place: place, problem: "the file cannot be read: \(String(cString: strerror(errno)))")
      }
      if got == 0 { break }
      count += got
    }
    return Array(octets.prefix(count))
  }

  /// Refuses what would make a recursive parser recurse without bound, or an alias multiply.
  private static func checkBounds(of text: String, file: String) throws(ConfigurationError) {
    var scan = StructureScan(text)
    guard let fault = scan.fault() else { return }
    let problem =
      switch fault {
      case .collectionKey: "found a collection as a key, expected a name"
      case .depth: "the values are nested too deeply, expected a few levels"
      case .aliases: "too many aliases, expected every value to be written out"
      }
    throw ConfigurationError(
      place: ConfigurationPlace(file: file, line: scan.line), problem: problem)
  }
}

extension ConfigurationNode {
  fileprivate init(_ node: Node, file: String) throws(ConfigurationError) {
    let place = ConfigurationPlace(file: file, line: node.mark?.line ?? 0)
    guard node.anchor == nil else {
      throw ConfigurationError(
        place: place, problem: "found an anchor, expected every value to be written out")
    }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain
      // YAML's own ways to write nothing.
      let isNull = isPlain && ["~", "null", "Null", "NULL"].contains(scalar.string)
      self.init(.scalar(isNull ? "" : scalar.string), place: place)
    case .sequence(let sequence):
      var list: [ConfigurationNode] = []
      for element in sequence { list.append(try ConfigurationNode(element, file: file)) }
      self.init(.list(list), place: place)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping {
        let keyPlace = ConfigurationPlace(file: file, line: key.mark?.line ?? place.line)
        guard case .scalar(let name) = key, key.anchor == nil else {
          throw ConfigurationError(
            place: keyPlace, problem: "found a collection as a key, expected a name")
        }
        guard !entries.contains(where: { $0.key == name.string }) else {
          throw ConfigurationError(
            place: keyPlace, key: name.string, problem: "found a second time, expected it once")
        }
        let node = try ConfigurationNode(value, file: file)
        entries.append(Entry(key: name.string, place: keyPlace, value: node))
      }
      self.init(.mapping(entries), place: place)
    case .alias:
      throw ConfigurationError(
        place: place, problem: "found an alias, expected every value to be written out")
    }
  }
}

extension ConfigurationError {
  fileprivate init(_ error: YamlError, file: String) {
    func sentence(_ context: YamlError.Context?, _ problem: String) -> String {
      "the file is not YAML here: \(context.map { "\($0.text), " } ?? "")\(problem)"
    }
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _):
      self.init(
        place: ConfigurationPlace(file: file, line: mark.line), problem: sentence(context, problem))
    case .composer(_, let problem, let mark, _):
      self.init(
        place: ConfigurationPlace(file: file, line: mark.line),
        problem: "the file is not a single YAML document: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      self.init(
        place: ConfigurationPlace(file: file, line: context.mark.line),
        key: duplicates.first.map { String(quoted($0).dropFirst().dropLast()) },
        problem: "found a second time in what begins here, expected it once")
    case .reader(let problem, _, _, _):
      self.init(
        place: ConfigurationPlace(file: file), problem: "the file is not YAML: \(problem)")
    default:
      self.init(place: ConfigurationPlace(file: file), problem: "the file is not YAML")
    }
  }
}
