import CallSimulation
import Configuration
import MediaSession
import NetworkModels
import Results
import Signalling

/// What a scenario says in vain, or against what its mechanism needs. It is simulated all the same,
/// since a plan may compare such settings on purpose.
extension ScenarioReader {
  /// A sentence for each, with its place.
  ///
  /// - Parameter node: what the scenario was read from.
  public static func warnings(_ scenario: Scenario, _ node: ConfigurationNode) -> [String] {
    var found: [ConfigurationError] = []
    func warn(_ path: [String], _ problem: (String) -> String?) {
      var inner: ConfigurationNode? = node
      for key in path { inner = inner?[key] }
      guard let inner, case .scalar(let text) = inner.content, let problem = problem(text) else {
        return
      }
      found.append(
        ConfigurationError(
          place: inner.place, key: path.joined(separator: "."),
          problem: "found \(text) \(problem)"))
    }
    let mechanism = scenario.mechanism
    for (path, link) in [
      (["network"], scenario.media.forward), (["network", "reverse"], scenario.media.reverse),
      (["network", "relay"], scenario.media.effectiveForward),
    ] where link.loss == .none {
      warn(path + ["burst"]) {
        $0 == "none" ? nil : "beside a loss of 0%, which has no bursts; expected a loss above 0%"
      }
    }
    if mechanism.usesRTCPFeedback, scenario.rtcp.profile == .avp {
      warn(["rtcp", "profile"]) { _ in
        "beside mechanism \(mechanism.rawValue), whose feedback needs avpf (RFC 4585 section 4.1); "
          + "here, for comparison, it waits for the regular reports"
      }
    }
    if mechanism.repairsByReference, scenario.codec.errorResilience == 0 {
      warn(["codec", "g_error_resilient"]) { _ in
        "beside mechanism \(mechanism.rawValue), whose repairs then depend on lost frames; "
          + "expected 1"
      }
    }
    if mechanism.usesSIP {
      let transport = scenario.signalling.transport
      if transport == .udp {
        warn(["signalling", "connection"]) { _ in
          "beside transport udp, which has no connections: remove it"
        }
      }
      let policy = scenario.signalling.policy
      if mechanism == .sipInfoPli, policy == .linphone || policy == .freeswitch {
        warn(["signalling", "policy"]) { _ in
          "beside mechanism sip-info+pli, though it sends INFO only where AVPF is not in effect; "
            + "expected pjsip, or mechanism sip-info"
        }
      }
      if transport.tlsVersion == nil {
        warn(["signalling", "tls-processing"]) { _ in
          "beside transport \(transport.rawValue), which has no TLS: remove it"
        }
      }
    }
    return found.map { "\($0)" }
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
