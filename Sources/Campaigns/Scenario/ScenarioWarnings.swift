import CallSimulation
import Configuration
import MediaSession
import NetworkModels
import Results

/// What a scenario says in vain, or against what its mechanism needs. It is simulated all the same,
/// since a plan may compare such settings on purpose.
extension ScenarioReader {
  /// A sentence for each, with its place.
  ///
  /// - Parameter node: what the scenario was read from.
  public static func warnings(_ scenario: Scenario, _ node: ConfigurationNode) -> [String] {
    findings(scenario, node).map { "\($0.error)" }
  }

  /// The same with how grave each is.
  public static func findings(
    _ scenario: Scenario, _ node: ConfigurationNode
  ) -> [SettingsFinding] {
    var collector = WarningCollector(node)
    let mechanism = scenario.mechanism
    for (path, link) in [
      (["network"], scenario.media.forward), (["network", "reverse"], scenario.media.reverse),
      (["network", "relay"], scenario.media.effectiveForward),
    ] where link.loss == .none {
      collector.warn(path + ["burst"]) {
        $0 == "none" ? nil : "beside a loss of 0%, which has no bursts; expected a loss above 0%"
      }
    }
    if mechanism.usesRTCPFeedback, scenario.rtcp.profile == .avp {
      collector.warn(["rtcp", "profile"]) { _ in
        "beside mechanism \(mechanism.rawValue), whose feedback needs avpf (RFC 4585 section 4.1); "
          + "here, for comparison, it waits for the regular reports"
      }
    }
    collector.collectChecks(scenario)
    collector.collectCombinations(scenario)
    collector.collectSignalling(scenario)
    return collector.found
  }

  /// A sentence for each packet that was to be lost on purpose and was never sent, with its place.
  ///
  /// - Parameter frames: the call's, all of them.
  public static func scriptedLossWarnings(
    _ scenario: Scenario, _ node: ConfigurationNode, frames: [FrameRecord]
  ) -> [String] {
    guard let list = node["network"]?["lose"], case .list(let elements) = list.content else {
      return []
    }
    return scenario.missedScriptedLosses(frames).map { missed in
      let error = ConfigurationError(
        place: elements[missed.position].place, key: "network.lose[\(missed.position)]",
        problem: missed.problem)
      return "\(error)"
    }
  }
}

/// What a check of settings has found.
public struct SettingsFinding: Hashable, Sendable {
  public enum Severity: String, Sendable {
    /// Some calls are worse for it, or a key is given in vain.
    case warning
    /// Pictures stay broken, for certain: `validate` refuses such settings.
    case failure
  }

  public var severity: Severity
  /// The place, the key and what it leads to.
  public var error: ConfigurationError
}

/// Warnings of one scenario as they are found.
struct WarningCollector {
  let node: ConfigurationNode
  private(set) var found: [SettingsFinding] = []

  init(_ node: ConfigurationNode) { self.node = node }

  /// Tells what settings lead to, at the key that stands for it or the nearest one above it that is
  /// given.
  mutating func tell(
    _ path: [String], _ problem: String, _ severity: SettingsFinding.Severity = .warning
  ) {
    var inner = node
    for key in path {
      guard let next = inner[key] else { break }
      inner = next
    }
    add(
      ConfigurationError(place: inner.place, key: path.joined(separator: "."), problem: problem),
      severity)
  }

  /// Warns of a key where it is given.
  ///
  /// - Parameters:
  ///   - path: the key's, from the top.
  ///   - problem: what follows "found <value>"; nil where there is none after all.
  mutating func warn(_ path: [String], _ problem: (String) -> String?) {
    var inner: ConfigurationNode? = node
    for key in path { inner = inner?[key] }
    guard let inner else { return }
    let text =
      switch inner.content {
      case .scalar(let text): text
      case .list: "a list"
      case .mapping: "a mapping"
      }
    guard let problem = problem(text) else { return }
    add(
      ConfigurationError(
        place: inner.place, key: path.joined(separator: "."), problem: "found \(text) \(problem)"),
      .warning)
  }

  private mutating func add(_ error: ConfigurationError, _ severity: SettingsFinding.Severity) {
    found.append(SettingsFinding(severity: severity, error: error))
  }
}
