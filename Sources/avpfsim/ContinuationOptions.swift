import ArgumentParser
import Campaigns

/// Options of a run that may be done in pieces.
struct ContinuationOptions: ParsableArguments {
  @Flag(help: "Goes on from the journal of an earlier run in the folder, if there is one.")
  var resume = false

  @Flag(help: "Throws such a journal away; with neither it is refused.")
  var restart = false

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Does the K-th of N parts, and leaves a file for avpfsim merge in the folder.",
      valueName: "K/N"),
    transform: { text in
      guard let shard = Shard(text) else {
        throw ValidationError(
          "expected two whole numbers such as 1/4, the first from 1 to the second")
      }
      return shard
    })
  var shard: Shard?

  func validate() throws {
    if resume, restart {
      throw ValidationError("--restart: found with --resume, expected one of them")
    }
  }

  var beginning: Journal.Beginning { resume ? .resume : restart ? .restart : .new }
}
