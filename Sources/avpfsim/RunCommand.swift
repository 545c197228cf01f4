import ArgumentParser
import CallSimulation
import Campaigns
import Configuration
import Foundation
import Results
import VP8Codec

/// `avpfsim run`
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Simulate one call and tell its story.",
    discussion: """
      Prints each loss, and what was noticed, asked, sent and shown, with times; writes the same \
      to story.txt beside the CSV files, and as a page with a drawing of each to call.html.

      Example:
        avpfsim example scenario > call.yaml
        avpfsim run call.yaml -o results/call
        avpfsim run call.yaml -o results/clip --source clip.y4m
        avpfsim run call.yaml -o results/call --capture call.pcapng --y4m shown.y4m
        avpfsim run call.yaml -o results/call --filmstrip loss.png

      A call that lost nothing has no filmstrip: its story and results stand, and the exit code is 2.
      """)

  /// More episodes than this are told in story.txt alone.
  static let episodesOnTerminal = 40

  @Argument(help: ArgumentHelp("The call's settings.", valueName: "scenario.yaml"))
  var scenario: String

  @OptionGroup var output: OutputOption

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Films this instead: talking-head, screen-share, sports, a video file, or - for Y4M on standard input.",
      valueName: "clip"))
  var source: String?

  @OptionGroup var files: CallFileOptions

  func run() throws {
    let text = try ConfigurationFile.text(of: scenario)
    let node = try ConfigurationFile.parse(text, file: self.scenario)
    let scenario = try ScenarioReader.read(node, source: source)
    var inputs = [(path: self.scenario, role: "scenario")]
    if case .file(let clip) = scenario.video.source { inputs.append((clip, "clip")) }
    inputs += ScenarioReader.descriptionPaths(node).map { ($0, "session description") }
    try files.refuseInputs(inputs)
    for warning in ScenarioReader.warnings(scenario, node) { Terminal.complain(warning) }
    let clip = try Clip.load(scenario.video, frames: scenario.clipFrames)
    let interruption = try Interruption()
    try FormerResults.refuseOthers(in: output.output, writing: "scenario")
    let folder = try ResultsWriter(path: output.output, files: CSVFile.ofCalls)
    try files.probeFilmstrip()
    let records = try simulate(scenario, clip, interruption)
    try folder.append(CSVFile.allCases.map { $0.lines(for: records) })
    let story = CallStory(records)
    let manifest = Manifest(
      planName: scenario.name, kind: "scenario", file: self.scenario, plan: text,
      seed: scenario.seed, calls: 1)
    try folder.commit(
      adding: [
        (CallStory.fileName, story.text()), (CallPage.fileName, try CallPage(records).html()),
        (Manifest.fileName, manifest.json),
      ])
    print(story.text(episodes: Self.episodesOnTerminal), terminator: "")
    if story.episodeCount > Self.episodesOnTerminal {
      print("The whole story is in \(folder.path)/\(CallStory.fileName)")
    }
    let page = "\(folder.path)/\(CallPage.fileName)"
    print("The call's timeline is in \(page)")
    // What is complained of comes behind the story, wherever both go.
    fflush(nil)
    for warning in ScenarioReader.scriptedLossWarnings(scenario, node, frames: records.frames) {
      Terminal.complain(warning)
    }
    if let warning = scenario.feedbackWarning(records) { Terminal.complain(warning) }
    if let strip = try writeFilmstrip(node, scenario, clip, records, interruption) {
      try WholeFile.write(try CallPage(records, filmstrip: strip).html(), to: page)
    }
    try interruption.end()
  }

  /// Draws the pictures around the first loss, where they are asked for, and returns the file's octets.
  private func writeFilmstrip(
    _ node: ConfigurationNode, _ scenario: Scenario, _ clip: Clip, _ records: CallRecords,
    _ interruption: Interruption
  ) throws -> [UInt8]? {
    guard let path = files.filmstrip else { return nil }
    let strip = try LossFilmstrip(node, source: source, clip: clip, records: records)
    let names = try files.mechanisms.map(LossFilmstrip.mechanisms(named:))
    let others = LossFilmstrip.mechanisms.filter { $0 != scenario.mechanism }
    let sheet = try strip.drawn(names ?? [scenario.mechanism] + others) { _, _ in
      if let signal = interruption.signal { throw CampaignError.interrupted(signal: signal) }
    }
    return try LossFilmstrip.write(sheet, to: path)
  }

  /// Simulates the call with progress on a terminal, until a signal comes.
  private func simulate(
    _ scenario: Scenario, _ clip: Clip, _ interruption: Interruption
  ) throws -> CallRecords {
    var progress = Progress(simulating: scenario.duration)
    defer { progress.clear() }
    return try simulateCall(scenario, clip: clip, outputs: files.outputs, watchesTransport: true) {
      now in
      if let signal = interruption.signal { throw CampaignError.interrupted(signal: signal) }
      progress.show(now)
    }
  }
}
