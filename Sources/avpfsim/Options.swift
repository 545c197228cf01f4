import ArgumentParser
import Campaigns
import Configuration
import Results
import VP8Codec

/// Options of the commands that run many calls.
struct CampaignOptions: ParsableArguments {
  // What follows is the value even where it begins with a dash, so that -1 is told what is expected.
  @Option(
    name: .long, parsing: .unconditional,
    help: "Worker processes at a time (default: one for each processor).",
    transform: { text in
      guard let jobs = Int(text), (1...256).contains(jobs) else {
        throw ValidationError("expected a whole number from 1 to 256")
      }
      return jobs
    })
  var jobs: Int?

  @Option(
    name: .long, parsing: .unconditional,
    help: "Replaces the file's seed; the same seed gives the same files.",
    transform: { text in
      do throws(ConfigurationMismatch) {
        return try ConfigurationValue<UInt64>.seed.value(of: text)
      } catch {
        throw ValidationError("expected \(error.expectation)")
      }
    })
  var seed: UInt64?

  var workers: Int { jobs ?? CampaignRun.defaultWorkers }
}

/// The folder that results go to.
struct OutputOption: ParsableArguments {
  @Option(name: .shortAndLong, help: ArgumentHelp("Folder for the results.", valueName: "dir"))
  var output: String
}

extension Manifest {
  /// The manifest of what this command line makes.
  ///
  /// - Parameters:
  ///   - kind, file: what the plan's text is, and where it was read from.
  ///   - command: the command, where it is another one than that which runs.
  init(
    planName: String, kind: String? = nil, file: String? = nil, plan: String, seed: UInt64,
    calls: Int, command: [String]? = nil
  ) {
    self.init(
      version: productVersion, libvpxVersion: VP8Codec.libvpxVersion, planName: planName,
      kind: kind, file: file, plan: plan, seed: seed,
      command: (command ?? CommandLine.arguments).map { Manifest.shellWord($0) }.joined(
        separator: " "),
      calls: calls)
  }
}
