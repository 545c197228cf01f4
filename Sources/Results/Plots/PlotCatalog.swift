import Foundation
import SimulationKernel

/// Which plots the data of a results folder allow.
public struct PlotCatalog: Sendable {
  /// In the order of the report.
  public let plots: [Plot]
  public let omitted: [OmittedPlot]
  /// The names of plots that folders of another kind have.
  private let foreign: [String]

  /// All plots that are not among `plots`.
  var namesWithoutPlot: [String] { omitted.map(\.name) + foreign }

  private init(_ entries: [PlotOrOmission], foreign: [String]) {
    self.foreign = foreign
    plots = entries.compactMap { if case .plot(let plot) = $0 { plot } else { nil } }
    omitted = entries.compactMap { if case .omitted(let omitted) = $0 { omitted } else { nil } }
  }

  /// Of a suite.

  /// - Parameters:
  ///   - frames: the rows of frames.csv for the calls of `runsWithFramesWanted`.
  ///   - seed: of the bootstrap's resamples.
  public init(_ results: ResultSet, frames: [FrameRow], seed: UInt64 = 1) {
    let ofProbes = [
      ProbeDistributionPlot.make(results, seed: seed),
      ProbeRatioPlot.make(results, seed: seed),
      ProbeLossPlot.make(results, seed: seed),
    ]
    let ofCalls = [
      RecoveryDistributionPlot.make(results, seed: seed),
      CausePlots.byMechanism(results),
      PictureQualityPlot.make(results, frames: frames),
      RecoveryCurvePlots.byRoundTrip(results, seed: seed),
      RecoveryCurvePlots.byLoss(results, seed: seed),
      RecoveryCurvePlots.byProxies(results, seed: seed),
      CausePlots.byProxies(results),
      CausePlots.byRequestInterval(results),
      SituationPlot.make(results, seed: seed),
    ]
    let (hasProbes, hasCalls) = (results.probes.count > 0, !results.calls.isEmpty)
    let entries = (hasProbes ? ofProbes : []) + (hasCalls || !hasProbes ? ofCalls : [])
    let others = (hasProbes ? [] : ofProbes) + (hasCalls || !hasProbes ? [] : ofCalls)
    self.init(entries, foreign: others.map(\.name) + ValidationPlots.names)
  }

  /// Of a validation.
  init(_ verdicts: Verdicts, _ cells: ValidationCells, seed: UInt64) {
    self.init(
      ValidationPlots.all(verdicts, cells, seed: seed), foreign: Self.namesOfSuites)
  }

  private static var namesOfSuites: [String] {
    guard let nothing = try? ResultSet(runs: [], episodes: []) else { return [] }
    let suite = PlotCatalog(nothing, frames: [])
    return suite.namesWithoutPlot.filter { !ValidationPlots.names.contains($0) }
  }

  /// What a report says of the plots where nothing can draw them.
  public var withoutGnuplot: [OmittedPlot] {
    plots.map { OmittedPlot(name: $0.name, reason: "gnuplot was not found") } + omitted
  }

  /// Where the drawings are in a results folder.
  public static let folderName = "plots"

  /// Removes the drawings of all plots, and the folder where nothing else is in it.
  public static func removeDrawings(in folder: String) {
    for name in namesOfSuites + ValidationPlots.names + [ComparisonPlot.name] {
      removeDrawing(name, in: folder)
    }
    rmdir(folder)
  }

  static func removeDrawing(_ name: String, in folder: String) {
    for ending in ["gp", "svg", "png"] { unlink("\(folder)/\(name).\(ending)") }
  }

  /// The calls whose frames the plots need: one a mechanism of group `one-loss`, or of a folder
  /// that holds no more calls than mechanisms; the first with an episode where there is one.
  public static func runsWithFramesWanted(_ results: ResultSet) -> [Int] {
    var calls = results.calls(in: "one-loss")
    if calls.isEmpty, results.calls.count == results.mechanisms(of: results.calls).count {
      calls = results.calls
    }
    return results.mechanisms(of: calls).compactMap { style in
      let own = calls.filter { $0.conditions.mechanism == style.name }
      return (ResultSet.damaged(own).first ?? own.first)?.conditions.run
    }
  }
}

extension ResultSet {
  /// A sample for each mechanism that has an episode.
  func drawnSamples(of calls: [Call]) -> [DrawnSample] {
    mechanisms(of: Self.damaged(calls)).map { style in
      DrawnSample(style, CallSample(calls.filter { $0.conditions.mechanism == style.name }))
    }
  }

  /// The mechanisms that a plot of these calls leaves out, as a caption's sentence; empty where it
  /// leaves out none.
  func undrawnSentence(_ calls: [Call]) -> String {
    let drawn = mechanisms(of: Self.damaged(calls))
    let others = mechanisms(of: calls).filter { !drawn.contains($0) }
    guard !others.isEmpty else { return "" }
    return " Without any episode, and so not drawn: "
      + others.map(\.title).joined(separator: ", ") + "."
  }
}
