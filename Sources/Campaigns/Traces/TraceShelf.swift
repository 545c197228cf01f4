import Configuration
import Foundation
import NetworkModels
import Results

/// The traces in a folder, with what they hold.
public struct TraceShelf: Sendable {
  public let folder: String
  private let names: [String]

  /// - Throws: `ConfigurationError` where the folder cannot be read or has no files.
  public init(folder: String) throws(ConfigurationError) {
    self.folder = folder
    let place = ConfigurationPlace(file: folder)
    guard let found = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw ConfigurationError(
        place: place, problem: "the folder cannot be read, expected one with traces")
    }
    names = found.filter { Self.isTrace("\(folder)/\($0)", name: $0) }.sorted()
    guard !names.isEmpty else {
      throw ConfigurationError(place: place, problem: "found no file, expected traces")
    }
  }

  /// Where the project's own traces stand: `traces` here, or else beside the program or above it.
  ///
  /// - Throws: `ConfigurationError` where there is none.
  public static func standardFolder() throws(ConfigurationError) -> String {
    if isFolder("traces") { return "traces" }
    var above = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    if let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
      above = URL(fileURLWithPath: own)
    }
    for _ in 0..<5 {
      above.deleteLastPathComponent()
      let candidate = above.appendingPathComponent("traces").path
      if isFolder(candidate) { return candidate }
    }
    throw ConfigurationError(
      place: ConfigurationPlace(file: "traces"),
      problem: "found no such folder here or beside the program, expected one with traces, or "
        + "another named")
  }

  /// A row for each file, and what is wrong with those that are none.
  public func list() -> (table: TextTable, faults: [ConfigurationError]) {
    var rows: [[String]] = []
    var faults: [ConfigurationError] = []
    for name in names {
      do throws(ConfigurationError) {
        rows.append(row(name, try TraceFile(path: "\(folder)/\(name)")))
      } catch {
        faults.append(error)
      }
    }
    let table = TextTable(
      title: "Traces in \(folder)",
      headings: [
        "file", "format", "s", "packets", "loss, %", "mean burst,\nms", "longest,\nms",
        "median\ndelay, ms", "mean\nkbit/s", "lowest", "highest",
      ], rows: rows)
    return (table, faults)
  }

  private func row(_ name: String, _ file: TraceFile) -> [String] {
    switch file.trace {
    case .packets(let trace):
      let losses = LossStatistics(trace)
      let delay = DelayStatistics(trace)?.percentile(0.5)
      return [
        name, file.format.rawValue, FixedPoint.text(losses.duration.inSeconds, decimals: 1),
        "\(losses.packets)", FigureText.percent(losses.rate, decimals: 2),
        FigureText.milliseconds(losses.meanBurstTime.inMilliseconds),
        FigureText.milliseconds(losses.longestBurstTime.inMilliseconds),
        delay.map { FigureText.milliseconds($0.inMilliseconds) } ?? "–", "–", "–", "–",
      ]
    case .rate(let timeline):
      let rates = RateStatistics(timeline)
      return [
        name, file.format.rawValue, FixedPoint.text(rates.period.inSeconds, decimals: 1), "–", "–",
        "–", "–", "–", rates.mean.kilobitsText, rates.least.kilobitsText,
        rates.greatest.kilobitsText,
      ]
    }
  }

  private static func isTrace(_ path: String, name: String) -> Bool {
    let isText = ![".md", ".sh", ".svg", ".png"].contains { name.hasSuffix($0) }
    return isText && !name.hasPrefix(".") && !isFolder(path)
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
