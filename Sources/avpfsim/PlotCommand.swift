import ArgumentParser
import Campaigns
import Foundation
import Results

/// `avpfsim plot`
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw the plots and the report of a results folder again.",
    discussion: """
      Reads the folder's files alone; nothing is simulated. Of a validation the verdicts stay as they are. \
      A comparison is drawn again by the command in its report.

      Example:
        avpfsim plot results/demo
      """)

  @Argument(help: ArgumentHelp("A results folder.", valueName: "dir"))
  var folder: String

  func run() throws {
    let seed = try Manifest.seed(inFolder: folder) ?? 1
    let gnuplot = try Gnuplot()
    let interruption = try Interruption()
    try Drawing.draw(ResultsFolder(path: folder, seed: seed), with: gnuplot, interruption)
  }
}

extension Manifest {
  /// The seed by which a folder was made; nil where it has no manifest.
  fileprivate static func seed(inFolder folder: String) throws -> UInt64? {
    let path = "\(folder)/\(fileName)"
    guard access(path, F_OK) == 0 else { return nil }
    return try Manifest(json: String(contentsOfFile: path, encoding: .utf8), path: path).seed
  }
}
