import ArgumentParser
import CallSimulation
import Campaigns
import Foundation
import Results

/// `avpfsim replay`
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Simulate one call of a results folder again, with all that can be seen of it.",
    discussion: """
      Takes the plan and the seed from the folder's manifest.json, and writes the call's packets for \
      Wireshark, every encoded frame, the pictures around the loss, its story, and a page with its \
      timeline. Says whether the row comes out as the folder has it.

      A probe's call loses nothing before the probe, and is followed until it is repaired. Files that the \
      plan names are looked for where they were, so it is started where the results were made.

      Example:
        avpfsim replay results/demo --episode 12/0
        avpfsim replay results/demo --probe 700/3 -o results/probe

      Exit codes: 0 the same, 3 the row is another one.
      """)

  @Argument(help: ArgumentHelp("A results folder of suite or validate.", valueName: "dir"))
  var folder: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The call: RUN, or RUN/EPISODE, as episodes.csv numbers them.", valueName: "ID"))
  var episode: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Or a probe: RUN/NUMBER, as probes.csv numbers them.", valueName: "ID"))
  var probe: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Folder for the call's files (default: replay-ID in the results folder).", valueName: "dir"))
  var output: String?

  func validate() throws {
    guard (episode == nil) != (probe == nil) else {
      throw ValidationError(
        episode == nil
          ? "found neither --episode nor --probe, expected one of them"
          : "--probe: found with --episode, expected one of them")
    }
  }

  func run() throws {
    guard let wanted = try identifier() else { return }
    let source = try ReplaySource(path: folder)
    let choice = try source.choice(wanted)
    let path = output ?? "\(folder)/replay-\(wanted.folderPart)"
    let interruption = try Interruption()
    let writer = try ResultsWriter(path: path, files: CSVFile.ofCalls)
    var manifest = source.manifest
    manifest.command = Manifest(planName: "", plan: "", seed: 0, calls: 1).command
    manifest.calls = 1
    manifest.kind = "replay"
    let result = try simulate(choice, writer, manifest, interruption)
    try interruption.end()
    print(CallStory(result.records).text(episodes: RunCommand.episodesOnTerminal), terminator: "")
    print(
      "The call's timeline is in \(path)/\(CallPage.fileName), its packets in "
        + "\(path)/\(Replay.captureName)")
    if let difference = result.difference {
      fflush(nil)
      throw CampaignError.environment(
        "run \(choice.run) came out otherwise than in \(folder): \(difference)\(versions(source.manifest))"
      )
    }
    print(confirmation(choice))
  }

  private func identifier() throws -> ReplayIdentifier? {
    if let episode { return try ReplayIdentifier(episode: episode) }
    return try probe.map { try ReplayIdentifier(probe: $0) }
  }

  /// What was compared and found the same.
  private func confirmation(_ choice: ReplaySource.Choice) -> String {
    switch choice.expected {
    case .probe: "The row is the same as in \(folder)/\(CSVFile.probes.fileName)"
    case .call(let call):
      (call.isWhole ? "All \(call.episodes.count) episodes" : "The episode's row")
        + " and the call's row are the same as in \(folder)/\(CSVFile.episodes.fileName) and "
        + CSVFile.runs.fileName
    }
  }

  private func simulate(
    _ choice: ReplaySource.Choice, _ writer: ResultsWriter, _ manifest: Manifest,
    _ interruption: Interruption
  ) throws -> Replay.Result {
    var progress = Progress(simulating: choice.scenario.duration)
    defer { progress.clear() }
    return try Replay(choice, folder: writer, manifest: manifest).run { now in
      if let signal = interruption.signal { throw CampaignError.interrupted(signal: signal) }
      progress.show(now)
    }
  }

  /// Another build of the program or of libvpx explains much.
  private func versions(_ manifest: Manifest) -> String {
    let own = Manifest(planName: "", plan: "", seed: 0, calls: 1)
    guard own.version != manifest.version || own.libvpxVersion != manifest.libvpxVersion else {
      return ""
    }
    return " (made by avpfsim \(manifest.version) with libvpx \(manifest.libvpxVersion), this is "
      + "\(own.version) with \(own.libvpxVersion))"
  }
}
