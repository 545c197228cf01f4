import ArgumentParser
import Campaigns
import Configuration
import Results

/// `avpfsim merge`
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Put the shards of a suite together.",
    discussion: """
      Writes what one machine would have written, whatever the order of the shards. All shards of one \
      plan, seed, version of avpfsim and build of libvpx must be there, each once and finished; files \
      that the plan names must stand where they stood.

      Example:
        avpfsim suite plan.yaml -o shards --shard 1/2
        avpfsim suite plan.yaml -o shards --shard 2/2
        avpfsim merge shards -o results/mine
      """)

  @Argument(
    help: ArgumentHelp("Files of shards, or folders with such files.", valueName: "shard"))
  var shards: [String]

  @OptionGroup var output: OutputOption

  func run() throws {
    let journals = try JournalSet(shards: shards)
    let document = journals.header.document
    let plan = try Plan(
      ConfigurationFile.parse(document.text, file: document.file), seed: document.seed)
    guard plan.jobs.count == journals.header.jobCount else {
      throw CampaignError.usage(
        "\(document.file): found \(plan.jobs.count) jobs with the files that the plan names, expected "
          + "\(journals.header.jobCount) as in the shards")
    }
    let gnuplot = try Gnuplot()
    try FormerResults.refuseOthers(in: output.output, writing: document.kind.rawValue)
    let interruption = try Interruption()
    let suite = SuiteResults(plan: plan, journals: journals, folder: output.output)
    let account = try suite.write(interruption)
    try suite.show(
      account, with: gnuplot, interruption, remedy: "avpfsim plot \(output.output)")
    if journals.disturbedCount > 0 {
      Terminal.complain(
        "a process was ended over \(journals.disturbedCount) of \(plan.jobs.count) jobs, whose rows say "
          + "so; avpfsim suite with --shard and --resume does them again")
    }
    try Failures.report(account.failures, of: plan.calls)
    if journals.disturbedCount > 0 { throw ExitCode(Outcome.fault) }
  }
}
