import CallSimulation
import Foundation
import Results
import SimulationKernel
import VP8Codec

/// One call of a results folder, simulated again with all that can be seen of it.
public struct Replay {
  /// The names of files in the folder of a replay.
  public static let captureName = "call.pcapng"
  public static let videoName = "sent.ivf"
  public static let filmstripName = "filmstrip.png"

  /// What came of it.
  public struct Result {
    public var records: CallRecords
    /// The first difference from the results folder, a sentence; nil where all is the same.
    public var difference: String?
  }

  private let choice: ReplaySource.Choice
  private let folder: ResultsWriter
  private let manifest: Manifest

  /// - Parameter manifest: of the replay's folder.
  public init(_ choice: ReplaySource.Choice, folder: ResultsWriter, manifest: Manifest) {
    self.choice = choice
    self.folder = folder
    self.manifest = manifest
  }

  /// Simulates the call and writes its files.
  ///
  /// - Parameter captured: called with the simulated time whenever a frame is captured.
  /// - Throws: as `simulateCall`, and `OutputError` or `CampaignError` where files cannot be written.
  public func run(captured: @escaping (SimTime) throws -> Void) throws -> Result {
    let scenario = choice.scenario
    let clip = try Clip.load(scenario.video, frames: scenario.clipFrames)
    let sheet = FilmSheet(
      clip: clip, lossFrame: lossFrame,
      frameCount: clip.frameRate.frameCount(within: scenario.duration))
    let film = sheet.film()
    let result = try simulate(clip, film, captured)
    let strip = try LossFilmstrip.write(
      sheet.drawn([(scenario.mechanism, film)]), to: "\(folder.path)/\(Self.filmstripName)")
    try folder.append(CSVFile.allCases.map { $0.lines(for: result.records) })
    let page = CallPage(result.records, filmstrip: strip, focus: focus)
    try folder.commit(adding: [
      (CallStory.fileName, CallStory(result.records).text()),
      (CallPage.fileName, try page.html()), (Manifest.fileName, manifest.json),
    ])
    return result
  }

  /// The frame that was hit, by the results folder.
  private var lossFrame: Int {
    switch choice.expected {
    case .call(let call): call.episodes[0].episode.firstDamagedFrame
    case .probe(let row, _): row.probe.frame
    }
  }

  private var focus: Int {
    switch choice.expected {
    case .call(let call): call.episodes[0].episode.episode
    case .probe: 0
    }
  }

  private func simulate(
    _ clip: Clip, _ film: ScreenFilm, _ captured: @escaping (SimTime) throws -> Void
  ) throws -> Result {
    let outputs = CallOutputs(
      capture: "\(folder.path)/\(Self.captureName)", sent: "\(folder.path)/\(Self.videoName)")
    switch choice.expected {
    case .call(let call):
      let records = try simulateCall(
        choice.scenario, clip: clip, run: choice.run, group: choice.group, outputs: outputs,
        film: film, watchesTransport: true, captured: captured)
      return Result(records: records, difference: try call.difference(from: records))
    case .probe(let row, let settings):
      guard
        let (outcome, records) = try simulateProbe(
          row.probe, in: choice.scenario, clip: clip, settling: settings.settling,
          run: choice.run, group: choice.group, outputs: outputs, film: film)
      else {
        throw CampaignError.environment(
          "the call is over before frame \(row.probe.frame), which probes.csv has a probe at")
      }
      let own = ProbeRow(conditions: records.conditions, probe: row.probe, outcome: outcome)
      return Result(
        records: records,
        difference: try CSVFile.probes.difference(
          between: CSVFile.line(for: row), and: CSVFile.line(for: own)))
    }
  }
}
