import CallSimulation

/// How much work a group of a plan is.
public struct PlanGroupSize: Sendable {
  public let name: String
  /// Each is called once with every seed.
  public let cells: [Scenario]
  public let seeds: Int

  public var calls: Int { cells.count * seeds }

  /// Seconds that its calls last together. A sum of floating point: a million calls of a day each are
  /// more nanoseconds than a `SimDuration` has.
  public var simulatedSeconds: Double {
    cells.reduce(0) { $0 + $1.durationSeconds } * Double(seeds)
  }
}

extension Scenario {
  var durationSeconds: Double { Double(duration.nanoseconds) * 1e-9 }
}
