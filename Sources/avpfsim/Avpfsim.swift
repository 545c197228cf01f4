import ArgumentParser
import Campaigns
import Configuration
import Foundation
import Results
import VP8Codec

/// The command at the top.
struct Avpfsim: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "avpfsim",
    abstract: "How long a picture stays broken after a packet loss, on real VP8.",
    discussion: """
      Compares RTCP feedback (PLI, SLI, RPSI, FIR, NACK) with SIP INFO as ways of asking for \
      repair, in simulated calls whose pictures libvpx codes and decodes.

      Example:
        avpfsim suite -o results/demo
        avpfsim example scenario > call.yaml
        avpfsim run call.yaml -o results/call

      Exit codes: 0 done, 1 a gate failed or compare found a regression, 2 bad input or usage, \
      3 a fault of the machine or of the program, 4 a gate stayed inconclusive.
      """,
    version: productVersion,
    subcommands: [
      SuiteCommand.self, MergeCommand.self, RunCommand.self, ReplayCommand.self,
      ValidateCommand.self,
      CompareCommand.self, TuneCommand.self, PlotCommand.self,
      SDPCommand.self, SignallingCommand.self, TraceCommand.self, SettingsCommand.self,
      ColumnsCommand.self,
      ExampleCommand.self,
      WorkerSubcommand.self,
    ])
}

/// The exit codes of the command line.
enum Outcome {
  static let done: Int32 = 0
  static let gateFailed: Int32 = 1
  static let badInput: Int32 = 2
  static let fault: Int32 = 3
  static let inconclusive: Int32 = 4
}

@main
enum Main {
  static func main() {
    do {
      try refuseUnknownCommand()
      var command = try Avpfsim.parseAsRoot()
      try command.run()
    } catch {
      exit(report(error))
    }
  }

  /// The parser would call the command and its arguments unexpected.
  private static func refuseUnknownCommand() throws(CampaignError) {
    let names = Avpfsim.configuration.subcommands.compactMap { command in
      command.configuration.shouldDisplay ? command._commandName : nil
    }
    guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"),
      !(names + ["help", WorkerSubcommand._commandName]).contains(word)
    else { return }
    let nearest = nearestName(to: word, among: names).map { ", did you mean \($0)?" }
    throw .usage(
      "unknown command \"\(word)\""
        + (nearest ?? ", expected one of \(names.joined(separator: ", "))"))
  }

  /// Says what went wrong in one sentence, and returns the exit code.
  private static func report(_ error: any Error) -> Int32 {
    switch error {
    case let code as ExitCode: return code.rawValue
    case let error as ConfigurationError: return complain("\(error)", Outcome.badInput)
    case let error as CSVError: return complain("\(error)", Outcome.badInput)
    case let error as ComparisonError: return complain("\(error)", Outcome.badInput)
    case let error as CampaignError: return complain("\(error)", code(of: error))
    case let error as ClipError:
      if case .ffmpegMissing = error { return complain("\(error)", Outcome.fault) }
      return complain("\(error)", Outcome.badInput)
    case let error as OutputError:
      if case .noCalls = error { return complain("\(error)", Outcome.badInput) }
      return complain("\(error)", Outcome.fault)
    case let error as VP8Error: return complain("\(error)", Outcome.fault)
    default: break
    }
    let code = Avpfsim.exitCode(for: error)
    if code == .success {
      print(Avpfsim.fullMessage(for: error))
      return Outcome.done
    }
    guard code == .validationFailure else {
      return complain(Avpfsim.message(for: error), Outcome.fault)
    }
    return complain(Avpfsim.message(for: error) + help(on: error), Outcome.badInput)
  }

  private static func code(of error: CampaignError) -> Int32 {
    switch error {
    case .usage: Outcome.badInput
    case .environment: Outcome.fault
    case .interrupted(let signal): 128 + signal
    case .resumable(let error, _): code(of: error)
    }
  }

  /// Where to read about the command that was used wrongly: ` (see avpfsim run --help)`.
  private static func help(on error: any Error) -> String {
    // The parser knows the command, and says so in the last line of its own message.
    let parts = Avpfsim.fullMessage(for: error).split(separator: "'")
    guard let command = parts.last(where: { $0.hasSuffix("--help") }) else { return "" }
    return " (see \(command))"
  }

  private static func complain(_ sentence: String, _ code: Int32) -> Int32 {
    Terminal.complain(sentence)
    return code
  }
}
