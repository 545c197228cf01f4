import Foundation

/// A validator for the part of JSON Schema that the project's schemas use.
struct JSONSchema {
  private let root: [String: Any]

  init(path: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    guard let root = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      throw CocoaError(.fileReadCorruptFile)
    }
    self.root = root
  }

  /// What is wrong with a text, by the member's path; empty where nothing is.
  func problems(in text: String) throws -> [String] {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    return problems(value, root, at: "$")
  }

  /// Keywords that say nothing of a value.
  private static let annotations = ["$schema", "title", "description"]

  private func problems(_ value: Any, _ schema: [String: Any], at path: String) -> [String] {
    var found: [String] = []
    for (keyword, rule) in schema.sorted(by: { $0.key < $1.key })
    where !Self.annotations.contains(keyword) {
      switch (keyword, rule) {
      case ("type", let name as String):
        if !matches(value, name) { found.append("\(path): not of type \(name)") }
      case ("type", let names as [String]):
        if !names.contains(where: { matches(value, $0) }) {
          found.append("\(path): not of types \(names)")
        }
      case ("enum", let values as [String]):
        if !((value as? String).map(values.contains) ?? false) {
          found.append("\(path): not one of \(values)")
        }
      case ("minimum", let bound as Double):
        if let number = value as? Double, number < bound { found.append("\(path): below \(bound)") }
      case ("maximum", let bound as Double):
        if let number = value as? Double, number > bound { found.append("\(path): above \(bound)") }
      case ("minItems", let count as Int):
        if let list = value as? [Any], list.count < count { found.append("\(path): too short") }
      case ("items", let inner as [String: Any]):
        for (index, element) in ((value as? [Any]) ?? []).enumerated() {
          found += problems(element, inner, at: "\(path)[\(index)]")
        }
      case ("required", let names as [String]):
        let members = value as? [String: Any] ?? [:]
        found += names.filter { members[$0] == nil }.map { "\(path): no member \($0)" }
      case ("properties", let inner as [String: Any]):
        let members = value as? [String: Any] ?? [:]
        for (name, schema) in inner.sorted(by: { $0.key < $1.key }) {
          guard let member = members[name], let schema = schema as? [String: Any] else { continue }
          found += problems(member, schema, at: "\(path).\(name)")
        }
      case ("additionalProperties", let allowed as Bool):
        let known = schema["properties"] as? [String: Any] ?? [:]
        let members = value as? [String: Any] ?? [:]
        if !allowed {
          found += members.keys.filter { known[$0] == nil }.sorted().map {
            "\(path): unknown member \($0)"
          }
        }
      default: found.append("\(path): the validator does not know \(keyword)")
      }
    }
    return found
  }

  private func matches(_ value: Any, _ type: String) -> Bool {
    let number = value as? NSNumber
    switch type {
    case "object": return value is [String: Any]
    case "array": return value is [Any]
    case "string": return value is String
    case "null": return value is NSNull
    case "number": return number != nil && !(value is String)
    case "integer": return number.map { $0.doubleValue.rounded() == $0.doubleValue } ?? false
    default: return false
    }
  }
}
