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
  /// - Parameter command: the command, where it is another one than that which runs.
  init(planName: String, plan: String, seed: UInt64, calls: Int, command: [String]? = nil) {
    self.init(
      version: productVersion, libvpxVersion: VP8Codec.libvpxVersion, planName: planName,
      plan: plan, seed: seed,
      command: (command ?? CommandLine.arguments).map { Manifest.shellWord($0) }.joined(
        separator: " "),
      calls: calls)
  }

  /// A word as a shell takes it back.
  private static func shellWord(_ word: String) -> String {
    let plain = word.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || "0123456789./-_=:+,%".unicodeScalars.contains($0))
    }
    if plain && !word.isEmpty { return word }
    let parts = word.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: "'\\''") + "'"
  }
}
