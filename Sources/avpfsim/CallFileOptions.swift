import ArgumentParser
import CallSimulation
import Foundation

/// Files that `avpfsim run` writes beside the results.
struct CallFileOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Writes every packet here, for Wireshark: media, RTCP and signalling.",
      valueName: "pcapng"))
  var capture: String?

  @Option(
    name: .long, help: ArgumentHelp("Writes every encoded frame here.", valueName: "ivf"))
  var ivf: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Writes here what the viewer saw, frame by frame.", valueName: "y4m"))
  var y4m: String?

  func validate() throws {
    let named = [("--capture", capture), ("--ivf", ivf), ("--y4m", y4m)].compactMap {
      (flag, path) in path.map { (flag, URL(fileURLWithPath: $0).standardized.path) }
    }
    for (flag, path) in [("--capture", capture), ("--ivf", ivf), ("--y4m", y4m)] where path == "" {
      throw ValidationError("\(flag): found nothing, expected a file's path")
    }
    for (index, (flag, path)) in named.enumerated() {
      for (earlier, other) in named[..<index] where other == path {
        throw ValidationError(
          "\(flag): found the file of \(earlier), expected one of its own")
      }
    }
  }

  var outputs: CallOutputs { CallOutputs(capture: capture, sent: ivf, shown: y4m) }
}
