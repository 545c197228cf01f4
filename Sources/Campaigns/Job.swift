import CallSimulation
import Configuration
import MediaSession
import NetworkModels
import Results
import Signalling
import SimulationKernel
import VP8Codec

/// The scenario of one of a cell's calls. They have all but the seed in common, and hold it once: a plan
/// may have a million calls, and a scenario has thousands of octets.
public struct CallScenario: Sendable, Equatable {
  private final class Cell: Sendable {
    let scenario: Scenario

    init(_ scenario: Scenario) { self.scenario = scenario }
  }

  private let cell: Cell
  /// The call's own.
  public let seed: UInt64

  /// - Parameter seeds: of the calls.
  /// - Returns: a scenario for each seed.
  public static func calls(of scenario: Scenario, seeds: [UInt64]) -> [CallScenario] {
    let cell = Cell(scenario)
    return seeds.map { CallScenario(cell: cell, seed: $0) }
  }

  private init(cell: Cell, seed: UInt64) {
    self.cell = cell
    self.seed = seed
  }

  /// The scenario of a call that stands alone.
  public init(_ scenario: Scenario) { self.init(cell: Cell(scenario), seed: scenario.seed) }

  public var value: Scenario {
    var scenario = cell.scenario
    scenario.seed = seed
    return scenario
  }

  public static func == (one: CallScenario, other: CallScenario) -> Bool {
    one.seed == other.seed && (one.cell === other.cell || one.value == other.value)
  }
}

/// What a worker does at a time: a whole call, or the probes of one.
public struct Job: Sendable, Equatable {
  public enum Work: Sendable, Equatable {
    /// - keepsFrames: whether frames.csv gets its rows.
    case call(CallScenario, keepsFrames: Bool)
    case probes(ProbeSet)
  }
  /// The group its results are filed under.
  public var group: String
  /// The position of its call in the plan, of several the first one's.
  public var run: Int
  public var work: Work

  public init(group: String, run: Int, work: Work) {
    self.group = group
    self.run = run
    self.work = work
  }

  /// A whole call.
  public init(group: String, run: Int, scenario: CallScenario, keepsFrames: Bool) {
    self.init(group: group, run: run, work: .call(scenario, keepsFrames: keepsFrames))
  }

  /// The call's scenario; of a job of probes the first one's.
  public var scenario: Scenario {
    switch work {
    case .call(let scenario, _): scenario.value
    case .probes(let set): set.variants[0].scenario
    }
  }
}

extension Job {
  /// The calls it is about.
  var calls: [(run: Int, scenario: Scenario)] {
    switch work {
    case .call(let scenario, _): [(run, scenario.value)]
    case .probes(let set): set.variants.map { ($0.run, $0.scenario) }
    }
  }
}

/// A file that describes many calls: enough for another process to make the same list of jobs.
public struct CampaignDocument: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable { case plan, settings }

  public var kind: Kind
  /// The file's name for errors.
  public var file: String
  public var text: String
  /// Replaces the seed that the file gives.
  public var seed: UInt64?
  /// Of settings: what they are compared with, and which calls are meant; nil: the first look's.
  public var validation: ValidationPart?

  public init(
    kind: Kind, file: String, text: String, seed: UInt64? = nil, validation: ValidationPart? = nil
  ) {
    self.kind = kind
    self.file = file
    self.text = text
    self.seed = seed
    self.validation = validation
  }

  /// The calls in their order, which is the order of all results.
  public func jobs() throws(ConfigurationError) -> [Job] {
    let node = try ConfigurationFile.parse(text, file: file)
    switch kind {
    case .plan: return try Plan(node, seed: seed).jobs
    case .settings:
      let settings = try ValidationSettings(
        node, baseline: validation?.baselineNode(), seed: seed, checks: false)
      return validation?.round.map { settings.jobs($0) } ?? settings.jobs
    }
  }
}

/// The seed of the `number`-th call of each cell, from 0.
///
/// It depends on nothing else, so that the calls of one number meet the same channels in every
/// cell. Below 2^53, so that tools that read numbers as floating point keep it.
func callSeed(campaignSeed: UInt64, number: Int) -> UInt64 {
  StreamKey(seed: campaignSeed, name: "call.\(number)").value >> 11
}
