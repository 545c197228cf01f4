import Configuration

/// What a group varies: a key, or keys that change together, and the values they take.
struct PlanAxis {
  /// Keys as paths from a scenario's top.
  var paths: [[String]]
  /// A value for each path, in the order of the file; at least one choice.
  var choices: [[ConfigurationNode]]

  /// Keys whose values are ranges themselves.
  private static let keysOfRanges = ["signalling.retry-after-491", "sender.encoding-time"]

  /// The axes of a group, the slowest to change first: pairings, then what is varied by itself.
  static func all(_ reader: ConfigurationReader) throws(ConfigurationError) -> [PlanAxis] {
    var axes = try pairings(reader)
    guard let vary = reader.node("vary") else { return axes }
    guard case .mapping(let entries) = vary.content else {
      throw reader.error("vary", "found no mapping, expected keys such as network.rtt with lists")
    }
    for entry in entries {
      let path = try keyPath(entry, reader.path(to: "vary"))
      try refuse(path, among: axes, entry, reader.path(to: "vary"))
      let values = try values(entry, path, reader.path(to: "vary"))
      axes.append(PlanAxis(paths: [path], choices: values.map { [$0] }))
    }
    return axes
  }

  /// `pair`: a list of mappings, in each of which the n-th values of all keys belong together.
  private static func pairings(
    _ reader: ConfigurationReader
  ) throws(ConfigurationError) -> [PlanAxis] {
    var axes: [PlanAxis] = []
    for (index, element) in (try reader.list("pair") ?? []).enumerated() {
      let prefix = "\(reader.path(to: "pair"))[\(index)]"
      guard case .mapping(let entries) = element.content, entries.count >= 2 else {
        throw ConfigurationError(
          place: element.place, key: prefix,
          problem: "expected two or more keys with lists such as network.rtt: [20ms, 50ms], whose "
            + "values belong together one by one")
      }
      axes.append(try pairing(entries, prefix, beside: axes))
    }
    return axes
  }

  private static func pairing(
    _ entries: [ConfigurationNode.Entry], _ prefix: String, beside axes: [PlanAxis]
  ) throws(ConfigurationError) -> PlanAxis {
    var columns: [[ConfigurationNode]] = []
    var paths: [[String]] = []
    for entry in entries {
      let path = try keyPath(entry, prefix)
      try refuse(path, among: axes, entry, prefix)
      let values = try values(entry, path, prefix)
      if let first = columns.first, first.count != values.count {
        throw ConfigurationError(
          place: entry.value.place, key: "\(prefix).\(entry.key)",
          problem:
            "found \(count(values)) beside \(count(first)) of \(entries[0].key), expected as "
            + "many of each")
      }
      columns.append(values)
      paths.append(path)
    }
    let choices = columns[0].indices.map { index in columns.map { $0[index] } }
    return PlanAxis(paths: paths, choices: choices)
  }

  private static func count(_ values: [ConfigurationNode]) -> String {
    values.count == 1 ? "1 value" : "\(values.count) values"
  }

  private static func refuse(
    _ path: [String], among axes: [PlanAxis], _ entry: ConfigurationNode.Entry, _ prefix: String
  ) throws(ConfigurationError) {
    guard axes.contains(where: { $0.paths.contains(path) }) else { return }
    throw ConfigurationError(
      place: entry.place, key: "\(prefix).\(entry.key)",
      problem: "is varied a second time, expected it once in pair and vary")
  }

  /// A key's path, which begins with one of a scenario's keys.
  static func keyPath(
    _ entry: ConfigurationNode.Entry, _ prefix: String
  ) throws(ConfigurationError) -> [String] {
    let path = entry.key.split(separator: ".", maxSplits: 8).map(String.init)
    guard let first = path.first, Plan.scenarioKeys.contains(first) else {
      throw ConfigurationError(
        place: entry.place, key: prefix,
        problem: "unknown key \(quoted(entry.key)), "
          + suggestion(for: path.first ?? "", among: Plan.scenarioKeys))
    }
    return path
  }

  /// The values of a list or a range, ranges within the list written out.
  private static func values(
    _ entry: ConfigurationNode.Entry, _ path: [String], _ prefix: String
  ) throws(ConfigurationError) -> [ConfigurationNode] {
    let key = "\(prefix).\(entry.key)"
    var elements = [entry.value]
    switch entry.value.content {
    case .list(let list) where !list.isEmpty: elements = list
    case .scalar(let text) where ValueRange.isMeant(by: text): break
    default:
      throw ConfigurationError(
        place: entry.value.place, key: key,
        problem: "expected a list of values such as [20ms, 50ms], or a range such as "
          + ValueRange.example)
    }
    var values: [ConfigurationNode] = []
    for element in elements {
      values += try written(element, key, isRangeItself: keysOfRanges.contains(entry.key))
      guard values.count <= PlanGroup.maximumCells else {
        throw ConfigurationError(
          place: element.place, key: key,
          problem: "has over \(PlanGroup.maximumCells) values, expected fewer")
      }
    }
    return values
  }

  private static func written(
    _ node: ConfigurationNode, _ key: String, isRangeItself: Bool
  ) throws(ConfigurationError) -> [ConfigurationNode] {
    guard let range = try ValueRange(node, key), !(isRangeItself && range.steps == nil) else {
      return [node]
    }
    return try range.nodes(node, key)
  }

  /// The keys that no column of the results tells apart, where those that have one do not differ with
  /// each choice.
  func withoutColumn(_ keysWithColumns: Set<String>) -> [String] {
    let names = paths.map { $0.joined(separator: ".") }
    let told = names.indices.filter { keysWithColumns.contains(names[$0]) }
    let distinct = Set(choices.map { choice in told.map { choice[$0].content } })
    return distinct.count == choices.count ? [] : names.filter { !keysWithColumns.contains($0) }
  }
}

extension ValueRange {
  /// The range that a node gives, or nil where it gives something else.
  init?(_ node: ConfigurationNode, _ key: String) throws(ConfigurationError) {
    guard case .scalar(let text) = node.content, ValueRange.isMeant(by: text) else { return nil }
    do throws(ValueRangeFault) {
      try self.init(text)
    } catch {
      throw error.told(of: node, key)
    }
  }

  /// The values as nodes in the place of the range.
  func nodes(
    _ node: ConfigurationNode, _ key: String
  ) throws(ConfigurationError) -> [ConfigurationNode] {
    do throws(ValueRangeFault) {
      return try texts().map { ConfigurationNode(.scalar($0), place: node.place) }
    } catch {
      throw error.told(of: node, key)
    }
  }
}

extension ValueRangeFault {
  fileprivate func told(of node: ConfigurationNode, _ key: String) -> ConfigurationError {
    guard case .scalar(let text) = node.content else { preconditionFailure("ranges are scalars") }
    return ConfigurationError(
      place: node.place, key: key, problem: "found \(quoted(text)), \(problem)")
  }
}
