import ArgumentParser
import Campaigns
import Foundation

/// `avpfsim worker`: what `suite` and `validate` start; it speaks frames, not text.
struct WorkerSubcommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Serve a parent process.", shouldDisplay: false)

  @Option var probes = ProbeFollower.branching

  func run() throws {
    // Nothing else that writes to standard output may get between the frames.
    let output = dup(1)
    dup2(2, 1)
    let code = Worker.serve(input: 0, output: output, follower: probes)
    if code != Outcome.done { throw ExitCode(code) }
  }
}

extension ProbeFollower: ExpressibleByArgument {}
