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
  /// Once this descriptor is readable, drawing ends as if gnuplot had failed; nil: nothing ends it.
  public var stopDescriptor: Int32?

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
    let said = listen(to: messages.fileHandleForReading.fileDescriptor, of: process)
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

  /// Takes in what a process says until it ends, or ends it where drawing is to stop.
  private func listen(to messages: Int32, of process: Process) -> String {
    var descriptors = [messages, stopDescriptor ?? -1].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    var said: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      guard poll(&descriptors, 2, -1) >= 0 else {
        if errno == EINTR { continue }
        break
      }
      if descriptors[1].revents != 0 {
        // It may have inherited a mask that holds back SIGTERM, and has nothing to put in order.
        kill(process.processIdentifier, SIGKILL)
        break
      }
      let count = read(messages, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { break }
      said += buffer[..<count]
    }
    return String(decoding: said, as: UTF8.self)
  }
}
