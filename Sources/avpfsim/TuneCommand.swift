import ArgumentParser
import Campaigns
import Configuration
import Results

/// `avpfsim tune`
struct TuneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Search for the settings that repair soonest at the least cost.",
    discussion: """
      Lays values over the settings of a file that validate reads, and probes each combination with \
      losses at the same frames. The worse half goes, the rest gets more losses, four times over. \
      Prints those that no other beats in recovery, bitrate and PSNR, with the file's gates, \
      and what to change.

      Example:
        avpfsim tune settings.yaml --over golden-interval,cpu-used
        avpfsim tune settings.yaml --over 'mechanism=[pli, rpsi],receiver.playout-delay=40ms..120ms in 3 steps'

      Keys with values of their own:
      \(TuningKey.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

      Exit codes: 0 done, 2 bad input or usage, 3 a fault of the machine or of the program.
      """)

  @Argument(help: ArgumentHelp("Settings, networks and gates.", valueName: "settings.yaml"))
  var settings: String

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "What to vary, with commas between: keys as above, or any key of a scenario with values.",
      valueName: "keys"))
  var over: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Folder for tuning.csv and a plot (default: none).", valueName: "dir"))
  var output: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: "The most settings tried; of more combinations a sample is (default: 48).",
    transform: { try WholeNumber.within(2...2_000, $0) })
  var candidates: Int = Tuning.defaultCandidates

  @Option(
    name: .long, parsing: .unconditional,
    help: "Losses in each call (default: 6).", transform: { try WholeNumber.within(1...100, $0) })
  var probes: Int = Tuning.defaultProbes

  @Option(
    name: .long, parsing: .unconditional,
    help: "Calls on each network to judge the gates by (default: as the file says).",
    transform: { try WholeNumber.within(1...10_000, $0) })
  var calls: Int?

  @OptionGroup var options: CampaignOptions

  func run() throws {
    let tuning = try Tuning(
      ConfigurationFile.load(settings), name: settings, over: over, bound: candidates,
      probesPerCall: probes, calls: calls, seed: options.seed)
    for warning in tuning.warnings { Terminal.complain(warning) }
    // Looked for first, so that its absence does not cost the time of all calls.
    let gnuplot = try output.map { _ in try Gnuplot() }
    let interruption = try Interruption()
    let folder = try output.map { try ResultsWriter(path: $0, files: []) }
    Terminal.complain(tuning.announcement)
    let result = try tuning.run(
      pool: WorkerPool(workers: options.workers), interruption: interruption
    ) { Terminal.complain($0) }
    try folder?.commit(adding: [("tuning.csv", result.csv)])
    try interruption.end()
    print(result.text(usesColour: Terminal.usesColour), terminator: "")
    if let gnuplot, let folder {
      let drawn = try gnuplot.draw(result.plot, in: folder.path)
      print("tuning.csv and \(drawn.svgPath) written")
    }
  }
}
