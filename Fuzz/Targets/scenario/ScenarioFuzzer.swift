import Campaigns
import Configuration
import FuzzSupport

/// The input is a file of YAML, which is read as a scenario, a plan and a settings file.
@main
enum ScenarioFuzzer {
  static func main() { fuzz(attack) }

  private static func attack(_ octets: UnsafeRawBufferPointer) {
    guard let text = String(validating: octets, as: UTF8.self) else { return }
    var node: ConfigurationNode?
    checkRefusal { () throws(ConfigurationError) in
      node = try ConfigurationFile.parse(text, file: fileName)
    }
    guard let node else { return }
    let kind = Example.allCases.first { $0.isMeant(by: node) }
    switch kind {
    case .plan where !node.hasMany("seeds"):
      checkRefusal { () throws(ConfigurationError) in
        let plan = try Plan(node)
        check(!plan.jobs.isEmpty, "a plan without a call")
      }
    case .settings where !node.hasMany("calls"):
      checkRefusal { () throws(ConfigurationError) in
        let settings = try ValidationSettings(node)
        check(
          !settings.networks.isEmpty && settings.jobs.count % settings.networks.count == 0,
          "the networks do not share \(settings.jobs.count) calls evenly")
      }
    case .plan, .settings: return
    default:
      checkRefusal { () throws(ConfigurationError) in
        let scenario = try ScenarioReader.read(node)
        check(scenario.duration > .zero, "a call without duration")
        check(try ScenarioReader.read(node) == scenario, "read twice, another scenario")
      }
    }
  }
}

private let fileName = "file.yaml"

/// A refusal is one line that names the file.
private func checkRefusal(_ read: () throws(ConfigurationError) -> Void) {
  do throws(ConfigurationError) {
    try read()
  } catch {
    let sentence = error.description
    check(
      sentence.hasPrefix(fileName + ":")
        && !sentence.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0) ~= $0.value },
      "no sentence for a user: \(sentence.debugDescription)")
  }
}

extension Example {
  /// Whether a file has what only this kind of file has.
  fileprivate func isMeant(by node: ConfigurationNode) -> Bool {
    switch self {
    case .scenario, .sdp: false
    case .plan: node["groups"] != nil
    case .settings: node["networks"] != nil
    }
  }
}

extension ConfigurationNode {
  /// Whether any number of this name is so large that its jobs would only cost the fuzzer time.
  fileprivate func hasMany(_ key: String) -> Bool {
    switch content {
    case .scalar: false
    case .list(let elements): elements.contains { $0.hasMany(key) }
    case .mapping(let entries):
      entries.contains { entry in
        if entry.key == key, case .scalar(let text) = entry.value.content, text.utf8.count > 2 {
          return true
        }
        return entry.value.hasMany(key)
      }
    }
  }
}
