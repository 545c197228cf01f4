import Configuration

/// A combination that a group leaves out: keys and what they are then.
struct PlanExclusion {
  private struct Condition {
    var path: [String]
    /// As the file gives it: it may be a value that is a list, or a range, itself.
    var value: ConfigurationNode
    /// Values, of which any is meant.
    var values: [ConfigurationNode]
    /// Ranges without steps: any value within.
    var ranges: [ValueRange]

    func holds(in node: ConfigurationNode) -> Bool {
      guard let found = node.value(at: path) else { return false }
      if value.means(found) || values.contains(where: { $0.means(found) }) { return true }
      guard case .scalar(let text) = found.content, let quantity = Quantity(text) else {
        return false
      }
      return ranges.contains { $0.contains(quantity) }
    }
  }

  private var conditions: [Condition] = []

  /// Whether a combination is left out: all conditions hold in it.
  func holds(in node: ConfigurationNode) -> Bool {
    conditions.allSatisfy { $0.holds(in: node) }
  }

  /// The exclusions of a group.
  static func all(_ reader: ConfigurationReader) throws(ConfigurationError) -> [PlanExclusion] {
    var all: [PlanExclusion] = []
    for element in try reader.list("exclude") ?? [] {
      guard case .mapping(let entries) = element.content, !entries.isEmpty else {
        throw ConfigurationError(
          place: element.place, key: reader.path(to: "exclude"),
          problem: "expected keys and values such as mechanism: none")
      }
      var exclusion = PlanExclusion()
      for entry in entries {
        exclusion.conditions.append(try condition(entry, reader.path(to: "exclude")))
      }
      all.append(exclusion)
    }
    return all
  }

  private static func condition(
    _ entry: ConfigurationNode.Entry, _ prefix: String
  ) throws(ConfigurationError) -> Condition {
    let path = try PlanAxis.keyPath(entry, prefix)
    let key = "\(prefix).\(entry.key)"
    var condition = Condition(path: path, value: entry.value, values: [], ranges: [])
    var elements = [entry.value]
    if case .list(let list) = entry.value.content { elements = list }
    for element in elements {
      if let range = try ValueRange(element, key) {
        if range.steps == nil {
          condition.ranges.append(range)
        } else {
          condition.values += try range.nodes(element, key)
        }
      } else {
        condition.values.append(element)
      }
    }
    return condition
  }
}
