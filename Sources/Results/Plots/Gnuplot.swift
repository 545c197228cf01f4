import Foundation

/// A plot that stands in the folder as script, SVG and PNG.
public struct DrawnPlot: Sendable, Equatable {
  public var plot: Plot
  public var svgPath: String
  public var pngPath: String
}

/// The gnuplot of this machine.
public struct Gnuplot: Sendable {
  /// The executable's path.
  public let path: String

  /// Looks for gnuplot.
  ///
  /// - Parameters:
  ///   - executable: its name, or a path with a slash.
  ///   - searchPath: folders with colons between, PATH where not given.
  /// - Throws: `OutputError.gnuplotMissing`.
  public init(
    executable: String = "gnuplot",
    searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? ""
  ) throws(OutputError) {
    let candidates =
      executable.contains("/")
      ? [executable] : searchPath.split(separator: ":").map { "\($0)/\(executable)" }
    guard let found = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      throw .gnuplotMissing(executable: executable)
    }
    path = found
  }

  /// Writes a plot's script, SVG and PNG into a folder; all three appear complete or not at all.
  ///
  /// - Throws: `OutputError` where gnuplot fails or the folder is not writable.
  public func draw(_ plot: Plot, in folder: String) throws(OutputError) -> DrawnPlot {
    let scriptName = "\(plot.name).gp"
    let names = ["\(plot.name).svg", "\(plot.name).png"]
    let partials = names.map { "\(folder)/\(WholeFile.partialName(of: $0))" }
    let partialScript = "\(plot.name).gp.drawing"
    try WholeFile.write(plot.script, to: "\(folder)/\(partialScript)")
    do {
      try run(plot.name, script: partialScript, names: names, in: folder)
    } catch {
      for path in partials + ["\(folder)/\(partialScript)"] { unlink(path) }
      throw error
    }
    for (partial, name) in zip(partials, names) {
      try WholeFile.move(partial, to: "\(folder)/\(name)")
    }
    try WholeFile.move("\(folder)/\(partialScript)", to: "\(folder)/\(scriptName)")
    return DrawnPlot(
      plot: plot, svgPath: "\(folder)/\(names[0])", pngPath: "\(folder)/\(names[1])")
  }

  private func run(
    _ plot: String, script: String, names: [String], in folder: String
  ) throws(OutputError) {
    let process = Process()
    let messages = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let partials = names.map(WholeFile.partialName(of:))
    process.arguments = ["-e", "svg=\"\(partials[0])\"; png=\"\(partials[1])\"", script]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = messages
    do {
      try process.run()
    } catch {
      throw .gnuplotFailed(plot: plot, status: -1, message: error.localizedDescription)
    }
    let said = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let lines = said.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty && $0 != "^" }
    let isComplete = partials.allSatisfy {
      FileManager.default.fileExists(atPath: "\(folder)/\($0)")
    }
    guard process.terminationStatus == 0, isComplete else {
      throw .gnuplotFailed(
        plot: plot, status: Int(process.terminationStatus),
        message: lines.last ?? "it wrote no picture")
    }
  }
}
