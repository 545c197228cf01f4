import CallSimulation
import Configuration
import MediaSession
import NetworkModels
import Results
import Signalling
import SimulationKernel
import VP8Codec

/// One call to simulate.
public struct Job: Sendable, Equatable {
  /// The group its results are filed under.
  public var group: String
  public var scenario: Scenario
  /// Whether frames.csv gets its rows.
  public var keepsFrames: Bool

  public init(group: String, scenario: Scenario, keepsFrames: Bool) {
    self.group = group
    self.scenario = scenario
    self.keepsFrames = keepsFrames
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

  public init(kind: Kind, file: String, text: String, seed: UInt64? = nil) {
    self.kind = kind
    self.file = file
    self.text = text
    self.seed = seed
  }

  /// The calls in their order, which is the order of all results.
  public func jobs() throws(ConfigurationError) -> [Job] {
    let node = try ConfigurationFile.parse(text, file: file)
    switch kind {
    case .plan: return try Plan(node, seed: seed).jobs
    case .settings: return try ValidationSettings(node, seed: seed).jobs
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
