import ArgumentParser
import Campaigns
import Configuration
import NetworkModels
import Results
import SimulationKernel

/// `avpfsim trace`
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Look at, fit and make traces of loss, delay and rate.",
    discussion: """
      A trace is a text file: losses as 0 and 1, as counts or as lost sequence numbers; packets \
      with their delays; rates over time; or a file of Mahimahi's.

      Example:
        avpfsim trace stats losses.txt
        avpfsim trace fit losses.txt
        avpfsim trace plot losses.txt -o losses.svg
      """,
    subcommands: [
      TraceImportCommand.self, TraceStatsCommand.self, TraceFitCommand.self, TraceListCommand.self,
      TraceShowCommand.self,
      TracePlotCommand.self, TraceGenerateCommand.self,
    ])
}

extension TraceFormat: ExpressibleByArgument {}
extension TraceRecipe.Model: ExpressibleByArgument {}

/// The file of a trace, and how it is read.
struct TraceInput: ParsableArguments {
  @Argument(help: "A trace.")
  var file: String

  @Option(
    name: .long, parsing: .unconditional,
    help: "How the file is written (default: found out from its first lines).")
  var format: TraceFormat?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Between packets of which only the order is known (default: the file's, or 10ms).",
      valueName: "duration"))
  var interval: String?

  func load() throws -> TraceFile {
    let node = interval.map {
      ConfigurationNode(.scalar($0), place: ConfigurationPlace(file: "--interval"))
    }
    let range = SimDuration.microseconds(1)...TraceParser.longestInterval
    return try TraceFile(
      path: file, format: format,
      interval: node.map { try ConfigurationValue.duration(range).read($0, path: "") })
  }
}

/// `avpfsim trace stats`
struct TraceStatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Print loss rate, bursts and correlation, delays, or the rate of a trace.",
    discussion: """
      Example:
        avpfsim trace stats losses.txt
        avpfsim trace stats losses.csv --format lost-sequence --interval 20ms
      """)

  @OptionGroup var input: TraceInput

  func run() throws {
    print(
      TraceStatisticsReport.text(try input.load(), usesColour: Terminal.usesColour), terminator: "")
  }
}

/// `avpfsim trace fit`
struct TraceFitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Say which model of loss explains a trace, and the scenario's keys for it.",
    discussion: """
      Fits independent loss, Gilbert's model by counting and Gilbert-Elliott's by Baum and Welch's \
      algorithm, and compares them by likelihood and BIC.

      Example:
        avpfsim trace fit losses.txt
      """)

  @OptionGroup var input: TraceInput

  func run() throws {
    print(try TraceFitReport(input.load()).text(usesColour: Terminal.usesColour), terminator: "")
  }
}

/// `avpfsim trace list`
struct TraceListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the traces in a folder with what they hold.",
    discussion: """
      Without a folder it is traces here, or else beside the program. Files that are no traces are \
      named on standard error, and end it with 2.

      Example:
        avpfsim trace list
        avpfsim trace list captures/march
      """)

  @Argument(help: ArgumentHelp("A folder.", valueName: "dir"))
  var folder: String?

  func run() throws {
    let shelf = try TraceShelf(folder: folder ?? TraceShelf.standardFolder())
    let (table, faults) = shelf.list()
    if !table.rows.isEmpty { print(table.text(usesColour: Terminal.usesColour), terminator: "") }
    for fault in faults { Terminal.complain(fault.description) }
    if !faults.isEmpty { throw ExitCode(Outcome.badInput) }
  }
}

/// `avpfsim trace show`
struct TraceShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a trace over time as text.",
    discussion: """
      Example:
        avpfsim trace show losses.txt
      """)

  @OptionGroup var input: TraceInput

  func run() throws {
    print(TracePicture.text(try input.load()), terminator: "")
  }
}

/// `avpfsim trace plot`
struct TracePlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw a trace over time.",
    discussion: """
      Example:
        avpfsim trace plot losses.txt -o losses.svg
      """)

  @OptionGroup var input: TraceInput

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The picture: a name that ends in .svg or .png.", valueName: "picture"))
  var output: String

  func run() throws {
    _ = try TraceDrawing.isVector(output)
    try TraceDrawing.draw(input.load(), to: output, with: Gnuplot())
  }
}

/// `avpfsim trace generate`
struct TraceGenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Write a trace that a model makes.",
    discussion: """
      The same seed gives the same file. gilbert needs --loss and --burst; gilbert-elliott \
      --good-to-bad and --bad-to-good, which are chances of a packet's step; random-walk --lowest \
      and --highest; network a --scenario, whose way to the receiver it tries with a packet each \
      interval.

      Example:
        avpfsim trace generate gilbert --loss 2% --burst 60ms -o losses.txt
        avpfsim trace generate gilbert-elliott --good-to-bad 1% --bad-to-good 10% --bad-loss 50% -o losses.txt
        avpfsim trace generate random-walk --lowest 300kbps --highest 3Mbps --format mahimahi -o lte.down
        avpfsim trace generate network --scenario call.yaml -o made.csv
      """)

  @Argument(help: "gilbert, gilbert-elliott, random-walk or network.")
  var model: TraceRecipe.Model

  @Option(name: .shortAndLong, help: ArgumentHelp("The trace.", valueName: "file"))
  var output: String

  @Option(
    name: .long, parsing: .unconditional,
    help: "How the file is written (default: pattern, rate or packets).")
  var format: TraceFormat?

  @Option(name: .long, parsing: .unconditional, help: "How long it takes.")
  var duration = "60s"

  @Option(name: .long, parsing: .unconditional, help: "The same seed gives the same trace.")
  var seed: UInt64 = 1

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Between two packets (default: 10ms).", valueName: "duration"))
  var interval: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("gilbert: packets lost.", valueName: "2%"))
  var loss: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("gilbert: the mean length of a burst.", valueName: "60ms"))
  var burst: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("gilbert-elliott: a good packet has a bad one behind it.", valueName: "1%"))
  var goodToBad: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("gilbert-elliott: a bad packet has a good one behind it.", valueName: "10%"))
  var badToGood: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("gilbert-elliott: loss while good (default: 0%).", valueName: "0.1%"))
  var goodLoss: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("gilbert-elliott: loss while bad (default: 100%).", valueName: "50%"))
  var badLoss: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("random-walk: the lowest rate.", valueName: "300kbps"))
  var lowest: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("random-walk: the highest rate.", valueName: "3Mbps"))
  var highest: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("random-walk: time between changes (default: 500ms).", valueName: "500ms"))
  var change: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "random-walk: the largest change, of highest less lowest (default: 10%).", valueName: "10%"))
  var step: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("network: the scenario whose network it is.", valueName: "call.yaml"))
  var scenario: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "network: a packet's size with its headers (default: 100).", valueName: "100"))
  var octets: String?

  func run() throws {
    var recipe = TraceRecipe(model: model)
    recipe.duration = duration
    recipe.seed = seed
    recipe.format = format
    recipe.options = [
      ("interval", interval), ("loss", loss), ("burst", burst), ("good-to-bad", goodToBad),
      ("bad-to-good", badToGood), ("good-loss", goodLoss), ("bad-loss", badLoss),
      ("lowest", lowest), ("highest", highest), ("change", change), ("step", step),
      ("scenario", scenario), ("octets", octets),
    ].compactMap { (name, text) in text.map { (name, $0) } }
    try recipe.write(to: output)
  }
}
