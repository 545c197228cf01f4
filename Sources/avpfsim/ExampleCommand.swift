import ArgumentParser
import Campaigns

extension Example: ExpressibleByArgument {}

/// `avpfsim example`
struct ExampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "example",
    abstract: "Write an example file to standard output.",
    discussion: """
      Example:
        avpfsim example scenario > call.yaml
      """)

  @Argument(help: "Which file: scenario, plan, settings, sdp (an offer) or slurm (a job script).")
  var kind: Example

  func run() {
    print(kind.text, terminator: "")
  }
}
