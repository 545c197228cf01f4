import ArgumentParser
import Campaigns
import Results
import VP8Codec

/// Options of the commands that run many calls.
struct CampaignOptions: ParsableArguments {
  @Option(name: .long, help: "Worker processes at a time (default: one for each processor).")
  var jobs: Int?

  @Option(name: .long, help: "Replaces the file's seed; the same seed gives the same files.")
  var seed: UInt64?

  func validate() throws {
    guard let jobs else { return }
    guard (1...256).contains(jobs) else {
      throw ValidationError("--jobs: found \(jobs), expected a number from 1 to 256")
    }
  }

  var workers: Int { jobs ?? CampaignRun.defaultWorkers }
}

/// The folder that results go to.
struct OutputOption: ParsableArguments {
  @Option(name: .shortAndLong, help: ArgumentHelp("Folder for the results.", valueName: "dir"))
  var output: String
}

extension Manifest {
  /// The manifest of what this command line makes.
  init(planName: String, plan: String, seed: UInt64, calls: Int) {
    self.init(
      version: productVersion, libvpxVersion: VP8Codec.libvpxVersion, planName: planName,
      plan: plan, seed: seed,
      command: CommandLine.arguments.map { Manifest.shellWord($0) }.joined(separator: " "),
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
