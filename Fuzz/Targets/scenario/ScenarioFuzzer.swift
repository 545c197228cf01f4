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
    case .plan where !node.hasMany("seeds") && !node.hasLongRanges:
      checkRefusal { () throws(ConfigurationError) in
        let plan = try Plan(node)
        check(!plan.jobs.isEmpty, "a plan without a call")
      }
    case .settings where !node.hasMany("calls"):
      checkRefusal { () throws(ConfigurationError) in
        let settings = try ValidationSettings(node, checks: false)
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
    case .scenario, .sdp, .slurm: false
    case .plan: node["groups"] != nil
    case .settings: node["networks"] != nil
    }
  }
}

extension ConfigurationNode {
  /// Whether ranges together have so many values that reading all their combinations would only cost
  /// the fuzzer time.
  fileprivate var hasLongRanges: Bool { rangeWeight > 8 }

  /// Digits of the numbers in scalars that may be ranges, a range's dots among them.
  private var rangeWeight: Int {
    switch content {
    case .scalar(let text):
      guard text.contains("..") else { return 0 }
      let words = text.split(separator: " ")
      if let place = words.firstIndex(of: "steps"), place > 0 {
        let digits = words[place - 1].count
        return digits > 2 ? 9 : 4 * digits
      }
      return text.utf8.count > 6 ? 9 : 4
    case .list(let elements): return elements.reduce(0) { $0 + $1.rangeWeight }
    case .mapping(let entries): return entries.reduce(0) { $0 + $1.value.rangeWeight }
    }
  }

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
