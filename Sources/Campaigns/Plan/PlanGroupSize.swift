import CallSimulation
import SimulationKernel

/// How much work a group of a plan is.
public struct PlanGroupSize: Sendable {
  public let name: String
  /// Each is called once with every seed.
  public let cells: [Scenario]
  public let seeds: Int
  /// Of all its calls, at the most where frames are a file's; nil where they are simulated whole.
  public let probes: Int?
  /// How long the calls of each cell are simulated together, in seconds; with probes at the most, since
  /// each ends with its repair. Floating point: a million calls of a day each are more nanoseconds than
  /// a `SimDuration` has.
  let cellSeconds: [Double]

  init(_ group: PlanGroup) {
    name = group.name
    cells = group.cells
    seeds = group.seeds
    probes = group.probes.map { ground in
      group.cells.reduce(0) { $0 + ground.probesPerCall($1) } * group.seeds
    }
    cellSeconds = Self.seconds(group)
  }

  private static func seconds(_ group: PlanGroup) -> [Double] {
    let seeds = Double(group.seeds)
    guard let ground = group.probes else { return group.cells.map { $0.duration.seconds * seeds } }
    var pasts: [Scenario] = []
    return group.cells.map { cell in
      let count = ground.probesPerCall(cell)
      let jobs = Double((count + ProbeSet.probesPerJob - 1) / ProbeSet.probesPerJob)
      let futures = ground.settings.horizon.seconds * Double(count) * seeds
      // Cells with a past in common have it simulated once.
      guard !pasts.contains(cell.past) else { return futures }
      pasts.append(cell.past)
      return futures + cell.duration.seconds * jobs * seeds
    }
  }

  public var calls: Int { cells.count * seeds }

  /// Seconds that its calls last together; with probes, that they are simulated for at the most.
  public var simulatedSeconds: Double { cellSeconds.reduce(0, +) }
}

extension SimDuration {
  fileprivate var seconds: Double { Double(nanoseconds) / 1e9 }
}
