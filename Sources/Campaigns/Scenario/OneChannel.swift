import CallSimulation
import Configuration

/// Calls that meet the same losses whatever their seed, since a trace says which: many of them are one
/// observation of the network, and an interval over them has no width that means anything.
enum OneChannel {
  /// Whether calls with these settings are such.
  static func isMet(by scenario: Scenario) -> Bool {
    let link = scenario.media.effectiveForward
    return link.playsLosses && link.traceStart != .random
  }

  /// A sentence with its place; nil where losses differ, or there is but one call.
  ///
  /// - Parameter node: what the scenario was read from.
  static func warning(_ scenario: Scenario, _ node: ConfigurationNode, calls: Int) -> String? {
    guard calls > 1, isMet(by: scenario) else { return nil }
    let path =
      ["network"] + (node.value(at: ["network", "relay", "trace"]) == nil ? [] : ["relay"])
    let error = ConfigurationError(
      place: node.value(at: path + ["trace"])?.place ?? node.place,
      key: (path + ["trace"]).joined(separator: "."),
      problem:
        "begins at the same moment in each of \(calls) calls, which meet the same losses and count "
        + "as one; expected trace-start: random beside it")
    return "\(error)"
  }
}
